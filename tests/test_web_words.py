"""Every flag and source that a page can carry has Vietnamese words on the site."""

from __future__ import annotations

import re

from tests.crawling import ROOT
from web.words import FLAGS, date_source


def test_every_quality_flag_has_words() -> None:
    flags = set()
    for room in ("crawler", "pipelines"):
        for file in (ROOT / room).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            flags |= set(re.findall(r"flags\.append\(\s*\"([a-z_]+)\"", text))
            flags |= set(re.findall(r"_flag\(flags, \"([a-z_]+)\"", text))
    assert len(flags) >= 8
    assert flags <= set(FLAGS)


def test_every_source_of_a_date_has_words() -> None:
    for source in ("layout:x", "meta", "json-ld", "list", "url", "text", "generic"):
        assert date_source(source).startswith("ngày")
