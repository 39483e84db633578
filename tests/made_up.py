"""A small corpus of made-up articles, for tests of what reads a corpus. No text is from a real portal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.article import Article, Attachment, Image, Sighting
from pipelines.context import Context
from pipelines.identify import canonical_url
from pipelines.process import process
from pipelines.store import Store

PORTALS = {
    "thuan_hai_noi_vu": ("Thuận Hải", "Khánh Hòa", "Sở Nội vụ", "http://snv.thuanhai.example/"),
    "bac_son_stttt": ("Bắc Sơn", "Lạng Sơn", "Sở Thông tin và Truyền thông", "http://stttt.bacson.example/"),
    "dong_hai_tinh_uy": ("Đông Hải", None, "Tỉnh ủy", "http://tinhuy.donghai.example/"),
    "thanh_lam_nong_nghiep": ("Thanh Lâm", "Thanh Hóa", "Sở Nông nghiệp", "http://snn.thanhlam.example/"),
}

# Headline, lead, paragraphs; {n} is a number, {unit} a branch.
_STORIES = (
    (
        "Đại hội Chi bộ {unit} nhiệm kỳ 2025 – 2027 thành công tốt đẹp",
        "Sáng nay, Chi bộ {unit} long trọng tổ chức Đại hội, bầu cấp ủy mới gồm {n} đồng chí với "
        "số phiếu tập trung.",
        (
            "Dự và chỉ đạo Đại hội có đồng chí Lê Thanh Bình, Phó Bí thư Đảng bộ cơ quan; cùng toàn "
            "thể đảng viên "
            "đang sinh hoạt tại Chi bộ.",
            "Báo cáo chính trị trình Đại hội nêu rõ: trong nhiệm kỳ qua, {n}/{n} chỉ tiêu đều đạt và "
            "vượt; công tác "
            "kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý "
            "kỷ luật.",
            "Phát biểu tại Đại hội, đồng chí Lê Thanh Bình đề nghị cấp ủy khóa mới sớm xây dựng quy "
            "chế làm việc, "
            "phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.",
            "Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.",
        ),
    ),
    (
        "Đảng bộ {unit} kết nạp {n} đảng viên mới dịp kỷ niệm 19/5",
        "Lễ kết nạp được tổ chức trang trọng tại hội trường cơ quan, đúng nghi thức theo Điều lệ Đảng.",
        (
            "Các quần chúng ưu tú lần lượt đọc lời tuyên thệ dưới cờ. Thay mặt Đảng ủy, đồng chí "
            "Trần Hoàng Dũng trao "
            "quyết định và phân công đảng viên chính thức giúp đỡ.",
            "Từ đầu năm đến nay, Đảng bộ đã cử {n} quần chúng đi học lớp nhận thức về Đảng, đạt 80% "
            "kế hoạch.",
        ),
    ),
    (
        "Hội nghị quán triệt Nghị quyết tới toàn thể cán bộ {unit}",
        "Hội nghị nối trực tuyến tới {n} điểm cầu, hơn 300 cán bộ, đảng viên tham dự.",
        (
            "Báo cáo viên đã giới thiệu những nội dung cốt lõi, liên hệ với nhiệm vụ chuyển đổi số "
            "của ngành.",
            "Sau hội nghị, mỗi chi bộ xây dựng chương trình hành động, gửi về Văn phòng Đảng ủy "
            "trước ngày 30.",
            "Căn cứ Công văn số {n}-CV/ĐU, các chi bộ báo cáo kết quả học tập theo mẫu.",
        ),
    ),
    (
        "Công đoàn {unit} trao {n} suất quà cho đoàn viên khó khăn",
        "Những phần quà tuy nhỏ nhưng ấm áp nghĩa tình đã đến tay đoàn viên trước Tết.",
        (
            "Chủ tịch Công đoàn cho biết nguồn kinh phí do đoàn viên tự nguyện đóng góp một ngày lương.",
            "Dịp này, Đoàn Thanh niên cũng nhận đỡ đầu hai em học sinh ở vùng ven biển.",
        ),
    ),
    (
        "Kiểm tra, giám sát chuyên đề đối với Chi bộ {unit}",
        "Đoàn kiểm tra của Ủy ban Kiểm tra Đảng ủy làm việc với cấp ủy về việc thực hiện nguyên "
        "tắc tập trung dân chủ.",
        (
            "Qua kiểm tra, đoàn ghi nhận hồ sơ sinh hoạt đầy đủ, thu nộp đảng phí đúng quy định.",
            "Đoàn đề nghị Chi bộ khắc phục {n} nội dung còn hạn chế trước khi kết thúc quý.",
        ),
    ),
    (
        "Khuyến cáo bà con chăm sóc lúa vụ Đông Xuân trên địa bàn {unit}",
        "Thời tiết chuyển lạnh, ngành nông nghiệp khuyến cáo giữ nước trong ruộng để hạn chế chết rét.",
        (
            "Theo dự báo, nhiệt độ thấp nhất có thể xuống dưới {n} độ C ở vùng núi.",
            "Bà con cần thăm đồng thường xuyên, bón phân cân đối, theo dõi sâu bệnh và báo cho trạm "
            "khuyến nông.",
        ),
    ),
)
_UNITS = ("Văn phòng Sở", "Thanh tra Sở", "Trung tâm Công nghệ", "Phòng Tổ chức", "Trạm Bảo vệ thực vật")
_SECTIONS = ("Hoạt động Đảng, Đoàn thể", "Tin tức – Sự kiện", "Xây dựng Đảng")
COUNT = 42

HOSTILE = (
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    '<a href="javascript:window.hacked=1">bấm vào đây</a>',
    "<svg onload=window.hacked=1><style>body{display:none}</style>",
    "<iframe srcdoc='<script>top.hacked=1</script>'></iframe><form action=/x><input "
    "autofocus onfocus=hacked=1>",
)


def articles() -> list[Article]:
    """Return `COUNT` articles as an extractor gives them, over all portals, 2014 to 2025, some undated."""
    return [_article(number) for number in range(COUNT)]


def hostile_article() -> Article:
    """Return an article whose every text and link attacks the reader."""
    attack = " ".join(HOSTILE)
    return Article(
        url='http://tinhuy.donghai.example/bai/666?"><script>window.hacked=1</script>',
        portal="dong_hai_tinh_uy",
        headline=f"Tấn công {attack}",
        description=attack,
        article_body=f"{attack}\nĐoạn văn bình thường.",
        body_html=f"<p>{attack}</p><p onclick=hacked=1>Đoạn văn bình thường.</p>",
        author=attack,
        article_section=attack,
        date_published="2024-02-02",
        date_published_source="meta",
        images=[Image(url="javascript:window.hacked=1", caption=attack, credit=attack)],
        attachments=[Attachment(url="javascript:window.hacked=1", name=attack, media_type=None)],
        keywords=[attack],
    )


def fill(path: Path, *, hostile: bool = False) -> Path:
    """Write the corpus to `path` through the real stages; return the path.

    The first article has a second revision and a print copy; the last portal stays without articles' dates.
    """
    store = Store(path)
    for name, (province, successor, body, home) in PORTALS.items():
        store.declare_portal(
            name=name, province=province, successor_province=successor, body=body, home=home, state="live"
        )
    run = store.begin_run("2025-06-01T05:00:00+07:00", "live", "test")
    for article in articles() + ([hostile_article()] if hostile else []):
        put(store, article, "2025-06-01T05:10:00+07:00")
    store.flush()
    revised = _article(0)
    revised.article_body = (revised.article_body or "").replace(
        "nhất trí", "nhất trí cao"
    ) + "\nBan Biên tập đã đính chính."
    put(store, revised, "2025-06-03T06:30:00+07:00")
    store.sight(
        Sighting(
            "thuan_hai_noi_vu",
            revised.asset or "",
            f"{revised.url}?print=1",
            "page",
            "2025-06-03T06:30:00+07:00",
        )
    )
    store.record_outcomes(run, "thuan_hai_noi_vu", [("article", "new", 11)])
    store.end_run(run, "2025-06-01T05:20:00+07:00")
    store.close()
    if hostile:
        leave_unsafe(path, hostile_article())
    return path


def leave_unsafe(path: Path, *articles: Article) -> None:
    """Put the markup of articles into a corpus as it is: ours comes there sanitised, another's may not."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for article in articles:
            found = connection.execute(
                "UPDATE article_text SET body_html = ? FROM articles a WHERE a.id = article_text.id AND a.url = ?",
                (article.body_html, canonical_url(article.url)),
            )
            assert found.rowcount == 1


def put(store: Store, article: Article, fetched_at: str) -> None:
    """Send an article through the stages into the store, as a crawl does."""
    store.put(article.url, process(article, Context(fetched_at, article.url, store.known)))


def _article(number: int) -> Article:
    headline, lead, paragraphs = _STORIES[number % len(_STORIES)]
    portal = list(PORTALS)[number % len(PORTALS)]
    province, successor, body, home = PORTALS[portal]
    words = {"n": 7 + number, "unit": _UNITS[number % len(_UNITS)]}
    texts = [paragraph.format(**words) for paragraph in paragraphs]
    url = f"{home}tin-tuc/bai-{number}.html"
    day = f"{2014 + number % 12}-{1 + number % 12:02}-{1 + number % 28:02}"
    undated, day_only = number % 9 == 8, number % 3 == 2
    stamp = day if day_only else f"{day}T{6 + number % 12:02}:{number:02}:00+07:00"
    return Article(
        url=url,
        portal=portal,
        asset=str(number),
        province=province,
        successor_province=successor,
        body=body,
        article_section=_SECTIONS[number % len(_SECTIONS)],
        headline=headline.format(**words),
        description=lead.format(**words),
        article_body="\n".join(texts),
        body_html="".join(f"<p>{text}</p>" for text in texts) if number % 2 else None,
        author="Nguyễn Thu Hà" if number % 4 else None,
        photographer="Minh Đức" if number % 5 == 0 else None,
        date_published=None if undated else stamp,
        date_published_raw=None if undated else stamp,
        date_published_source=None if undated else ("layout:list", "meta", "text", "url")[number % 4],
        images=[Image(url=f"{home}anh/{number}.jpg", caption="Quang cảnh hội nghị", credit="Minh Đức")]
        if number % 3 == 0
        else [],
        attachments=[Attachment(url=f"{home}tep/{number}.pdf", name="Công văn", media_type="application/pdf")]
        if number % 7 == 0
        else [],
        keywords=["đảng viên", "chi bộ"] if number % 2 else [],
        layout="bản tin",
        extractor_version="1",
        archive={"file": "2025.warc.gz", "offset": number},
    )
