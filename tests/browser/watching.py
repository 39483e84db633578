"""What a page in a browser is asked."""

from __future__ import annotations

from typing import Any


def fits(page: Any) -> bool:
    """True where nothing makes the page wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
