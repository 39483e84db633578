"""Reading an article: with a layout and without one, field by field, and what a page is that is no article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from article_pages import BODY, FETCHED, HEADLINE, LEAD, LIFERAY, PARAGRAPHS, article, liferay, page, plain
from warcio.archiveiterator import ArchiveIterator

from benchmarks.cases import frozen_cases
from benchmarks.ours import layouts_of, page_of
from crawler.extraction import EXTRACTOR_VERSION, Extraction, Hints, Layout, extract
from crawler.extraction.boilerplate import is_boilerplate, opens_related
from crawler.extraction.headline import without_site
from crawler.extraction.read import read_page
from crawler.extraction.repair import repair
from crawler.extraction.site import SiteMemory, learn_site
from pipelines.article import Article
from pipelines.text import line

FIELDS = [
    "headline",
    "description",
    "article_body",
    "author",
    "photographer",
    "date_published",
    "date_modified",
    "event_date",
    "article_section",
    "keywords",
    "images",
    "attachments",
]


class TestLiferay:
    """The same page with its layout and without: every field equal."""

    @pytest.fixture(params=[(LIFERAY,), ()], ids=["layout", "generic"])
    def found(self, request: pytest.FixtureRequest) -> Article:
        return article(
            liferay(f"<div><b>{LEAD}</b></div>{BODY}"),
            layouts=request.param,
            title=f"{HEADLINE} - Hoạt động Đảng, Đoàn thể - Sở Mẫu",
        )

    def test_every_field_is_read(self, found: Article) -> None:
        assert found.headline == HEADLINE
        assert found.date_published == "2020-03-18T17:23:00+07:00"
        assert found.date_published_raw == "18/03/2020 | 5:23 PM"
        assert found.author == "Lê Hải"
        assert found.article_body == "\n".join((LEAD, *PARAGRAPHS))
        assert found.description == LEAD
        assert found.event_date == "2020-03-13"
        assert found.extractor_version == EXTRACTOR_VERSION

    def test_furniture_is_in_no_field(self, found: Article) -> None:
        record = json.dumps(found.record(), ensure_ascii=False) + (found.body_html or "")
        for furniture in ("Pho Ban bien tap", "Print", "Other News", "tổng kết công tác", "quy hoạch"):
            assert furniture not in record


def test_the_layout_that_matched_is_named() -> None:
    assert article(liferay(), layouts=(Layout("other", ".not-here"), LIFERAY)).layout == "liferay/mau"
    assert article(plain(), layouts=(LIFERAY,)).layout == "generic"
    assert article(liferay(), layouts=(LIFERAY,)).date_published_source == "layout:liferay/mau"


def test_a_lead_in_its_own_block_is_the_description_alone() -> None:
    for layouts in ((LIFERAY,), ()):
        found = article(liferay(sapo=LEAD), layouts=layouts)
        assert found.description == LEAD
        assert found.article_body == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("named", ["post-desc", "trich-yeu"])
def test_a_lead_in_a_block_named_so_is_the_description(named: str) -> None:
    found = article(f"<h1>{HEADLINE}</h1><div class={named}>{LEAD}</div><div class=noi-dung>{BODY}</div>")
    assert (found.description, found.article_body) == (LEAD, "\n".join(PARAGRAPHS))


def test_a_label_glued_behind_the_byline_is_cut_off() -> None:
    glued = "<span class=tacgia><b>T.H</b></span><span class=thongke><b>Thống kê truy cập</b></span>"
    found = article(plain(f"{BODY}<div>{glued}</div>"))
    assert (found.author, found.article_body) == ("T.H", "\n".join(PARAGRAPHS))


def test_a_layout_that_prints_no_date_has_none() -> None:
    undated = Layout("t", ".tin", body=".noidung", dated=False)
    found = extract(
        page(plain(), url="http://x.example/2020/03/18/a"), layouts=[undated], hints=Hints(stamp="18/03/2020")
    )
    assert found.article.date_published is None
    assert found.article.date_published_source is None
    assert found.evidence["date_published"][0].verdict == "this template prints no publication date"


def test_a_layout_whose_stamp_is_empty_falls_back_to_what_stands_by_the_headline() -> None:
    broken = Layout("t", ".tin", headline="h1", stamp=".khong-co", body=".noidung")
    clock = "<div>Thứ Bảy, 27/08/2022 10:34:00 SA</div>"
    assert article(clock + plain(), layouts=(broken,)).date_published == "2020-03-18T17:23:00+07:00"
    machine = Layout("t", ".tin", headline="h1", stamp="time", body=".noidung")
    stamp = "<time datetime='2020-03-18T17:23:00+07:00'></time>"
    assert article(plain(stamp=stamp), layouts=(machine,)).date_published == "2020-03-18T17:23:00+07:00"


class TestHeadline:
    def test_the_first_h1_may_be_a_label(self) -> None:
        found = article(
            f"<h1>Tin mới cập nhật</h1>{plain().replace('h1', 'h2')}", title=f"{HEADLINE} - Sở Mẫu"
        )
        assert found.headline == HEADLINE

    @pytest.mark.parametrize("title", ["Document", "Chi tiết", "Sở Thông tin và Truyền thông Mẫu", ""])
    def test_a_useless_title_is_no_headline(self, title: str) -> None:
        body = f"<div id=top>{title}</div>" + plain().replace("h1>", "div>").replace(
            "<div>" + HEADLINE, f"<div class=tieude>{HEADLINE}"
        )
        assert article(body, title=title).headline == HEADLINE

    def test_where_none_is_printed_the_list_row_tells(self) -> None:
        found = article(
            f"<div>Sign In</div><div>Document</div><div class=x>{BODY}</div>",
            title="Document",
            hints=Hints(headline=HEADLINE),
        )
        assert found.headline == HEADLINE
        assert "headline_from_list" in found.quality_flags

    def test_a_cut_row_or_title_is_completed_by_the_page(self) -> None:
        cut = HEADLINE[:30] + "…"
        assert article(plain(), title=cut, hints=Hints(headline=cut)).headline == HEADLINE

    def test_dashes_inside_stay_and_the_site_behind_goes(self) -> None:
        names = {"so mau"}
        assert without_site("Kế hoạch - Tài chính - Sở Mẫu", names) == "Kế hoạch - Tài chính"
        assert without_site("Kế hoạch - Tài chính", names) == "Kế hoạch - Tài chính"
        assert without_site("Đại hội lần thứ II | Cổng thông tin điện tử", set()) == "Đại hội lần thứ II"

    def test_a_date_glued_to_it_is_taken_off(self) -> None:
        found = article(plain(stamp="", headline=f"{HEADLINE} (10/06/2020)"))
        assert (found.headline, found.date_published) == (HEADLINE, "2020-06-10")

    def test_endings_of_titles_are_learnt_from_the_site(self) -> None:
        pages = [
            page(BODY, title=f"Tin thứ {n} - Chuyên trang X", url=f"http://x.example/{n}") for n in range(8)
        ]
        site = learn_site(pages)
        found = extract(
            page(f"<div>{BODY}</div>", title="Hội nghị - Tổng kết năm - Chuyên trang X"), site=site
        )
        assert found.article.headline == "Hội nghị - Tổng kết năm"


class TestDate:
    def test_the_page_clock_is_no_publication_date(self) -> None:
        body = (
            f"<div class=date>Thứ Bảy, 27/08/2022 10:34:00 SA</div>{plain(stamp='Ngày 19/08/2019 09:20:40')}"
        )
        found = extract(page(body))
        assert found.article.date_published == "2019-08-19T09:20:40+07:00"
        assert any(candidate.verdict == "the page's clock" for candidate in found.evidence["date_published"])

    def test_a_clock_alone_is_none(self) -> None:
        found = article(f"<div class=today>Thứ bảy, 27/08/2022</div>{plain(stamp='')}")
        assert found.date_published is None
        assert "stamp_is_clock" in found.quality_flags or found.date_published_raw is None

    def test_dates_of_documents_licences_and_others_are_none(self) -> None:
        text = "<p>Thực hiện Kế hoạch số 58-KH/ĐU ngày 17/10/2014 của Đảng ủy, Chi bộ đã tổ chức đại hội nhiệm kỳ mới.</p>"
        footer = "<div id=footer>Giấy phép số 12/GP-TTĐT cấp ngày 11/4/2014</div>"
        others = "<div class=khac><h3>Tin khác</h3><ul><li><a href=/b>Hội nghị tổng kết năm của Chi bộ</a> (02/03/2021)</li></ul></div>"
        assert article(plain(text + BODY, stamp="") + others + footer).date_published is None

    def test_midnight_means_that_no_time_was_kept(self) -> None:
        assert article(plain(stamp="18/03/2020 | 12:00 AM")).date_published == "2020-03-18"

    def test_the_time_of_a_machine_readable_date_completes_a_printed_day(self) -> None:
        head = "<meta property='article:published_time' content='2020-03-18T17:23:00+07:00'>"
        assert article(plain(stamp="18/03/2020"), head=head).date_published == "2020-03-18T17:23:00+07:00"
        assert article(plain(stamp=""), head=head).date_published_source == "meta"

    def test_the_list_row_and_the_address_come_last(self) -> None:
        found = article(plain(stamp=""), hints=Hints(stamp="18/03/2020 17:23"))
        assert (found.date_published, found.date_published_source) == ("2020-03-18T17:23:00+07:00", "list")
        found = article(plain(stamp=""), url="http://x.example/portal/Pages/2020-03-18/tin.aspx")
        assert (found.date_published, found.date_published_source) == ("2020-03-18", "url")

    def test_an_update_is_another_date(self) -> None:
        found = article(
            plain(stamp="Ngày đăng: 13/11/2021 08:20 | Cập nhật lúc: 15/11/2021 09:05 | Lượt xem: 3")
        )
        assert found.date_published == "2021-11-13T08:20:00+07:00"
        assert found.date_modified == "2021-11-15T09:05:00+07:00"


class TestBody:
    @pytest.mark.parametrize(
        "furniture",
        [
            "<div>Lượt xem: 1.208</div>",
            "<p>Xem với cỡ chữ : A- A A+</p>",
            "<div><a href=#>In bài viết</a> <a href=#>Gửi mail</a></div>",
            "<div class='social-share'>Chia sẻ bài viết lên facebook</div>",
            "<div style='display:none'>Bản nháp của bài viết, chưa qua biên tập và không ai được đọc.</div>",
            "<span style='display: none'>ghi chú</span>",
            "<div class='tin-lien-quan'><a href=/b>Hội nghị tổng kết công tác năm của Chi bộ Kho</a></div>",
            "<h3>Các tin khác</h3><ul><li><a href=/c>Đại hội Chi bộ Thư viện nhiệm kỳ 2020 – 2022</a></li></ul>",
            "<div class='comments'><p>Bài viết rất hay, mong quý báo đăng thêm nhiều bài như vậy nữa cho bạn đọc.</p></div>",
        ],
    )
    def test_furniture_is_left_out(self, furniture: str) -> None:
        assert article(plain(BODY + furniture)).article_body == "\n".join(PARAGRAPHS)

    def test_percents_zoom_labels_look_like_are_text(self) -> None:
        assert "100% chỉ tiêu" in (article(plain()).article_body or "")

    def test_a_lead_printed_twice_is_kept_once(self) -> None:
        twice = f"<p>Sáng 24/4, Sở Mẫu đã tổ chức Đại hội Đảng bộ lần thứ III..</p><p>Sáng 24/4, Sở Mẫu đã tổ chức Đại hội Đảng bộ lần thứ III thành công tốt đẹp. Dự đại hội có 90 đảng viên.</p>{BODY}"
        found = article(plain(twice))
        assert found.description == "Sáng 24/4, Sở Mẫu đã tổ chức Đại hội Đảng bộ lần thứ III."
        assert (found.article_body or "").count("lần thứ III") == 1

    def test_text_broken_by_br_is_lines(self) -> None:
        body = "<br><br>".join(PARAGRAPHS)
        assert article(plain(f"&nbsp;&nbsp;{body}")).article_body == "\n".join(PARAGRAPHS)

    def test_rows_of_a_table_are_lines(self) -> None:
        table = "<table><tr><td>Năm</td><td>Kết nạp</td></tr><tr><td>2019</td><td>4</td></tr></table>"
        assert "Năm | Kết nạp\n2019 | 4" in (article(plain(BODY + table)).article_body or "")

    def test_a_body_of_one_short_line_is_found_below_the_headline(self) -> None:
        body = "<p>Chi tiết văn bản xem <a href='/f/qd-170.pdf'>tại đây</a>.</p>"
        footer = "<div class=chan><p>Địa chỉ: 185 Đường Mẫu, Quận Mẫu, Thành phố Mẫu. Điện thoại: 024 1234567, máy lẻ 12.</p></div>"
        found = article(plain(body) + footer, title=HEADLINE)
        assert found.article_body == "Chi tiết văn bản xem tại đây."
        assert [item["url"] for item in found.attachments] == ["http://so.mau.example/f/qd-170.pdf"]

    def test_lines_that_every_page_of_the_site_prints_are_no_text(self) -> None:
        notice = "Mọi phản ánh xin gửi về đường dây nóng của đơn vị chúng tôi trong giờ hành chính."
        texts = [
            f"Chi bộ số {n} đã hoàn thành tốt nhiệm vụ được giao trong năm, được cấp trên khen thưởng."
            for n in range(9)
        ]
        pages = [
            page(plain(f"<p>{text}</p><p>{notice}</p>{BODY}"), url=f"http://x.example/{n}")
            for n, text in enumerate(texts)
        ]
        site = SiteMemory.of(json.loads(json.dumps(learn_site(pages).state())))
        assert notice in (extract(pages[0]).article.article_body or "")
        assert extract(pages[0], site=site).article.article_body == texts[0]

    def test_body_html_is_safe_and_absolute(self) -> None:
        body = f"<p onclick='x()'>A <a href='/b' style='color:red'>b</a><script>alert(1)</script></p>{BODY}<img src='c.jpg' onerror='x()'>"
        html = article(plain(body)).body_html or ""
        assert '<a href="http://so.mau.example/b"' in html and 'src="http://so.mau.example/tin/c.jpg"' in html
        assert (
            "onclick" not in html and "script" not in html and "style" not in html and "onerror" not in html
        )


@pytest.mark.parametrize(
    ("above", "section"),
    [
        (
            "<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li><a href=/x>Xây dựng Đảng</a></li></ul>",
            "Xây dựng Đảng",
        ),
        (
            "<nav aria-label=breadcrumb><a href=/>Trang chủ</a> » <a href=/x>Xây dựng Đảng</a></nav>",
            "Xây dựng Đảng",
        ),
        (f"<div class=crumbs>Trang chủ / Xây dựng Đảng / {HEADLINE}</div>", "Xây dựng Đảng"),
        ("<div><a href=/>Trang chủ</a> <b>›</b> <a href=/x>Xây dựng Đảng</a></div>", "Xây dựng Đảng"),
        ("<div class=chuyenmuc>Xây dựng Đảng</div>", "Xây dựng Đảng"),
        ("<div>Xin chào quý vị</div>", None),
    ],
)
def test_the_section_is_the_last_step_above_the_headline(above: str, section: str | None) -> None:
    assert article(above + plain()).article_section == section


def test_keywords_come_from_meta_or_from_tag_links() -> None:
    assert article(plain(), head="<meta name=keywords content='công tác đảng, đại hội'>").keywords == [
        "công tác đảng",
        "đại hội",
    ]
    tags = "<div class=tags><a rel=tag href=/tag/1>biên giới</a> <a rel=tag href=/tag/2>quân dân y</a></div>"
    assert article(plain() + tags).keywords == ["biên giới", "quân dân y"]


@pytest.mark.parametrize(
    ("byline", "author", "photographer"),
    [
        ("<p align=right><b>Lê Hải</b></p>", "Lê Hải", None),
        ("<p>Tin: Vân Anh, Ảnh: Đình Nguyên</p>", "Vân Anh", "Đình Nguyên"),
        ("<p>Văn phòng Đảng ủy Sở</p>", "Văn phòng Đảng ủy Sở", None),
        ("<p>Lê Hải</p><p>Ad Min</p>", "Lê Hải", None),
        ("<p>Lê Hải./.</p>", "Lê Hải", None),
        ("<p>Ad Min</p>", None, None),
        ("", None, None),
    ],
)
def test_the_byline_leaves_the_body(byline: str, author: str | None, photographer: str | None) -> None:
    found = article(plain(BODY + byline))
    assert (found.author, found.photographer) == (author, photographer)
    assert found.article_body == "\n".join(PARAGRAPHS)


def test_meta_author_is_never_the_author() -> None:
    assert article(plain(), head="<meta name=author content='Cổng thông tin Mẫu'>").author is None


def test_mangled_entities_are_repaired_and_flagged() -> None:
    flags: list[str] = []
    assert (
        repair("Hograve;a B&igrave;nh theo dotilde;i &ndash; \uf0b7 một", flags)
        == "Hòa Bình theo dõi – • một"
    )
    assert flags == ["entities_repaired", "private_use"]
    for untouched in ("Nguyễn Văn A; bàn giao", "AT&T; R&D", "a grave; danger", "100%;"):
        assert repair(untouched, flags := []) == untouched and flags == []


def test_boilerplate_is_recognised_by_whole_lines_only() -> None:
    for label in ("Lượt xem: 1.208", "Đã xem: 5", "View count: 998", "A- A A+", "In bài viết Gửi mail", "Print | Send email",
                  "Tăng tương phản Giảm tương phản", "Từ khóa: biên giới, quân y", "Đang online: 14", "Skip to main content"):  # fmt: skip
        assert is_boilerplate(label), label
    for text in (
        "100%",
        "In sách cho thư viện xã",
        "Xem xét, thi hành kỷ luật đảng viên",
        "Chia sẻ khó khăn với đồng bào",
    ):
        assert not is_boilerplate(text), text
    assert (
        opens_related("Tin cùng chuyên mục")
        and opens_related("Other News")
        and opens_related("Các tin đã đưa:")
    )
    assert not opens_related("Tin vui đến với Chi bộ Thư viện")


@pytest.mark.parametrize("declared", [False, True], ids=["generic", "layout"])
def test_every_filled_field_has_its_chosen_candidate_among_the_evidence(declared: bool) -> None:
    for case in frozen_cases():
        if case.truth.kind != "article" or case.split != "tune":
            continue
        layouts = layouts_of(case.family) if declared else ()
        found = extract(page_of(case), layouts=layouts, hints=case.hints)
        chosen = {
            field: [candidate for candidate in candidates if candidate.verdict.startswith("chosen")]
            for field, candidates in found.evidence.items()
        }
        assert {field: bool(some) for field, some in chosen.items()} == {
            field: bool(getattr(found.article, field)) for field in FIELDS
        }, case.name
        assert all(c.verdict for candidates in found.evidence.values() for c in candidates), case.name


def test_the_markup_of_the_body_is_made_when_it_is_asked_for() -> None:
    found = extract(page(plain()))
    assert found.article.body_html is None
    assert f"<p>{PARAGRAPHS[0]}</p>" in (found.body_html or "")
    assert extract(page("")).body_html is None


def test_evidence_names_every_candidate_and_why_it_lost() -> None:
    found: Extraction = extract(page(f"<h1>Tin tức</h1>{plain()}", title=f"{HEADLINE} - Sở Mẫu"))
    assert found.evidence["headline"][0].verdict == "chosen"
    assert found.evidence["headline"][0].value == HEADLINE
    assert {candidate.verdict for candidate in found.evidence["headline"][1:]} <= {
        "fewer witnesses",
        "names the site or a section",
    }
    assert found.evidence["date_published"][0].raw == "18/03/2020 | 5:23 PM"


def test_recorded_articles_have_the_expected_headline_and_date(recorded: Path) -> None:
    expected = {row["url"]: row for row in map(json.loads, (recorded / "hanoi-sotttt.expected.jsonl").open())}
    checked = 0
    with (recorded / "hanoi-sotttt.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if url not in expected or checked == 120:
                continue
            read = read_page(record.content_stream().read(), url, content_type=None, fetched_at=FETCHED)
            found = extract(read).article
            assert found.headline and found.headline == line(expected[url]["title"]), url
            assert found.date_published == expected[url]["published"], url
            checked += 1
    assert checked
