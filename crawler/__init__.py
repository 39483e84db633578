"""How a page is got, kept and read: Scrapy settings, the portal base class, platforms, extraction, archive."""

__version__ = "0.1.0"
