"""Portals of the departments' own making, on ASP.NET."""

from __future__ import annotations

from crawler.portal import Portal


class AspNetPortal(Portal):
    """A portal on ASP.NET WebForms with articles at `NewsDetail.aspx?Id=<n>`.

    Set `sections` to the lists; the number in the address is the identity. Headline, stamp and body are
    found by evidence, since every department drew its own pages; some print no publication date at all,
    and then the article has none (Thanh Hóa, seed 000: only a licence date in the footer).
    """

    platform = "aspnet"
    article_path = r"(?i)/(?:News|Tin|Chi)?\w*(?:Detail|ChiTiet)\.aspx\?(?:[^#]*&)?(?:News)?Id=(\d+)"


class AspNetMvcPortal(Portal):
    """A portal on ASP.NET MVC with articles at `/Home/Detail/<n>`.

    Set `sections` to the lists; the number in the address is the identity. The stamp stands on a line of
    its own under the headline (`01/07/2020 10:47:44`), paragraphs are indented by no-break spaces.

    Seen: dukdn.phuyen.gov.vn (seed 001).
    """

    platform = "aspnet_mvc"
    article_path = r"(?i)/(?:Home|News|Tin\w*)/Details?/(\d+)"
