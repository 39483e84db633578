"""Which content system a page comes from (portals.md §3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page import Page

_MOST_TEXT = 400_000  # characters of addresses, of classes and of scripts that are looked at
_LONGEST = 20_000  # of one of them
_GENERATOR = 0.9


@dataclass(frozen=True, slots=True)
class _Sign:
    """A family's mark: in addresses (`@`), in classes and ids (`.`), scripts (`$`) or the generator (`!`)."""

    family: str
    where: str
    pattern: re.Pattern[str]
    weight: float


def _signs(family: str, *signs: tuple[str, str, float]) -> list[_Sign]:
    return [
        _Sign(family, where, re.compile(pattern, re.IGNORECASE), weight) for where, pattern, weight in signs
    ]


_SIGNS = [
    *_signs(
        "liferay",
        ("@", r"/-/(?:asset_publisher|view-article|view_content)/", 0.7),
        ("@", r"[?&]p_p_id=|/web/guest/", 0.6),
        (".", r"\bportlet-boundary\b|\blfr-|\bp_p_id_", 0.7),
        ("$", r"\bLiferay\.|themeDisplay", 0.7),
    ),
    *_signs(
        "vnpt",
        ("@", r"_WAR_(?:Article|Bai_Viet|Quan_Ly)|/chi-tiet-tin/?\?/", 0.7),
        (".", r"\bUI_Tinbai|CTTDivTittle|_WAR_(?:Article|Quan_Ly|Danh_Sach)", 0.7),
    ),
    *_signs(
        "sharepoint",
        ("@", r"/_layouts/(?:15/)?|/_catalogs/|/SiteAssets/|/style library/", 0.7),
        ("@", r"/(?:Pages|Lists|Trang)/[^?#\s]{0,120}\.aspx", 0.4),
        (".", r"\bms-[a-z]+|\bs4-(?:workspace|ribbon)", 0.6),
        ("!", r"SharePoint", _GENERATOR),
        ("$", r"_spPageContextInfo|SP\.SOD", 0.7),
    ),
    *_signs(
        "nukeviet",
        ("@", r"/(?:vi|en)/news/|[?&]nv=\w|/assets/js/(?:global|nv)", 0.5),
        ("@", r"/themes/(?:default|mobile_default|egov\w*|nukeviet\w*)/", 0.4),
        ("$", r"\bnv_(?:base_siteurl|lang_\w+|module_name|is_user)", 0.8),
        ("!", r"NukeViet", _GENERATOR),
    ),
    *_signs(
        "uiarticle",
        ("@", r"/DesktopModules?/UI\w+|/upload/\d{3,9}/20\d{6}/", 0.5),
        (".", r"\bUIArticle\w*|\bArticleDetailControl\b|\bUI[A-Z]\w+_Default\b", 0.8),
        ("$", r"article_category_id|ArticleInMenuPagination", 0.8),
    ),
    *_signs(
        "vccorp",
        ("@", r"mediacdn\.vn|-\d{18,19}\.htm", 0.6),
        (".", r"\bVCSortableInPreviewMode\b|\bafcbc-body\b", 0.8),
        ("$", r"NewsZone", 0.8),
    ),
    *_signs(
        "vhv",
        ("@", r"[?&]page=Article\.|/3rdparty/pdfjs|/vhv|viettelcms", 0.6),
        (".", r"\bnews-detail-layout|\barticle-news\b|\blist-news-one\b|\bdetailType2\b", 0.7),
        ("$", r"\bVHV\.", 0.8),
    ),
    *_signs(
        "numeric_path",
        ("@", r"(?m)^[^?#\n]{0,80}/\d{1,5}/\d{3,7}/\d{3,7}/\d{3,9}/[^/\n]{1,120}/[^/\n]{1,200}\.aspx", 0.9),
    ),
    *_signs(
        "contrast_bar",
        (".", r"tuong-?phan|contrast(?:-bar|er)?\b", 0.5),
        ("$", r"TangTuongPhan|tuongphan", 0.4),
    ),
    *_signs(
        "dotnetnuke",
        ("@", r"/tabid/\d|/ctl/detail/mid/|/post/\d+/[^\n]{0,200}\.aspx|/portals/\d+/|/desktopmodules/", 0.6),
        (".", r"\bdnn\w*|\bDnnModule", 0.7),
        ("!", r"DotNetNuke|DNN", _GENERATOR),
        ("$", r"\bdnn\.|dnn_", 0.4),
    ),
    *_signs(
        "websphere",
        ("@", r"/wps/(?:portal|wcm|contenthandler)|!ut/p/", 0.9),
        (".", r"\bwps(?:Portlet|theme)", 0.6),
    ),
    *_signs(
        "drupal",
        ("@", r"/sites/(?:default|all|[\w.-]+)/(?:files|themes|modules)/|/misc/drupal\.js", 0.7),
        ("@", r"/node/\d", 0.4),
        (".", r"\bnode-(?:type-|\d)|\bviews-row\b|\bregion-content\b", 0.5),
        ("!", r"Drupal", _GENERATOR),
        ("$", r"Drupal\.settings|drupalSettings", 0.8),
    ),
    *_signs(
        "wordpress",
        ("@", r"/wp-(?:content|includes|json)/", 0.9),
        (".", r"\bwp-\w+|\bpost-\d+\b|\bhentry\b", 0.3),
        ("!", r"WordPress", _GENERATOR),
    ),
    *_signs(
        "aspnet",
        ("@", r"\w{3,30}\.aspx\?(?:[^#\n]{0,200}&)?(?:id|newsid|tc|cn|gd)=", 0.4),
        (".", r"\b__VIEWSTATE\b|\bctl00_", 0.4),
    ),
    *_signs("aspnet_mvc", ("@", r"/(?:Home|News|TinTuc|Article)/(?:Detail|Details|ChiTiet|Index)/\d", 0.7)),
    *_signs("slug_number", ("@", r"(?m)/[a-z0-9-]{10,200}-\d{10}(?:\.html?)?$", 0.6)),
]  # fmt: skip


def detect_platform(page: Page) -> list[tuple[str, float]]:
    """Return the families whose marks the page bears with their scores (0..1), best first; [] for none.

    Marks are independent witnesses: a score is one minus the chance that all of them err. ASP.NET's own marks
    stand on SharePoint, DotNetNuke and uiarticle too, which then score higher.
    """
    texts = _witnesses(page)
    doubt: dict[str, float] = {}
    for sign in _SIGNS:
        if sign.pattern.search(texts[sign.where]):
            doubt[sign.family] = doubt.get(sign.family, 1.0) * (1.0 - sign.weight)
    return sorted(
        ((family, round(1.0 - rest, 2)) for family, rest in doubt.items()), key=lambda pair: -pair[1]
    )


def _witnesses(page: Page) -> dict[str, str]:
    """Return the page's addresses, classes and ids, scripts and generator, each as one text of lines."""
    queries = {
        "@": "//@href | //@src | //@action",
        ".": "//@class | //@id | //@name",
        "$": "//script[not(@src)]/text()",
        "!": "//meta[translate(@name, 'GENRATO', 'genrato') = 'generator']/@content",
    }
    return {
        where: f"{page.url}\n" * (where == "@")
        + "\n".join(text[:_LONGEST] for text in page.selector.xpath(query).getall())[:_MOST_TEXT]
        for where, query in queries.items()
    }
