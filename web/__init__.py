"""The site: Datasette over corpus.db, with our configuration, plugin, templates and styles."""
