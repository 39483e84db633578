"""One file per content system: how its pages look, how its lists turn, what its addresses tell."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from crawler.extraction.layout import Layout
from crawler.portal import Portal


@cache
def platforms() -> tuple[type[Portal], ...]:
    """Return the base class of every platform, by name."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    bases = [base for base in Portal.__subclasses__() if base.__module__.startswith(f"{__name__}.")]
    return tuple(sorted(bases, key=lambda base: base.platform))


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Return the layouts of all platforms, for a page of which no portal is known."""
    return tuple(layout for base in platforms() for layout in base.layouts)
