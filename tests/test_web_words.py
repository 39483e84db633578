"""Every flag and source that a page can carry has Vietnamese words on the site."""

from __future__ import annotations

import re

from pipelines import TELLING
from pipelines.article import Sighting, failure_flag
from tests.crawling import ROOT
from web.words import FLAGS, SIGHTINGS, date_source


def test_every_quality_flag_has_words() -> None:
    flags = set()
    for room in ("crawler", "pipelines"):
        for file in (ROOT / room).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            flags |= set(re.findall(r"flags\.append\(\s*\"([a-z_]+)\"", text))
            flags |= set(re.findall(r"_flag\(flags, \"([a-z_]+)\"", text))
    flags |= {failure_flag(stage.__name__) for stage in TELLING}
    assert len(flags) >= 10
    assert flags <= set(FLAGS)


def test_every_source_of_a_date_has_words() -> None:
    for source in ("layout:x", "meta", "json-ld", "list", "url", "text", "generic"):
        assert date_source(source).startswith("ngày")


def test_every_way_in_which_an_address_was_seen_has_words() -> None:
    assert set(re.findall(r"\"([a-z]+)\" \(", Sighting.__doc__ or "")) == set(SIGHTINGS)
