"""The portals. One file per province of today, one class of declarations per portal."""
