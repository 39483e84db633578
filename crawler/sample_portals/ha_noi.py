"""A Liferay portal, as sotttt.hanoi.gov.vn is one.

Its traps: every asset answers in two sections and as two print copies; the first h1 is a side-bar label;
`lang="en-US"`; the lead's own element is often empty; after the byline stands the account that published;
"12:00 AM" means that no time is known; the second section prints a view count behind the stamp.
"""

from __future__ import annotations

from typing import Any

from crawler.sample_portals.articles import Attached, SampleArticle
from crawler.sample_portals.site import Section, Site

PARTY = Section("dang", "Hoạt động Đảng, Đoàn thể", "/hoat-ong-ang-oan-the")
NEWS = Section("tin", "Tin tức sự kiện", "/vi/tin-tuc-su-kien")
_PAGING = (
    "?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_id=column-1&p_p_col_pos=1"
    "&p_p_col_count=2&_101_delta={delta}&_101_keywords=&_101_advancedSearch=false&_101_andOperator=true"
    "&p_r_p_564233524_resetCur=false&_101_cur={number}"
)


class HaNoi(Site):
    """The sample of a Liferay portal."""

    host = "ha-noi.localhost"
    name = "Sở Thông Tin Và Truyền Thông"
    sections = (PARTY, NEWS)
    parameters = frozenset({"_101_cur", "_101_viewMode"})

    def article_paths(self, article: SampleArticle) -> list[str]:
        own, other = (PARTY, NEWS) if PARTY.key in article.sections else (NEWS, PARTY)
        paths = [f"{place.path}/-/view_content/{article.id}-{article.slug}.html" for place in (own, other)]
        return paths + [_print_path(path) for path in paths]

    def row_path(self, article: SampleArticle, section: Section) -> str:
        return next(path for path in self.article_paths(article) if path.startswith(section.path))

    def list_path(self, section: Section, number: int) -> str:
        return section.path + _PAGING.format(delta=self.page_size, number=number)

    def picture_path(self, article: SampleArticle, number: int) -> str:
        return f"/documents/554897/{article.id}/anh-{number + 1}.png"

    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        return f"/documents/554897/{article.id}/{attached.file}"

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        section = NEWS if path.startswith(NEWS.path) else PARTY
        others = [other for other in self.listed(section) if other.id != article.id and not other.missing]
        return {
            "section": section,
            "stamp": self.stamp(article, section, "%-I:%M %p"),
            "picture": self.picture_path(article, 0) if article.captions else None,
            "lead_in_sapo": article.id % 2 == 0,
            "account": "Ad Min" if article.id % 3 else "Pho Ban bien tap",
            "print_copy": "pop_up" in path,
            "print_path": _print_path(path),
            "related": others[:6],
            "teaser": _teaser(article),
            "canonical": path.removeprefix("/vi").partition("?")[0],
        }

    def stamp(self, article: SampleArticle, section: Section, clock: str) -> str:
        """Return the stamp as `section` prints it; lists write the hour with two digits, articles do not."""
        assert article.moment
        stamp = article.moment.strftime(f"%d/%m/%Y | {clock}")
        if section is PARTY:
            return stamp
        return f"Ngày đăng\u00a0{stamp}\n\u00a0|\u00a0 View count: {article.id % 4000 + 17}"


def _print_path(path: str) -> str:
    return path.replace("view_content/", "view_content/pop_up/") + "?_101_viewMode=print"


def _teaser(article: SampleArticle) -> str:
    """Return the description meta as this CMS writes it: vowels as entities, which the page escapes again."""
    return (article.lead or article.headline)[:160].replace("à", "&agrave;").replace("ô", "&ocirc;")
