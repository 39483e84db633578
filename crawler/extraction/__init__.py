"""Reading a page: bytes → `Page` → article with evidence."""

from crawler.extraction.contract import Candidate, Extraction, Hints, PageKind
from crawler.extraction.engine import EXTRACTOR_VERSION, extract
from crawler.extraction.kind import kind_of
from crawler.extraction.layout import Layout

__all__ = [
    "EXTRACTOR_VERSION",
    "Candidate",
    "Extraction",
    "Hints",
    "Layout",
    "PageKind",
    "extract",
    "kind_of",
]
