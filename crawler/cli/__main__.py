"""`python -m crawler.cli`: the `tinso` command, for whoever starts it without its script."""

from __future__ import annotations

from crawler.cli import main

main()
