"""What the Party verdict and the kinds of activity promise."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.classify import classified, kinds, verdicts
from benchmarks.party_cases import LABELS, SEEDS, WHOLE, PartyCase
from pipelines.activities import ACTIVITIES
from pipelines.article import Article
from pipelines.classify import classify
from pipelines.context import Context
from pipelines.lexicon import load_data, senses_of
from pipelines.load import load
from pipelines.normalise import normalise
from pipelines.process import process
from pipelines.store import Store
from pipelines.text import exact
from tests.timing import seconds

HERE = Context("2025-07-04T08:15:00+07:00", "http://so.example.vn/bai-1.html")
TERMS = sorted(senses_of(load_data("party.json")))
HEADLINES = [
    json.loads(line)["headline"] for line in (LABELS / "party_made_up.jsonl").read_text("utf-8").splitlines()
]


@cache
def cases() -> list[PartyCase]:
    return classified()


def judged(headline: str, text: str = "", **fields: Any) -> Article:
    article = Article(url=HERE.address, headline=headline, article_body=text, **fields)
    return classify(normalise(article, HERE))


# The verdict


def test_it_is_right_as_often_as_was_asked_on_articles_that_it_was_not_tuned_to() -> None:
    counts = verdicts([case for case in cases() if case.split == "held_out"])
    assert counts.precision >= 0.95
    assert counts.recall >= 0.95


def test_kinds_are_right_in_nine_of_ten_cases() -> None:
    counts = kinds([case for case in cases() if case.split == "held_out"])["all"]
    assert counts.precision >= 0.9
    assert counts.recall >= 0.9


def test_half_of_the_labels_are_held_out_and_a_headline_is_on_one_side_only() -> None:
    halves: dict[str, set[str]] = {"tune": set(), "held_out": set()}
    for case in cases():
        if case.source not in WHOLE:
            halves[case.split].add(exact(case.article.headline or ""))
    assert halves["tune"] & halves["held_out"] == set()
    assert 0.4 < len(halves["held_out"]) / sum(map(len, halves.values())) < 0.6


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Sở Xây dựng sơ kết công tác 6 tháng", "Hội nghị đánh giá tiến độ cấp phép, giải ngân."),
        ("Sở Y tế tổng kết năm 2023", "Giám đốc Sở, Bí thư Đảng ủy kết luận hội nghị."),
        ("Công đoàn Sở tổ chức Đại hội nhiệm kỳ 2023 - 2028", "Bí thư Đảng ủy tặng hoa chúc mừng Đại hội."),
        ("Thông báo cắt điện", "Tuyên truyền chủ trương, đường lối của Đảng, chính sách của Nhà nước."),
        ("UBND tỉnh ban hành kế hoạch cải cách hành chính", "Thực hiện Nghị quyết số 11-NQ/TU của Tỉnh ủy."),
    ],
)
def test_a_review_a_guest_a_slogan_or_a_resolution_quoted_is_not_the_partys_work(
    headline: str, text: str
) -> None:
    assert judged(headline, text).is_party is False


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Đảng bộ UBND tỉnh họp phiên thứ nhất", "Ban Chấp hành Đảng bộ phân công nhiệm vụ."),
        (
            "Đảng ủy phường Tân An giao chỉ tiêu cho các chi bộ",
            "27 chi bộ nhận chỉ tiêu phát triển đảng viên.",
        ),
        ("Đảng bộ các cơ quan Đảng tỉnh kiện toàn Ủy ban Kiểm tra", "Hai ủy viên được chỉ định bổ sung."),
        (
            "Đảng ủy xã Yên Lãng lấy ý kiến văn kiện",
            "Đại hội đại biểu Đảng bộ xã lần thứ nhất sẽ họp tháng 8.",
        ),
    ],
)
def test_bodies_that_exist_since_2025_are_known(headline: str, text: str) -> None:
    assert judged(headline, text).is_party is True


@pytest.mark.parametrize(
    "headline",
    [
        "Huyện ủy{} công bố quyết định của Ban Thường vụ",
        "Thành ủy{} công bố, trao quyết định về công tác cán bộ",
        "Ban Thường vụ Tỉnh ủy{} trao quyết định điều động",
        "Huyện ủy{} họp phiên thường kỳ",
        "HUYỆN ỦY{} HỌP PHIÊN THƯỜNG KỲ",
    ],
)
@pytest.mark.parametrize("place", ["", " Hoằng Hóa", " Huế", " Mù Cang Chải"])
def test_a_committee_does_the_same_with_its_places_name_behind_it(headline: str, place: str) -> None:
    article = judged(headline.format(place), "Hội nghị diễn ra sáng nay, với đông đủ đại biểu các xã.")
    assert article.is_party is True
    assert ("to_chuc_can_bo" in (article.activities or ())) == ("quyết định" in headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Bí thư Huyện ủy Hoằng Hóa trao quyết định khen thưởng",
        "Phó Bí thư Thường trực Huyện ủy Lê Văn An trao quyết định cấp đất",
        "Theo kết luận của Huyện ủy, UBND xã công bố quyết định",
        "Tỉnh ủy Thanh Hóa, UBND tỉnh tặng quà hộ nghèo",
        "Huyện ủy đề nghị trường học họp",
    ],
)
def test_an_office_a_superior_or_a_request_is_no_committee_at_work(headline: str) -> None:
    assert judged(headline, "Hội nghị diễn ra sáng nay tại hội trường lớn của huyện.").is_party is False


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Luân chuyển 5 cán bộ", "Sáng 12/4, Huyện ủy Hoằng Ninh tổ chức lễ công bố quyết định."),
        ("Tiến độ thu ngân sách", "Thường trực Thị ủy họp giao ban, nghe UBND thị xã báo cáo thu ngân sách."),
        ("Chuyện ở bản xa", "Chi bộ các cơ quan Đảng xã Mường Pồn đã long trọng tổ chức kỷ niệm."),
    ],
)
def test_what_a_committee_does_by_itself_is_the_partys_work_whatever_it_is(headline: str, text: str) -> None:
    assert judged(headline, text).is_party is True


def test_a_border_post_is_no_mass_organisation() -> None:
    text = "Đồn Biên phòng Nậm Lạnh phân công đảng viên phụ trách hộ gia đình ở hai bản."
    assert judged("Đảng viên đồn biên phòng giúp dân", text).is_party is True


def test_guests_of_the_state_take_nothing_from_the_partys_meeting_and_the_partys_add_nothing() -> None:
    guests = " Dự hội nghị có đại diện {}.\nHội nghị kết thúc trong ngày."
    party = "Đảng ủy xã Tân Hòa tổ chức hội nghị thường kỳ."
    state = "Sở Xây dựng tổ chức hội nghị nhà ở."
    theirs = "HĐND, UBND, Ủy ban MTTQ, Công đoàn, Hội Nông dân"
    ours = "Đảng ủy Khối, các chi bộ, Ban Tuyên giáo Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy"
    alone = judged("Hội nghị thường kỳ", party)
    assert judged("Hội nghị thường kỳ", party + guests.format(theirs)).is_party is alone.is_party is True
    assert judged("Hội nghị nhà ở", state + guests.format(ours)).is_party is False


@pytest.mark.parametrize(
    "headline", ["Đảng Cộng hòa họp đại hội bầu ứng viên", "Đảng Nhân dân Cách mạng Lào họp Trung ương"]
)
def test_another_countrys_party_is_not_the_party(headline: str) -> None:
    assert judged(headline, "Đại hội Đảng bầu lãnh đạo mới gồm bảy người.").is_party is False


def test_a_section_alone_decides_nothing() -> None:
    text = "Điện lực tạm ngừng cấp điện ba trạm từ 8 giờ để sửa chữa."
    assert judged("Lịch cắt điện", text, article_section="Xây dựng Đảng").is_party is False
    party = ("Chi bộ Văn phòng tổ chức Đại hội", "Đại hội bầu Chi ủy gồm ba đồng chí.")
    assert judged(*party).is_party is judged(*party, article_section="Tin tức").is_party is True


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not here")
def test_the_five_seeds_are_the_partys_work() -> None:
    seeds = [case for case in cases() if case.source == "seed"]
    assert [case.article.is_party for case in seeds] == [True] * 5
    assert all(case.kinds <= set(case.article.activities or ()) for case in seeds)


@pytest.mark.parametrize(
    "form",
    [str.upper, lambda text: text.replace("ủy", "uỷ"), lambda text: text.replace(" ", "\u00a0 ")],
    ids=["capitals", "old tones", "spaces"],
)
def test_case_tones_and_spaces_change_nothing(form: Any) -> None:
    headline, text = "Đảng ủy Sở sơ kết công tác xây dựng Đảng", "Đảng ủy nghe báo cáo của các chi bộ."
    assert judged(form(headline), form(text)).party_score == judged(headline, text).party_score


def test_text_typed_without_marks_is_read_too() -> None:
    article = judged(
        "Dai hoi Chi bo Van phong", "Sang 12/3, Chi bo Van phong to chuc Dai hoi, bau Chi uy moi."
    )
    assert (article.is_party, article.activities) == (True, ["dai_hoi"])


# Kinds


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Đại hội Hội Nông dân xã Quảng Minh", ["dai_hoi"]),
        ("Đại hội đại biểu Hội Người cao tuổi huyện", ["dai_hoi"]),
        ("Ủy ban Mặt trận Tổ quốc xã sơ kết 6 tháng", ["so_ket_tong_ket"]),
        ("Đại hội Hội Cựu chiến binh phường Tân Lập", ["dai_hoi", "doan_the_cuu_chien_binh"]),
        ("Đại hội Công đoàn Sở", ["dai_hoi", "doan_the_cong_doan"]),
        ("Đại hội Đoàn TNCS Hồ Chí Minh phường Tân Lập", ["dai_hoi", "doan_the_thanh_nien"]),
        ("Đại hội Hội Liên hiệp Phụ nữ huyện", ["dai_hoi", "doan_the_phu_nu"]),
        ("Đại hội Chi bộ Văn phòng", ["dai_hoi"]),
        ("Thi đua chào mừng Đại hội Hội Nông dân", []),
        ("Đại hội Thể dục thể thao huyện", []),
        ("Sở Y tế tổng kết năm", []),
    ],
)
def test_a_mass_organisations_congress_is_one_whether_it_has_a_kind_of_its_own_or_not(
    headline: str, expected: list[str]
) -> None:
    article = judged(headline, "Hội nghị diễn ra sáng nay, có đông đủ đại biểu.")
    assert article.activities == expected
    assert article.is_party is ("Chi bộ" in headline)


# Reasons


def test_reasons_quote_the_article_and_say_where() -> None:
    reasons = judged("ĐẠI HỘI CHI BỘ Văn phòng", "Chi bộ có 11 đảng viên.").party_reasons
    assert reasons is not None
    assert "nhắc “ĐẠI HỘI CHI BỘ” ở tiêu đề" in reasons
    assert "nhắc “Chi bộ” ở đoạn mở đầu" in reasons


def test_a_count_is_of_the_very_words_that_the_reason_quotes() -> None:
    text = "x" * 500 + " Chi bộ họp. Đảng ủy dự. Chi bộ bàn việc. Ban Chấp hành Đảng bộ góp ý. chi bộ quyết."
    assert "nhắc “Chi bộ” 3 lần trong bài" in (judged("Chi bộ Văn phòng họp", text).party_reasons or ())


@given(
    headline=st.text(max_size=60) | st.sampled_from(HEADLINES),
    text=st.text(max_size=200) | st.lists(st.sampled_from(TERMS)).map(". ".join),
    section=st.none() | st.sampled_from(["Xây dựng Đảng", "Tin tức", "\x00"]),
)
def test_any_text_gets_a_score_and_reasons_exactly_where_it_says_party(
    headline: str, text: str, section: str | None
) -> None:
    article = judged(headline, text, article_section=section)
    assert article.party_score is not None and 0 <= article.party_score <= 1
    assert article.is_party == (article.party_score >= 0.5) == bool(article.party_reasons)
    assert article.activities is not None and set(article.activities) <= set(ACTIVITIES)
    again = replace(article, is_party=None, party_score=None, party_reasons=None, activities=None)
    assert classify(again) == article


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Đảng",
        "1 234 567,89 " * 50,
        "The party committee inspected 31 stops. " * 40,
        "🙂 \ud800",
        "\u0130" * 300,
    ],
    ids=["nothing", "one word", "numbers", "English", "surrogate", "letters that grow"],
)
def test_strange_texts_are_not_the_partys_work(text: str) -> None:
    article = classify(Article(url=HERE.address, headline=text, article_body=text))
    assert (article.is_party, article.party_reasons, article.activities) == (False, [], [])
    assert article.party_score is not None and (article.party_score == 0) == ("Đảng" not in text)


def test_a_text_of_five_megabytes_costs_no_more_than_a_long_one() -> None:
    text = "Chi bộ họp, đảng viên thảo luận việc học tập và làm theo Bác. " * 80_000
    article = Article(url=HERE.address, headline="Chi bộ họp", description=text, article_body=text)
    assert classify(article).is_party
    assert seconds(lambda: classify(article)) < 1  # a thousand times what it takes


# Kinds


def test_a_mass_organisations_congress_is_a_congress_and_its_own_kind_but_not_the_partys() -> None:
    article = judged("Đại hội Công đoàn Sở nhiệm kỳ 2023-2028", "Công đoàn Sở bầu Ban Chấp hành mới.")
    assert (article.is_party, article.activities) == (False, ["dai_hoi", "doan_the_cong_doan"])


def test_guests_from_mass_organisations_make_no_kind_of_a_party_meeting() -> None:
    text = "Dự Đại hội có đại diện Công đoàn, Đoàn Thanh niên và toàn thể đảng viên. Đại hội bầu Chi ủy mới."
    assert judged("Đại hội Chi bộ Văn phòng", text).activities == ["dai_hoi"]


def test_kinds_of_the_partys_work_are_not_given_to_the_states() -> None:
    text = "Đoàn kiểm tra, giám sát việc thu chi, kỷ luật ba viên chức, tổng kết năm."
    assert judged("Thanh tra tỉnh kiểm tra, giám sát ngân sách", text).activities == []


# In the corpus


def stored(store: Store, headline: str, text: str, *, at: str) -> Article:
    page = Article(url=HERE.address, portal="so_thu", asset="1", headline=headline, article_body=text)
    store.put(page.url, process(page, Context(at, page.url, store.known)))
    store.flush()
    return load(store.connection, [row[0] for row in store.connection.execute("SELECT id FROM articles")])[0]


def test_a_revision_renews_verdict_reasons_and_kinds(store: Store) -> None:
    first = stored(
        store, "Chi bộ Văn phòng sơ kết, quán triệt nghị quyết", "Đảng viên dự đủ.", at=HERE.fetched_at
    )
    assert first.is_party and first.party_reasons
    assert first.activities == ["so_ket_tong_ket", "quan_triet_nghi_quyet"]  # in the order of ACTIVITIES
    later = stored(store, "Trao 60 suất quà cho hộ nghèo", "Phường trao quà.", at="2025-08-01T08:00:00+07:00")
    assert (later.is_party, later.party_reasons, later.activities) == (False, [], ["an_sinh"])
    assert store.connection.execute("SELECT kind FROM activities").fetchall() == [("an_sinh",)]


def test_an_article_that_nobody_has_judged_has_neither_verdict_nor_kinds(store: Store) -> None:
    stored(store, "Chi bộ Văn phòng họp", "Đảng viên dự đủ.", at=HERE.fetched_at)
    store.connection.execute("UPDATE articles SET is_party = NULL, party_score = NULL, party_reasons = NULL")
    (article,) = load(
        store.connection, [row[0] for row in store.connection.execute("SELECT id FROM articles")]
    )
    assert (article.is_party, article.party_reasons, article.activities) == (None, None, None)
