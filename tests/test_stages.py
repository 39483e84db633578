"""The stages in their order: what each gives on, and why an article is kept out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import STAGES, TELLING
from pipelines.article import FIELDS, Article, Drop, Known
from pipelines.context import Context
from pipelines.normalise import normalise
from pipelines.outcomes import FAILURES, LABELS, Outcome
from pipelines.process import process
from pipelines.require import require
from pipelines.revise import revise, text_digest, unified_diff
from tests.timing import seconds

ADDRESS = "http://so.example.vn/bai-1.html"
HERE = Context("2023-05-04T08:15:00+07:00", ADDRESS)
PAGE = Article(
    url=ADDRESS,
    portal="so_thu",
    headline="Đảng ủy Sở sơ kết sáu tháng",
    description="Chiều 4/5, Đảng ủy Sở đã họp.",
    article_body="Hội nghị nghe báo cáo.\nCác đại biểu thảo luận.",
    date_published="2023-05-04T07:30:00+07:00",
)


def known_as(article: Article, **changes: object) -> Context:
    """Return the context of a corpus that holds the article."""
    known = Known(
        7, ADDRESS, article.headline or "", article.article_body or "", text_digest(article), 1, "2023"
    )
    return replace(HERE, known=lambda portal, asset: replace(known, **changes))


def test_the_order_is_the_story() -> None:
    assert [stage.__name__ for stage in (*STAGES, *TELLING)] == [
        "normalise", "require", "identify", "revise", "classify", "entities",
    ]  # fmt: skip


# normalise


def test_texts_are_cleaned_and_words_left_as_published() -> None:
    page = replace(
        PAGE,
        headline="  Uỷ ban\u00a0Kiểm tra\nhọp ",
        author=" Ngọc\u200b Hà. ",
        article_body="Đoa\u0323n\u00a0một \r\n\r\n  Đoạn “hai”",
        keywords=["Đảng ", " Đảng", "", "chi bộ"],
        images=[{"url": "a.jpg", "caption": " Toàn  cảnh ", "credit": " "}],
        attachments=[{"url": "a.pdf", "name": " Báo\ncáo.pdf", "media_type": None}],
    )
    page = normalise(page, HERE)
    assert page.headline == "Uỷ ban Kiểm tra họp"
    assert page.author == "Ngọc Hà."
    assert page.article_body == "Đoạn một\nĐoạn “hai”"
    assert page.keywords == ["Đảng", "chi bộ"]
    assert page.images == [{"url": "a.jpg", "caption": "Toàn cảnh", "credit": None}]
    assert page.attachments[0]["name"] == "Báo cáo.pdf"
    assert (page.in_language, page.word_count) == ("vi", 4)


def test_an_empty_text_is_none() -> None:
    page = normalise(replace(PAGE, headline=" \u200b", author="", article_body="\n \n"), HERE)
    assert (page.headline, page.author, page.article_body, page.word_count) == (None, None, None, 0)


# require


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"headline": None}, "missing: headline"),
        ({"article_body": None}, "missing: article_body"),
        ({"url": "", "headline": None}, "missing: url, headline"),
    ],
)
def test_what_lacks_the_least_is_incomplete_and_the_reason_names_it(
    changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(Drop, match=reason) as dropped:
        require(replace(PAGE, **changes), HERE)
    assert dropped.value.outcome is Outcome.INCOMPLETE


def test_an_attachment_is_text_enough_and_flagged() -> None:
    page = replace(
        PAGE,
        article_body=None,
        attachments=[{"url": "a.pdf", "name": None, "media_type": None}],
        quality_flags=[],
    )
    assert require(page, HERE).quality_flags == ["attachment_only"]


def test_a_missing_date_is_a_flag_not_a_loss() -> None:
    assert require(replace(PAGE, date_published=None, quality_flags=[]), HERE).quality_flags == ["no_date"]


# revise


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "ĐẢNG UỶ SỞ SƠ KẾT  SÁU THÁNG"},
        {"article_body": "Hội nghị nghe báo cáo.\n\nCác đại biểu  thảo luận."},
        {"author": "Thu Hà", "images": [{"url": "b.jpg", "caption": None, "credit": None}]},
        {"date_published": "2023-05-05", "layout": "mới", "body_html": "<p>khác</p>"},
    ],
)
def test_spacing_case_tone_placement_and_what_is_no_text_are_no_revision(changes: dict[str, object]) -> None:
    assert text_digest(replace(PAGE, **changes)) == text_digest(PAGE)


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Đảng ủy Sở sơ kết chín tháng"},
        {"description": None},
        {"article_body": "Hội nghị nghe báo cáo.\nCác đại biểu thảo luận"},
        {"attachments": [{"url": "a.pdf", "name": None, "media_type": None}]},
    ],
)
def test_a_changed_headline_lead_body_or_attachment_is_a_revision(changes: dict[str, object]) -> None:
    page = replace(PAGE, asset="1", revision=1, **changes)
    assert revise(page, known_as(PAGE)).revision == 2


def test_only_the_articles_own_address_revises_it() -> None:
    page = replace(PAGE, asset="1", revision=1, description=None)
    context = replace(known_as(PAGE), address="http://so.example.vn/in/bai-1.html")
    assert revise(page, context).revision == 1


def test_a_portal_that_moved_to_https_still_revises_its_articles() -> None:
    page = replace(PAGE, url=ADDRESS.replace("http:", "https:"), article_body="Một văn bản khác hẳn.")
    context = replace(known_as(PAGE), address=page.url)
    assert process(page, context).outcome is Outcome.REVISED


def test_an_older_capture_revises_nothing() -> None:
    page = replace(PAGE, article_body="Văn bản của bản lưu cũ.")
    assert process(page, known_as(PAGE, last_seen="2999-01-01T00:00:00+07:00")).outcome is Outcome.UNCHANGED


def test_a_diff_of_long_texts_is_left_out_and_none_takes_long() -> None:
    assert unified_diff(["một", "hai"], ["một", "ba"]) == (
        "--- before\n+++ after\n@@ -1,2 +1,2 @@\n một\n-hai\n+ba"
    )
    assert unified_diff(["x"] * 2001, ["y"]) == ""
    lines = [str(number % 90) for number in range(1900)]
    assert seconds(lambda: unified_diff(lines, lines[::-1])) < 2


# All together


@pytest.mark.parametrize(
    ("context", "outcome"),
    [
        (HERE, Outcome.NEW),
        (known_as(PAGE), Outcome.UNCHANGED),
        (known_as(PAGE, text_digest="other"), Outcome.REVISED),
        (replace(known_as(PAGE), address="http://so.example.vn/in/1"), Outcome.DUPLICATE_ADDRESS),
        (replace(known_as(PAGE), address=ADDRESS + "?utm_source=zalo#top"), Outcome.UNCHANGED),
    ],
)
def test_what_became_of_an_article(context: Context, outcome: Outcome) -> None:
    assert process(replace(PAGE, quality_flags=[]), context).outcome is outcome


@given(
    texts=st.fixed_dictionaries(
        {
            name: st.none() | st.text(max_size=40)
            for name in ("headline", "description", "article_body", "author")
        }
    ),
    url=st.text(max_size=40),
)
def test_any_article_is_stored_or_dropped_with_a_reason(texts: dict[str, str | None], url: str) -> None:
    try:
        article = process(replace(PAGE, url=url, quality_flags=[], **texts), HERE).article
    except Drop as drop:
        assert drop.outcome in LABELS and drop.reason
    else:
        assert article.id and article.portal and article.asset and article.headline and article.text_digest


def test_the_record_has_the_names_of_the_design_id_first() -> None:
    record = PAGE.record()
    assert next(iter(record)) == "id"
    assert set(record) == set(FIELDS)
    assert not {"asset", "body_html", "text_digest"} & set(record)


# Outcomes


def test_every_outcome_has_a_vietnamese_label_of_its_own() -> None:
    assert set(LABELS) == set(Outcome)
    assert len(set(LABELS.values())) == len(Outcome)
    assert all(outcome.label == LABELS[outcome] for outcome in Outcome)


def test_a_read_page_is_never_a_failure() -> None:
    assert not FAILURES & {
        Outcome.NEW,
        Outcome.REVISED,
        Outcome.UNCHANGED,
        Outcome.LISTED,
        Outcome.NOT_ARCHIVED,
    }
