"""Errors of the corpus. Each says who raises it and what the person should do."""

from __future__ import annotations


class CorpusError(Exception):
    """Base of the errors below; the command line prints them as one line and exits with 1."""


class NoCorpus(CorpusError):
    """Raised by `open_corpus` when there is no corpus.db: crawl into this data directory first."""


class NotACorpus(CorpusError):
    """Raised by `open_corpus` for a file that is no corpus of ours: move it, or name another directory."""


class OtherVersion(CorpusError):
    """Raised by `open_corpus` for a newer schema, or an older one that may not be written."""
