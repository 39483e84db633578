"""Pages of dead portals from web archives: the Wayback Machine, Common Crawl, WARC and WACZ files."""
