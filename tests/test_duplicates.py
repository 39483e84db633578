"""Two printings of one text are found, two reports from one formula are not (docs/duplicates.md)."""

from __future__ import annotations

import unicodedata
from array import array
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicate_cases import labelled
from benchmarks.duplicates import answers, links, merges
from pipelines.article import Article, Attachment
from pipelines.duplicates.clusters import Member, Place, places
from pipelines.duplicates.compare import LEAST, Link, compare, containment
from pipelines.duplicates.facts import facts_of
from pipelines.duplicates.printing import Printing, printing_of, printing_of_text
from pipelines.duplicates.shingles import digest, samples, shingle_limit, size_class
from pipelines.duplicates.sketches import Sketch
from pipelines.duplicates.words import _TOKENS, PACKED, _remembered_part, plain, words

REPORT = """Sáng 29/5, tại hội trường tầng 6, Chi bộ Phòng Quản lý cấp phép tổ chức Đại hội nhiệm kỳ 2020 - 2022.
Dự và chỉ đạo Đại hội có đồng chí Vũ Đình Lâm, Phó Bí thư Đảng ủy Sở; cùng 14 đảng viên của Chi bộ.
Báo cáo chính trị nêu rõ, hai năm qua Chi bộ đã giải quyết 3.412 hồ sơ, không có hồ sơ nào quá hạn; kết nạp 2 đảng
viên mới, được Đảng ủy Sở tặng giấy khen năm 2019. Ý kiến thảo luận tập trung vào việc học ngoại ngữ của cán bộ
trẻ, chuyện phân công người trực bộ phận một cửa những ngày giáp Tết và cách giữ nền nếp sinh hoạt khi nửa
số đảng viên đi công tác xa.
Phát biểu tại Đại hội, đồng chí Vũ Đình Lâm đề nghị cấp ủy mới sớm xây dựng quy chế làm việc, chọn một việc khó để
bí thư trực tiếp phụ trách. Đại hội bầu đồng chí Trịnh Thu Hằng giữ chức Bí thư Chi bộ với 100% số phiếu."""

# The same formula, another branch's congress.
SISTER = (
    REPORT.replace("29/5", "3/6").replace("Phòng Quản lý cấp phép", "Thanh tra Sở").replace("tầng 6", "tầng 2")
    .replace("14 đảng viên", "9 đảng viên").replace("3.412 hồ sơ", "87 vụ việc").replace("kết nạp 2", "kết nạp 1")
    .replace("Trịnh Thu Hằng", "Phan Quốc Bảo").replace("Vũ Đình Lâm", "Lê Thị Mai")
)  # fmt: skip

SYLLABLES = REPORT.split()[:12]


def link(one: str, other: str) -> Link | None:
    first, second = printing_of_text(one), printing_of_text(other)
    found = compare(first, second)
    assert found == compare(second, first)
    return found


@pytest.mark.parametrize(
    "other",
    [
        unicodedata.normalize("NFD", REPORT),
        REPORT.replace("hóa", "hoá").replace("ủy", "uỷ"),
        REPORT.upper(),
        REPORT.replace("29/5", "29-05-2020").replace("3.412", "3412"),
        REPORT.replace("\n", " ").replace(",", ""),
        f"(Cổng TTĐT) {REPORT}\n(Theo Trang tin Đảng ủy Sở)",
        REPORT.split("\n", 1)[1] + "\nĐọc thêm các tin đã đưa cùng chuyên mục.",
    ],
)
def test_a_printing_in_another_dress_is_a_duplicate(other: str) -> None:
    same = printing_of_text(REPORT).text == printing_of_text(other).text
    found = link(REPORT, other)
    assert same or (found and found.is_duplicate and found.kind in ("same_text", "repost"))


def test_another_event_told_by_the_same_formula_is_no_printing() -> None:
    assert link(REPORT, SISTER) is None


def test_a_part_is_an_excerpt_and_joins_no_cluster() -> None:
    found = link(REPORT, "\n".join(REPORT.split("\n")[2:4]))
    assert found == Link("excerpt", 1.0, False)


# What the branches of a whole province quote at the head of their reports.
QUOTATION = """Sinh thời, nhà giáo Phạm Công Bằng từng viết: "Người thầy tốt trước hết là người chịu học, chịu nghe
và chịu sửa. Nghe học trò để biết mình giảng chưa rõ chỗ nào, nghe đồng nghiệp để biết mình còn thiếu điều gì, nghe
phụ huynh để hiểu mỗi em lớn lên trong hoàn cảnh ra sao. Không chịu nghe thì bài giảng hay đến mấy cũng chỉ là nói
cho mình nghe, mà đã là nói cho mình nghe thì lớp học dẫu đông vẫn vắng.\""""


def test_a_quotation_that_two_reports_begin_with_is_no_printing() -> None:
    one = f"""{QUOTATION}
Chiều 14/11, Chi bộ Trường Mầm non Ban Mai kết nạp đảng viên cho quần chúng ưu tú Lý Thị Mai. Đồng chí Hoàng Văn Tươi
trao quyết định và phân công đảng viên chính thức theo dõi, giúp đỡ trong thời gian dự bị."""
    other = f"""{QUOTATION}
Thực hiện lời dạy ấy, các trường của xã Tân Bình đã giới thiệu 12 giáo viên trẻ đi học lớp nhận thức về Đảng. Theo bà
Vũ Hải Yến, Trưởng ban Tuyên giáo, nhiều nơi còn ngại việc, nhất là Trường Tiểu học Sao Khuê và Trường Đông Kinh."""
    assert containment(printing_of_text(one), printing_of_text(other)) > 0.6
    assert link(one, other) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"Sáng 29/5": "Sáng 4/6"},
        {"2020 - 2022": "2022 - 2024", "năm 2019": "năm 2020", "14 đảng viên": "12 đảng viên"},
    ],
    ids=["another day", "the next term"],
)
def test_another_day_or_term_is_another_event_though_all_else_is_the_same(changes: dict[str, str]) -> None:
    report = f"Tầng 6 đã sửa xong. {REPORT} Phương hướng nhiệm kỳ 2020 - 2022 được thông qua, sau năm 2020."
    other = report
    for before, after in changes.items():
        other = other.replace(before, after)
    assert containment(printing_of_text(report), printing_of_text(other)) > 0.8
    assert link(report, other) is None


def test_a_short_retelling_is_a_rewrite_and_no_excerpt() -> None:
    found = link(
        REPORT,
        """Đồng chí Vũ Đình Lâm, Phó Bí thư Đảng ủy Sở dự và chỉ đạo Đại hội nhiệm kỳ 2020 - 2022 của Chi bộ Phòng
Quản lý cấp phép, tổ chức sáng 29/5. Hai năm qua Chi bộ đã giải quyết 3.412 hồ sơ, không có hồ sơ nào quá hạn, và
được Đảng ủy Sở tặng giấy khen năm 2019. Bí thư Chi bộ mới là đồng chí Trịnh Thu Hằng với 100% số phiếu.""",
    )
    assert found and found.kind == "rewrite" and not found.is_duplicate


def test_a_misprinted_number_does_not_part_two_printings() -> None:
    assert link(REPORT, REPORT.replace("3.412", "3.421"))


DRESSES = [REPORT, REPORT.upper(), REPORT.lower(), REPORT.replace(",", ""), REPORT.replace("Đ", "đ")]
HEADLINES = [
    "",
    "Đại hội Chi bộ",
    "Vũ Đình Lâm dự Đại hội",
    "14 đảng viên dự Đại hội",
    "Đại hội có 14 đảng viên",
]


def test_what_is_kept_of_a_text_follows_from_its_number_whoever_printed_it_first() -> None:
    kept = [printing_of_text(text, headline) for text in DRESSES for headline in HEADLINES]
    assert len({printing.text for printing in kept}) == len({str(printing) for printing in kept})
    assert printing_of_text(REPORT, HEADLINES[1]) == printing_of_text(REPORT, HEADLINES[2])
    links = [compare(one, other) for one, other in combinations(kept, 2) if one.text != other.text]
    assert set(links) == {Link("same_text", 1.0, True)}


def test_a_number_in_the_same_place_of_two_headlines_tells_the_same_words_apart() -> None:
    may, june = (printing_of_text(REPORT, f"Lịch tiếp dân tháng {month}/2021") for month in (5, 6))
    assert compare(may, june) is None


def test_the_facts_of_a_text_are_its_numbers_and_its_names() -> None:
    found = words("Đồng chí Vũ Đình Lâm, Bí thư Tỉnh ủy, trao 15 suất quà ở Hà Nội. Ngày 29/5 xong.")
    assert [value & 1 for value in facts_of(found).values] == [0, 1, 0, 1]


def test_dates_and_numbers_in_any_style_are_one() -> None:
    dates = ("29/5", "29-05", "29.5", "29/05/2015", "29-5-2015", "29 tháng 5", "29 tháng 5 năm 2015")
    assert len({plain(words(date)) for date in dates}) == 1
    assert plain(words("từ 5 tháng 7, 8 tháng")) == plain(words("từ 5/7, 8 tháng"))
    assert plain(words("3.412 hồ sơ")) == plain(words("3412 hồ sơ"))
    assert plain(words("5/2015")) != plain(words("5"))


def test_samples_of_long_and_short_texts_are_comparable() -> None:
    long = words(" ".join(map(str, range(1, 40_000))))
    part = long[5_000 * PACKED : 5_400 * PACKED]
    whole, sample = samples(long), samples(part)
    assert len(whole.shingles) <= 512 and len(whole.keys) <= 512
    assert len(set(whole.keys) & set(sample.keys)) > 0
    assert size_class(39_999) == 15 and digest(long) < 2**59


@given(st.lists(st.sampled_from(SYLLABLES), max_size=40))
def test_all_runs_of_a_text_are_hashed_as_each_alone(syllables: list[str]) -> None:
    packed = words(" ".join(syllables))
    runs = [packed[start : start + 5 * PACKED] for start in range(0, len(packed) - 4 * PACKED, PACKED)]
    shingles = {shingle for run in runs for shingle in samples(run).shingles}
    assert sorted(shingles) == list(samples(packed).shingles)


shingle_sets = st.tuples(st.integers(0, 15), st.sets(st.integers(0, 600), max_size=60), st.integers(0, 30))


def printing_with(size: int, shingles: set[int], wide: int, number: int) -> Printing:
    """Return a printing of a class with shingles far apart (`wide`) or so near that parts have many."""
    sample = sorted({each << wide for each in shingles if each << wide < shingle_limit(size)})
    return Printing(number << 4 | size, 1 << size, array("I", sample), array("I"), b"")


@given(shingle_sets, shingle_sets, st.sampled_from([0.1, LEAST, 1.0]))
def test_a_sketch_refuses_no_text_that_shares_enough(
    one: tuple[int, set[int], int], other: tuple[int, set[int], int], least: float
) -> None:
    ours, theirs = printing_with(*one, number=1), printing_with(*other, number=2)
    bits = int.from_bytes(Sketch(theirs).pack())
    passed = Sketch(ours).sharing(least, [(theirs.text, bits)])
    assert passed or containment(ours, theirs) < least


def short(
    headline: str, text: str = "Xem tệp đính kèm.", day: str | None = "2020-05-29", name: str = "KH.pdf"
) -> Printing | None:
    attachment = Attachment(url=f"http://so.example.vn/{name}", name=name, media_type=None)
    return printing_of(
        Article(
            url="http://so.example.vn/1",
            headline=headline,
            article_body=text,
            date_published=day,
            attachments=[attachment],
        )
    )


def test_a_text_without_a_space_is_not_remembered() -> None:
    remembered = len(_TOKENS), _remembered_part.cache_info().currsize
    text = "Đảng" * 10_000
    assert len(words(text)) == PACKED
    assert (len(_TOKENS), _remembered_part.cache_info().currsize) == remembered


def test_a_text_of_few_words_is_a_printing_only_of_its_like() -> None:
    notice = short("Thông báo lịch tiếp công dân")
    assert notice and notice == short("THÔNG BÁO lịch tiếp công dân")
    assert notice != short("Thông báo lịch tiếp công dân", day="2020-06-29")
    assert notice != short("Thông báo lịch tiếp công dân", name="Lich.pdf")
    assert notice != short("Thông báo tuyển dụng viên chức")
    assert short("Thông báo lịch tiếp công dân", day=None) is None
    numbered = short("Kế hoạch số 90/KH-TU")
    assert numbered and numbered == short("Kế hoạch số 90/KH-TU", day="2020-06-29")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "một",
        "12 " * 300_000,
        "một " * 300_000,
        "tháng " * 300_000,
        "x" * 5_000_000,
        "\0",
        "日本語の記事です。" * 50_000,
        REPORT * 4_000,
    ],
    ids=[
        "nothing",
        "one word",
        "numbers",
        "one word often",
        "a month",
        "one long word",
        "null",
        "japanese",
        "5 MB",
    ],
)
def test_a_text_of_any_size_and_kind_is_kept_small(text: str) -> None:
    found = printing_of_text(text)
    assert len(found.shingles) + len(found.keys) < 1_000 and len(found.facts) < 6_000
    compare(found, found)


def test_the_earliest_stands_for_a_cluster_that_has_the_smallest_number() -> None:
    members = [Member("2020-05-29T17:23", 7), Member("2020-05-29T08:10", 9), Member("2020-05-29T~", 8)]
    assert places(members) == {9: Place(7, None), 7: Place(7, 9), 8: Place(7, 9)}
    assert places(members[:1]) == {7: Place(None, None)}


def test_reprints_of_made_up_reports_are_linked_and_other_reports_of_the_formula_are_not() -> None:
    """The labelled pairs that need no recorded page; all of them stand in docs/duplicates.md."""
    given = answers([pair for pair in labelled() if pair.family.startswith("formula/")])
    assert len(given) > 600
    assert links(given).precision >= 0.99 and links(given).recall >= 0.97
    assert merges(given).precision == 1.0
