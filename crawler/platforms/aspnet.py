"""Portals of the departments' own making, on ASP.NET."""

from __future__ import annotations

from crawler.portal import Portal


class AspNetPortal(Portal):
    """A portal on ASP.NET WebForms with articles at `NewsDetail.aspx?Id=<n>` or `Detail.aspx?recid=<n>`.

    Set `sections` to the lists; the number in the address is the identity (`Id`, `NewsId`, `recid`,
    `ContentID`, or `id` beside `a=detail`; `tc` beside `gd` and `cn`). Lists turn by links or by
    `__doPostBack`: then each page is asked for with the form of the one before, `__VIEWSTATE` and all, and
    where the numbers are dense, counting them (`countable`) is cheaper. Set `date_order = "MDY"` where
    stamps come in US order ("(4/2/2019 10:17:47 AM)" on ict-dongthap). Headline, stamp and body are found by
    evidence, since every department drew its own pages.

    Caveats: some print no publication date at all, and then the article has none (Thanh Hóa, seed 000: only
    a licence date in the footer); calendars turn by postback as well; PrintItem pages are dated with the day
    of the request.

    Seen: ict.thanhhoa.gov.vn, ict-dongthap.gov.vn, vpubnd.kontum.gov.vn, duk.langson.gov.vn,
    stttt.thuathienhue.gov.vn, www.haiphong.gov.vn (texts). Postback paging from public code.
    """

    platform = "aspnet"
    article_path = (
        r"(?i)/\w{0,40}(?:Detail|ChiTiet|PrintItem)\.aspx\?(?:[^#?]*&)?(?:News|rec|Content)?Id=(\d+)"
        r"|\?(?=[^#?]*\ba=detail\b)(?:[^#?]*&)?id=(\d+)|\?gd=\d+&(?:[^#?]*&)?tc=(\d+)"
    )


class AspNetMvcPortal(Portal):
    """A portal on ASP.NET MVC with articles at `/Home/Detail/<n>`, `/DetailView/<n>/…` or like addresses.

    Set `sections` to the lists; the number in the address is the identity. The stamp stands on a line of
    its own under the headline (`01/07/2020 10:47:44`), or glued to it ("… (12/12/2016)"); paragraphs are
    indented by no-break spaces. `/Home/Detail/<n>` is likely countable.

    Caveats: slugs may hold a slash ("…Ngay-21/6.html"); `?page=<n>` on an article's address may be the list
    page that it was reached from (Bà Rịa - Vũng Tàu) or another article (Gia Lai): the number decides.

    Seen: dukdn.phuyen.gov.vn (seed 001), sokhcn.baria-vungtau.gov.vn, stttttuyenquang.gov.vn,
    stttt.kiengiang.gov.vn (texts); tuyenquang.dcs.vn from public code.
    """

    platform = "aspnet_mvc"
    article_path = (
        r"(?i)/(?:Home|News|Tin\w*|ManagementNews)/Detail(?:s|New)?/(\d+)"
        r"|/DetailView/(\d+)/|/(?:trang/TinTuc|m)/\d+/(\d+)/[^/?#]+\.html"
    )
