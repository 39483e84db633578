"""People, bodies, documents and figures: what is read, as what, and where it stands."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipelines.process
from pipelines.article import Article, failure_flag
from pipelines.context import Context
from pipelines.entities import entities
from pipelines.entities.documents import documents
from pipelines.entities.grammar import grammar
from pipelines.export import export
from pipelines.lexicon import load_data
from pipelines.load import load
from pipelines.normalise import normalise
from pipelines.parts import NAMED
from pipelines.process import process
from pipelines.store import Store
from pipelines.text import fold

HERE = Context("2025-07-04T08:15:00+07:00", "http://so.example.vn/bai-1.html")


def read(text: str, *, language: str | None = "vi", **fields: Any) -> Article:
    """Return an article with that body, its names read."""
    fields.setdefault("headline", "Tin")
    return entities(Article(url=HERE.address, article_body=text, in_language=language, **fields), HERE)


def people(text: str) -> list[tuple[str, str | None]]:
    return [(one["name"], one["office"]) for one in read(text).people or ()]


def bodies(text: str) -> list[str]:
    return [one["name"] for one in read(text).organisations or ()]


def cited(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one["number"], one["type"], one["date"], one["issuer"]) for one in read(text).documents or ()]


def counted(text: str) -> set[tuple[str, int | str]]:
    return {(one["kind"], one["value"]) for one in read(text).figures or ()}


# People


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đồng chí Trần Thị Vân, Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Tuyên giáo Tỉnh ủy phát biểu.",
            [("Trần Thị Vân", "Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Tuyên giáo Tỉnh ủy")],
        ),
        (
            "Phó Giám đốc Sở Nội vụ Lê Minh và Chánh Văn phòng Sở Đỗ Thu Hà cùng dự.",
            [("Lê Minh", "Phó Giám đốc Sở Nội vụ"), ("Đỗ Thu Hà", "Chánh Văn phòng Sở")],
        ),
        (
            "Dự có các đồng chí: Vàng A Sếnh, Phó Bí thư Tỉnh ủy; Lò Thị Mai, Chủ tịch HĐND tỉnh Điện Biên; "
            "Ksor H'Bơ Khăp, Trưởng phòng Tổ chức.",
            [
                ("Vàng A Sếnh", "Phó Bí thư Tỉnh ủy"),
                ("Lò Thị Mai", "Chủ tịch HĐND tỉnh Điện Biên"),
                ("Ksor H'Bơ Khăp", "Trưởng phòng Tổ chức"),
            ],
        ),
        (
            "Các Phó Giám đốc Sở: Nguyễn Văn An, Lê Thị Bình và Phạm Cường.",
            [(name, "Phó Giám đốc Sở") for name in ("Nguyễn Văn An", "Lê Thị Bình", "Phạm Cường")],
        ),
        (
            "Phó Giám đốc Sở Vũ Lan, Phó Giám đốc Sở Bùi Tiến.",
            [("Vũ Lan", "Phó Giám đốc Sở"), ("Bùi Tiến", "Phó Giám đốc Sở")],
        ),
        (
            "Thượng tá, PGS.TS Hoàng Văn Nam - Phó Trưởng Công an huyện Sóc Sơn.",
            [("Hoàng Văn Nam", "Phó Trưởng Công an huyện Sóc Sơn")],
        ),
        (
            "Chủ tịch UBND TP. Hồ Chí Minh Phan Văn Mười dự.",
            [("Phan Văn Mười", "Chủ tịch UBND TP. Hồ Chí Minh")],
        ),
        (
            "Phó Chủ tịch UBND tỉnh, đồng chí Trần Hùng nhấn mạnh.",
            [("Trần Hùng", "Phó Chủ tịch UBND tỉnh")],
        ),
        ("Bí thư chi bộ Hà Văn Dũng đọc quyết định.", [("Hà Văn Dũng", "Bí thư chi bộ")]),
        ("Ông Phùng Quang Đại được bầu giữ chức Bí thư Đảng ủy.", [("Phùng Quang Đại", "Bí thư Đảng ủy")]),
        ("Cán bộ đến nhà bà Kim Giao.", [("Kim Giao", None)]),
        ("Chủ tịch Hồ Chí Minh từng căn dặn cán bộ.", [("Hồ Chí Minh", "Chủ tịch")]),
    ],
)
def test_people_have_the_offices_that_stand_beside_their_names(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Xe đi từ đường Nguyễn Văn Cừ, Trần Khát Chân đến phố Tống Duy Tân.",
        "Học sinh Trường THPT Lê Hồng Phong nhận học bổng Vừ A Dính.",
        "Đoàn TNCS Hồ Chí Minh, TP. Hồ Chí Minh, đường Hồ Chí Minh, tư tưởng Hồ Chí Minh.",
        "Đoàn vào Lăng Chủ tịch Hồ Chí Minh viếng Người.",
        "Xuân Đinh Dậu, Tết Canh Tý ở Hà Giang, Cao Bằng, Lâm Đồng và quận Hai Bà Trưng.",
        "Số 185 Giảng Võ, ngõ 5 Hoàng Quốc Việt.",
    ],
)
def test_streets_schools_places_and_years_are_no_people(text: str) -> None:
    assert people(text) == []


def test_two_spellings_are_two_people_and_the_longest_office_is_kept() -> None:
    text = (
        "Giám đốc Sở Lê Thị Thúy chủ trì. Đồng chí Lê Thị Thuý Nga phát biểu.\n"
        "Đồng chí LÊ Thị Thuý vắng. Đồng chí Lê Thị Thúy, Bí thư Đảng ủy, Giám đốc Sở kết luận."
    )
    assert people(text) == [("Lê Thị Thúy", "Bí thư Đảng ủy, Giám đốc Sở"), ("Lê Thị Thuý Nga", None)]


def test_the_body_of_an_office_is_the_last_that_it_names() -> None:
    [person] = read("Đồng chí Ngô Hà, Bí thư Đảng ủy, Trưởng ban Tuyên giáo Thành ủy.").people or ()
    assert person["body"] == "ban Tuyên giáo Thành ủy"


# Bodies


@pytest.mark.parametrize(
    "name",
    [
        "Ban Thường vụ Đảng ủy Sở Thông tin và Truyền thông Hà Nội",
        "Đảng ủy Khối các cơ quan thành phố Hà Nội",
        "Đảng ủy Khối Cơ quan, Doanh nghiệp tỉnh Phú Yên",
        "Đảng bộ các cơ quan Đảng tỉnh",
        "Uỷ ban Kiểm tra Huyện uỷ Mù Cang Chải",
        "chi bộ Bưu chính - Viễn thông",
        "Chi bộ Kho vận",
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Cà Mau",
        "Sở TT&TT Đồng Nai",
        "Trung tâm Đào tạo, Tư vấn Công nghệ thông tin và Truyền thông Hà Nội",
        "Phòng An ninh mạng và phòng chống tội phạm công nghệ cao",
        "Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn Thành phố",
        "UBND quận Lê Chân",
        "Tòa án nhân dân tỉnh Lào Cai",
        "Bộ Chỉ huy Quân sự tỉnh Sơn La",
        "Quân khu 7",
        "Bộ Chính trị",
        "Chính phủ",
        "Hội Cựu chiến binh phường Tân Lập",
        "Ủy ban MTTQ Việt Nam tỉnh Hà Giang",
        "Công đoàn Viên chức Thành phố",
    ],
)
def test_a_bodys_name_is_read_to_its_end(name: str) -> None:
    assert bodies(f"Sáng nay, {name} đã tổ chức hội nghị.") == [name]


def test_bodies_in_a_row_stay_apart_and_a_person_behind_one_is_no_part_of_it() -> None:
    assert bodies("Dự có Sở Nội vụ, Sở Tài chính và Công an tỉnh Hà Nam, Thanh tra Bộ Y tế.") == [
        "Sở Nội vụ", "Sở Tài chính", "Công an tỉnh Hà Nam", "Thanh tra Bộ Y tế",
    ]  # fmt: skip
    assert bodies("Theo Sở TT&TT Hà Nội Nguyễn Tiến Văn, UBND Thành phố Trần Sỹ Anh.") == ["Sở TT&TT Hà Nội"]


@pytest.mark.parametrize(
    "text",
    ["Thành ủy, UBND Thành phố, các chi bộ", "Đại Hội bầu Ban Tổ chức", "cơ sở Đảng", "trụ sở Quận ủy"],
)
def test_bare_levels_and_what_looks_like_a_head_name_no_body(text: str) -> None:
    assert bodies(f"{text} họp.") == []


def test_bodies_are_the_partys_the_states_or_a_mass_organisations() -> None:
    found = read(
        "Thường trực HĐND tỉnh Hà Nam, BCH Công đoàn Sở Y tế, Văn phòng Tỉnh ủy Hà Nam, Công ty Hoa Mai."
    ).organisations
    assert [one["kind"] for one in found or ()] == ["state", "mass", "party"]


# Documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị về học tập",
            [("05-CT/TW", "Chỉ thị", "2016-05-15", "Bộ Chính trị")],
        ),
        (
            "Kế hoạch số 90/KH-TU, ngày 08 tháng 10 năm 2014 của Tỉnh ủy Thanh Hóa",
            [("90/KH-TU", "Kế hoạch", "2014-10-08", "Tỉnh ủy Thanh Hóa")],
        ),
        ("Nghị quyết 15- NQ/TU", [("15-NQ/TU", "Nghị quyết", None, None)]),
        ("Quy định 05 – QÐ/TW", [("05-QĐ/TW", "Quy định", None, None)]),
        ("Công văn số 786 /STTTT-BCXBTTv/v họp", [("786/STTTT-BCXBTT", "Công văn", None, None)]),
        ("Kế hoạch 48/KH/ĐU ký ngày 1-8-2019", [("48/KH/ĐU", "Kế hoạch", "2019-08-01", None)]),
        ("Luật An ninh mạng số 24/2018/QH14", [("24/2018/QH14", "Luật", None, None)]),
        ("Nghị quyết 30a/2008/NQ-CP của Chính phủ", [("30A/2008/NQ-CP", "Nghị quyết", None, "Chính phủ")]),
        ("Quyết định 16/QĐ-TTg của Thủ tướng Chính phủ", [("16/QĐ-TTG", "Quyết định", None, "Thủ tướng Chính phủ")]),
        (
            "Thông báo số 318/TB-BCĐ ngày 3/4/2020 và 319/TB-BCĐ ngày 4/4/2020 của Ban Chỉ đạo Thành phố",
            [
                ("318/TB-BCĐ", "Thông báo", "2020-04-03", "Ban Chỉ đạo Thành phố"),
                ("319/TB-BCĐ", "Thông báo", "2020-04-04", "Ban Chỉ đạo Thành phố"),
            ],
        ),
        ("Quyết định 12/QĐ-UBND ngày 31/2/2020 của UBND tỉnh", [("12/QĐ-UBND", "Quyết định", None, "UBND tỉnh")]),
        ("KẾ HOẠCH SỐ 12-KH/ĐU", [("12-KH/ĐU", "Kế hoạch", None, None)]),
    ],
)  # fmt: skip
def test_documents_are_cited_by_number_with_date_and_issuer(text: str, expected: list[Any]) -> None:
    assert cited(f"Thực hiện {text}.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ban chỉ đạo 389/TP, Ban chỉ đạo 138/TP",
        "SEA Games 31 - Vì một Đông Nam Á; Hà Nội 2020 - Hợp tác",
        "từ ngày 12/3/2020 - Thứ Năm, 10-15 Tháng Ba, quý II/2020",
        "https://so.example.vn/d/1e13/Home/12/AB-CD",
        "Chỉ thị 05 của Bộ Chính trị; 163/214 chi bộ; 16h30/ngày",
    ],
)
def test_dates_addresses_and_committees_are_no_documents(text: str) -> None:
    assert cited(text) == []


def test_a_document_cited_twice_is_one_and_knows_what_either_place_says() -> None:
    text = "Nghị định số 91/2020/NĐ-CP được phổ biến. Nghị định 91/2020/NĐ-CP ngày 14/8/2020 của Chính phủ."
    assert cited(text) == [("91/2020/NĐ-CP", "Nghị định", "2020-08-14", "Chính phủ")]


# Figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại hội đại biểu Đảng bộ tỉnh lần thứ XVII, nhiệm kỳ 2020 – 2025", {("congress", 17), ("term", "2020-2025")}),
        ("Đại hội Chi bộ lần thứ nhất (nhiệm kỳ 2017 -2020)", {("congress", 1), ("term", "2017-2020")}),
        ("Góp ý văn kiện Đại hội XIII của Đảng", {("congress", 13)}),
        ("Đảng bộ có 12 chi bộ, 1.245 đảng viên", {("cells", 12), ("members", 1245)}),
        ("58/60 đảng viên dự; 7/7 chi bộ xong", {("members", 60), ("cells", 7)}),
        ("kết nạp được 37 đảng viên mới", {("admissions", 37)}),
        ("Lễ kết nạp đảng viên cho 02 quần chúng ưu tú", {("admissions", 2)}),
        ("100% đảng viên học; 2,5 đảng viên; Hội nghị lần thứ năm; Hội Sách lần thứ VI", set()),
        ("nhiệm kỳ 2025-2020, nhiệm kỳ này", set()),
    ],
)  # fmt: skip
def test_figures_of_party_life_are_read(text: str, expected: set[tuple[str, int | str]]) -> None:
    assert counted(text) == expected


# Where things stand, and how they are printed


def test_every_entry_says_where_it_first_stands() -> None:
    page = read(
        "Đồng chí Trần Thị Vân chủ trì.\nĐảng bộ có 41 đảng viên.",
        headline="Sở Y tế học Chỉ thị 05-CT/TW",
        description="Đồng chí Bùi Anh và đồng chí Trần Thị Vân dự.",
    )
    found = [entry for name in NAMED for entry in getattr(page, name)]
    shown = [getattr(page, entry["field"])[entry["start"] : entry["end"]] for entry in found]
    assert shown == ["Trần Thị Vân", "Bùi Anh", "Sở Y tế", "05-CT/TW", "41 đảng viên"]
    assert [entry["field"] for entry in found] == [
        "article_body", "description", "headline", "headline", "article_body",
    ]  # fmt: skip


def test_a_lead_that_opens_the_body_is_read_once() -> None:
    lead = "Đồng chí Trần Thị Vân chủ trì."
    page = read(f"{lead}\nHết.", description=lead)
    assert [one["field"] for one in page.people or ()] == ["article_body"]


def test_capitals_hide_where_names_end_but_not_known_words() -> None:
    page = read("", headline="ĐẢNG BỘ SỞ Y TẾ TỈNH HÀ NAM TỔ CHỨC ĐẠI HỘI LẦN THỨ V")
    assert [one["name"] for one in page.organisations or ()] == ["ĐẢNG BỘ SỞ Y TẾ TỈNH HÀ NAM"]
    page = read("", headline="TIN BUỒN: ĐỒNG CHÍ NGUYỄN VĂN BÌNH, NGUYÊN BÍ THƯ ĐẢNG ỦY SỞ")
    assert [(one["name"], one["office"]) for one in page.people or ()] == [
        ("NGUYỄN VĂN BÌNH", "NGUYÊN BÍ THƯ ĐẢNG ỦY SỞ")
    ]


def test_text_typed_without_marks_is_read_too() -> None:
    text = (
        "Dang bo So Thong tin va Truyen thong tinh Phu Yen to chuc Dai hoi lan thu V, nhiem ky 2020-2025. "
        "Dong chi Nguyen Van Binh, Bi thu Dang uy, Giam doc So chu tri; 120 dang vien. "
        "Chi thi so 05-CT/TW ngay 15/5/2016 cua Bo Chinh tri."
    )
    page = read(text, language=None)
    assert [(one["name"], one["office"]) for one in page.people or ()] == [
        ("Nguyen Van Binh", "Bi thu Dang uy, Giam doc So")
    ]
    assert {one["name"] for one in page.organisations or ()} == {
        "Dang bo So Thong tin va Truyen thong tinh Phu Yen", "Bo Chinh tri",
    }  # fmt: skip
    assert [(one["number"], one["date"]) for one in page.documents or ()] == [("05-CT/TW", "2016-05-15")]
    assert {(one["kind"], one["value"]) for one in page.figures or ()} == {
        ("congress", 5), ("term", "2020-2025"), ("members", 120),
    }  # fmt: skip


def test_another_language_names_nobody_and_is_not_called_unread() -> None:
    page = read("So Kim met Ban Ki-moon in Hanoi. Bo Derek said so to Ha Long Bay.", language=None)
    assert (page.people, page.organisations, page.documents, page.figures) == ([], [], [], [])


# Hostile texts


@pytest.mark.parametrize(
    "piece",
    [
        "Đồng chí Nguyễn Văn An, Bí thư Chi bộ Sở Y tế. ",
        "Nguyễn ", "Nguyễn Văn A", "Sở ", "Phó ", "Bí thư, ", "Ban Chỉ đạo phòng, chống dịch ", "A", "a", " ",
        "Đảng ủy Sở, Phó Giám đốc ", "đồng chí ", "1/A-", "1-A/B ", "12/2020/QĐ-", "05-CT/TW, ", "/", "1", "1.", "9/9",
        "lần thứ Đại hội ", "Đại hội X", " đảng viên", "kết nạp 1 đảng viên", "nhiệm kỳ 2020-", "A.", "TT&", "(TT) ",
        "Trung tâm Đào tạo, Tư vấn ", "Sở TT&TT và ", "H'", "İ", "\n", "Ð", "số ",
    ],
)  # fmt: skip
def test_a_text_of_millions_of_characters_costs_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        read(text)
        return time.process_time() - started

    seconds(1000)
    short = max(seconds(50_000), 0.01)
    assert seconds(200_000) < 12 * short


@given(st.lists(st.sampled_from([
    "Nguyễn", "Văn", "An", "Đồng chí", "Bí thư", "Phó", "Sở", "Nội vụ", "và", ",", ".", "\n", "05-CT/TW", "ngày", "15/5/2016",
    "của", "Bộ Chính trị", "12", "đảng viên", "Đại hội", "lần thứ", "XIII", "UBND", "TP.", "Hồ Chí Minh", "(", ")", "-", "İ", "ﬀ",
]), max_size=40))  # fmt: skip
def test_whatever_is_read_stands_in_the_text_where_it_says(pieces: list[str]) -> None:
    text = " ".join(pieces)
    page = read(text)
    for entry in page.people or ():
        assert text[entry["start"] : entry["end"]] == entry["name"]
        assert entry["office"] is None or entry["office"] in text
    for entry in page.organisations or ():
        assert text[entry["start"] : entry["end"]] == entry["name"]
    for entry in page.figures or ():
        assert text[entry["start"] : entry["end"]] == entry["text"]
    for entry in page.documents or ():
        shown = text[entry["start"] : entry["end"]].replace(" ", "").upper()
        assert shown.startswith(entry["number"])


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_stage(body: str, headline: str, lead: str) -> None:
    page = Article(url=HERE.address, headline=headline, description=lead, article_body=body)
    found = entities(normalise(page, HERE), HERE)
    assert all(isinstance(getattr(found, name), list) for name in NAMED)


def test_the_stage_reads_the_same_twice() -> None:
    page = read("Đồng chí Trần Thị Vân, Giám đốc Sở Y tế; Chỉ thị 05-CT/TW; 41 đảng viên.")
    first = {name: getattr(page, name) for name in NAMED}
    entities(page, HERE)
    assert {name: getattr(page, name) for name in NAMED} == first


# A stage that fails


def test_an_article_on_which_a_stage_fails_is_kept_flagged_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def classify(article: Article, context: Context) -> Article:
        article.is_party = True
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(pipelines.process, "STAGES", (*pipelines.process.STAGES[:4], classify, entities))
    monkeypatch.setattr(pipelines.process, "TELLING", {classify, entities})
    page = Article(
        url=HERE.address, portal="so_thu", headline="Tin", article_body="Đồng chí Trần Thị Vân dự.", in_language="vi"
    )  # fmt: skip
    with caplog.at_level(logging.ERROR):
        stored = process(page, HERE).article
    assert stored.is_party is None
    assert "classify_failed" in stored.quality_flags
    assert [one["name"] for one in stored.people or ()] == ["Trần Thị Vân"]
    [record] = caplog.records
    assert "so_thu" in record.getMessage() and HERE.address in record.getMessage()


def test_a_flag_goes_when_the_stage_succeeds() -> None:
    page = Article(url=HERE.address, headline="Tin", article_body="Họp.", quality_flags=["entities_failed"])
    assert failure_flag("entities") not in process(page, HERE).article.quality_flags


def test_a_stage_that_gives_identity_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def identify(article: Article, context: Context) -> Article:
        raise ZeroDivisionError

    monkeypatch.setattr(pipelines.process, "STAGES", (identify,))
    with pytest.raises(ZeroDivisionError):
        process(Article(url=HERE.address), HERE)


# In the corpus


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "corpus.db")


def put(store: Store, text: str, at: str = HERE.fetched_at) -> int:
    page = Article(
        url=HERE.address, portal="so_thu", asset="1", headline="Sở Y tế họp", article_body=text, in_language="vi"
    )  # fmt: skip
    processed = process(page, Context(at, page.url, store.known))
    store.put(page.url, processed)
    store.flush()
    return processed.article.id or 0


TEXT = "Đồng chí Trần Thị Vân, Giám đốc Sở Y tế, nêu Chỉ thị 05-CT/TW ngày 15/5/2016; kết nạp 3 đảng viên."


def test_names_come_back_from_the_corpus_as_they_were_put(store: Store) -> None:
    key = put(store, TEXT)
    [page] = load(store.connection, [key])
    read_again = read(page.article_body or "", headline=page.headline)
    for name in NAMED:
        assert getattr(page, name) == getattr(read_again, name) != []
    [line] = export(store.connection)
    assert json.loads(line)["figures"][0]["value"] == 3
    store.close()


def test_a_revision_takes_the_old_names_away(store: Store) -> None:
    put(store, TEXT)
    put(
        store,
        "Không còn ai được nhắc đến trong bài viết này của cổng thông tin.",
        "2025-08-01T08:00:00+07:00",
    )
    names = store.connection.execute("SELECT name FROM people").fetchall()
    numbers = store.connection.execute("SELECT number FROM documents").fetchall()
    assert (names, numbers) == ([], [])
    assert store.connection.execute("SELECT name, field FROM organisations").fetchall() == [
        ("Sở Y tế", "headline")
    ]
    store.close()


def test_an_article_that_was_not_read_for_names_has_none_not_nobody(store: Store) -> None:
    key = put(store, TEXT)
    with store.connection:
        store.connection.execute("UPDATE articles SET quality_flags = '[\"entities_failed\"]'")
    [page] = load(store.connection, [key])
    assert [getattr(page, name) for name in NAMED] == [None] * 4
    store.close()


@pytest.mark.parametrize(
    ("table", "column"),
    [("people", "name"), ("organisations", "name"), ("documents", "number"), ("figures", "kind")],
)
def test_counting_by_name_or_number_uses_an_index(store: Store, table: str, column: str) -> None:
    plan = store.connection.execute(
        f"EXPLAIN QUERY PLAN SELECT {column}, count(*) FROM {table} GROUP BY {column}"
    ).fetchall()
    assert any("COVERING INDEX" in str(step) for step in plan)
    store.close()


# The word lists


def test_no_head_is_of_two_kinds_and_every_list_refers_to_heads() -> None:
    data = load_data("bodies.json")
    heads = [head for kind in data["heads"].values() for head in kind]
    assert len(heads) == len(set(heads))
    for name in ("alone", "bare_with_level", "topical", "working", "inner", "closed"):
        assert set(data[name]) <= set(heads), name


def test_lists_hold_no_term_twice() -> None:
    for file in ("bodies", "offices", "names", "places", "documents"):
        for name, terms in load_data(f"{file}.json").items():
            if isinstance(terms, list):
                assert len(terms) == len(set(terms)), f"{file}.{name}"


def test_weak_family_names_are_family_names() -> None:
    names = load_data("names.json")
    assert set(names["weak"]) <= set(names["family"])


def test_numbers_are_found_by_documents_alone() -> None:
    text = "Thực hiện Chỉ thị 05-CT/TW và Kế hoạch 12-KH/ĐU."
    assert [one.number for one in documents(text, grammar())] == ["05-CT/TW", "12-KH/ĐU"]
    assert [one.number for one in documents(fold(text).upper(), grammar(False))] == ["05-CT/TW", "12-KH/DU"]
