"""What can be wrong with a page, each with the outcome under which it is counted."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from pipelines.outcomes import Outcome


class TinsoError(Exception):
    """Base of errors that the command line prints as one line before it exits with 1."""


class ArchiveError(TinsoError):
    """Raised for a WARC that is missing or holds no response: name another file."""


class DataDirectoryError(TinsoError):
    """Raised when the data directory cannot be written, or another crawl is using it."""


class DeclarationError(TinsoError):
    """Raised when a portal's class is wrong: it names file, class, attribute and the remedy."""


class UnknownPortal(TinsoError):
    """Raised for a name that no portal has: it suggests the nearest."""


class BadHomes(TinsoError):
    """Raised when TINSO_HOMES cannot be read, or names a portal that does not exist: mend the variable."""


class HomeUnknown(TinsoError):
    """Raised before a portal is crawled whose host no page names: give its address in TINSO_HOMES."""


class NoSections(TinsoError):
    """Raised when an undeclared portal shows no list to follow: declare its sections."""


class WebArchiveRefused(TinsoError):
    """Raised when a web archive wants no more requests for `rest` seconds: run the command again then."""

    def __init__(self, text: str, rest: float = 3600.0) -> None:
        super().__init__(text)
        self.rest = rest


class WebArchiveSilent(TinsoError):
    """Raised when a web archive does not answer, or with errors alone: run the same command again later."""


class Unplayable(Exception):
    """Raised for one capture that a web archive names in its index and does not give; the next is tried."""


class NotArchived(IgnoreRequest):
    """Raised by the replay for a URL that its archive does not hold: counted, never a failure."""


class RobotsUnavailable(IgnoreRequest):
    """Raised for every page of a host whose robots.txt is a server error: the next crawl asks again."""


class HostResting(IgnoreRequest):
    """Raised for a host that asked to be left alone for long (Retry-After): its pages come next time."""


class LeadsAway(IgnoreRequest):
    """Raised for a page of a portal that a redirect or a link puts on another site: it is not asked there."""


class PrivateAddress(IgnoreRequest):
    """Raised for an address in a private network that a public portal leads to: it is never asked."""


class HostLeftAlone(IgnoreRequest):
    """Raised for the pages that a failing host is not asked for any more: the next run asks for them."""


class HeadTooLarge(Exception):
    """Raised for an answer whose headers do not end."""


class TooLarge(IgnoreRequest):
    """Raised by the replay for a page beyond DOWNLOAD_MAXSIZE; raise that setting to read it."""


class PageError(Exception):
    """Base of what makes a fetched page no article and no list; `outcome` says how it is counted."""

    outcome = Outcome.PARSE_ERROR


class NotHtml(PageError):
    """Raised when the response holds no HTML: an image, a document, an empty body."""

    outcome = Outcome.NOT_HTML


class Challenged(PageError):
    """Raised for a 200-page that is a challenge, a captcha, a login form or a block page."""

    outcome = Outcome.CHALLENGED


class SoftNotFound(PageError):
    """Raised for a 200-page that says the article does not exist."""

    outcome = Outcome.SOFT_404


class OffSite(PageError):
    """Raised for an article's page that is answered from an address outside the portal."""

    outcome = Outcome.OFF_SITE


class NoRows(PageError):
    """Raised when a section's first list page has no rows we recognise: its layout has changed."""
