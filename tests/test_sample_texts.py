"""The texts of the sample portals: enough of them, as real ones are, and our own."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.sample_portals import HOSTS, expected, missing
from crawler.sample_portals.articles import Picture, load
from crawler.sample_portals.sites import SITES
from pipelines.text import fold, line

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.mark.parametrize("host", HOSTS)
def test_a_portal_has_fifteen_articles_over_two_list_pages_at_least(host: str) -> None:
    portal = SITES[host]()
    assert len(expected(host)) >= 15
    assert all(len(portal.listed(section)) > portal.page_size for section in portal.sections)


@pytest.mark.parametrize("host", HOSTS)
def test_about_six_in_ten_articles_are_party_news(host: str) -> None:
    records = expected(host)
    assert 0.5 <= sum(one["is_party"] for one in records) / len(records) <= 0.7


def test_eighty_texts_are_told_apart_by_their_first_words() -> None:
    openings = {
        fold(" ".join([one["description"] or "", *one["paragraphs"]]))[:60]
        for host in HOSTS
        for one in expected(host)
        if not one["repost_of"]
    }
    assert len(openings) >= 80


@pytest.mark.parametrize("host", HOSTS)
def test_a_portal_has_documents_pictures_an_article_in_two_sections_and_two_dead_rows(
    host: str,
) -> None:
    records = expected(host)
    assert any(one["attachments"] and sum(map(len, one["paragraphs"])) < 200 for one in records)
    assert sum(bool(one["images"]) for one in records) >= 3
    assert any(len(one["sections"]) == 2 for one in records)
    assert sorted(missing(host).values()) == ["gone", "soft_404"]


def test_reposts_say_the_same_under_another_headline_and_later() -> None:
    records = {one["url"]: one for host in HOSTS for one in expected(host)}
    reposts = [one for one in records.values() if one["repost_of"]]
    assert len(reposts) >= 4
    for repost in reposts:
        source = records[repost["repost_of"]]
        assert urlsplit(repost["url"]).netloc != urlsplit(source["url"]).netloc
        assert repost["headline"] != source["headline"]
        assert repost["description"] != source["description"]
        assert repost["paragraphs"] == source["paragraphs"][: len(repost["paragraphs"])]
        if repost["date_published"] and source["date_published"]:
            assert repost["date_published"] > source["date_published"]


def test_texts_have_what_vietnamese_portals_have() -> None:
    texts = "\n".join(
        "\n".join([one["headline"], one["description"] or "", *one["paragraphs"]])
        for host in HOSTS
        for one in expected(host)
    )
    for pattern in (
        r"Đảng uỷ|Uỷ ban",  # old tone placement
        r"Đảng ủy|Ủy ban",  # and new
        r"\b100%",
        r"số \d+-(?:CT|KL|QĐ)/TW ngày \d{1,2}/\d{1,2}/\d{4}",
        r"lần thứ (?:V|VI|III|XVII)\b",
        r"nhiệm kỳ 2020 ?[-–] ?2025",
        r"đồng chí \w+ \w+ \w+, (?:Phó )?(?:Bí thư|Trưởng Ban|Ủy viên)",
    ):
        assert len(re.findall(pattern, texts)) >= 2, pattern


def test_published_moments_rise_with_the_number_in_the_address() -> None:
    for host in HOSTS:
        stamps = [article.published for article in load(host) if article.published]
        assert all(newer >= older for newer, older in pairwise(stamps)), host


@pytest.mark.parametrize("directory", ["texts", "pages"])
def test_data_files_lie_inside_the_package_so_that_the_wheel_has_them(directory: str) -> None:
    import crawler.sample_portals as package

    assert list((Path(package.__file__).parent / directory).iterdir())


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not part of the repo")
def test_no_sentence_is_taken_from_a_real_page() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", fold(text))
        return {tuple(words[at : at + 20]) for at in range(len(words) - 19)}

    real = {run for seed in (SHARED / "seeds").iterdir() for run in runs(seed.read_text(encoding="utf-8"))}
    for host in HOSTS:
        for one in expected(host):
            for text in [one["description"] or "", *one["paragraphs"]]:
                assert not runs(text) & real, text


@pytest.mark.parametrize("host", HOSTS)
def test_a_revised_paragraph_replaces_a_paragraph(host: str) -> None:
    pairs = zip(load(host, 1), load(host, 2), strict=True)
    bodies = [(old.body, new.body) for old, new in pairs if old.body != new.body]
    for old, new in bodies:
        kinds = [(type(one), type(other)) for one, other in zip(old, new, strict=True)]
        assert all(one is other for one, other in kinds)
        assert [block for block in old if isinstance(block, Picture)] == [
            block for block in new if isinstance(block, Picture)
        ]


def test_texts_are_composed_and_clean() -> None:
    for file in (Path(__file__).parents[1] / "crawler/sample_portals/texts").iterdir():
        text = file.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), file.name
        for article in json.loads(text):
            for block in article.get("body", ()):
                assert not isinstance(block, str) or block == line(block), block
