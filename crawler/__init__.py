"""How a page is got, kept and read: settings, portals, platforms, discovery, extraction, archive."""

__version__ = "0.1.0"
