"""Which outcome a failed download is counted as."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import DNSLookupError, TimeoutError

from crawler.exceptions import (
    DataDirectoryError,
    HostLeftAlone,
    HostResting,
    LeadsAway,
    NotArchived,
    PageError,
    PrivateAddress,
    RobotsUnavailable,
    TooLarge,
)
from pipelines.outcomes import Outcome

_BY_CLASS: tuple[tuple[tuple[type[BaseException], ...], Outcome], ...] = (
    ((NotArchived,), Outcome.NOT_ARCHIVED),
    ((RobotsUnavailable,), Outcome.BLOCKED_BY_ROBOTS),
    ((DataDirectoryError,), Outcome.SKIPPED_BUDGET),
    ((DownloadCancelledError, TooLarge), Outcome.TOO_LARGE),
    ((DownloadTimeoutError, TimeoutError), Outcome.TIMEOUT),
    ((CannotResolveHostError, DNSLookupError), Outcome.DNS_ERROR),
)
# Ours: what they say is the whole reason.
_OWN: tuple[tuple[tuple[type[BaseException], ...], Outcome], ...] = (
    ((LeadsAway, PrivateAddress), Outcome.OFF_SITE),
    ((HostLeftAlone, HostResting), Outcome.SKIPPED_BUDGET),
)
_IGNORED = (
    ("Forbidden by robots.txt", Outcome.BLOCKED_BY_ROBOTS),
    ("exceeded DOWNLOAD_MAXSIZE", Outcome.TOO_LARGE),  # once it was decompressed
)
_WORDLESS = {  # what an error means that Scrapy or Twisted raise without a text
    Outcome.TOO_LARGE: "larger than DOWNLOAD_MAXSIZE; the download was broken off",
    Outcome.TIMEOUT: "no answer in time",
    Outcome.DNS_ERROR: "no such host",
}
_TLS = ("SSL", "certificate", "handshake", "TLS")
_TLS_MODULES = ("OpenSSL", "ssl", "service_identity")


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """Return the outcome of an error, and the reason in one line.

    An error of no known kind while a page was fetched is an `http_error`: the host did not answer as a
    web server does.
    """
    reason = _reason(error, "the connection failed, and no reason was given")
    if isinstance(error, PageError):
        return error.outcome, str(error)
    if isinstance(error, HttpError):
        status = error.response.status
        return (Outcome.GONE if status in (404, 410) else Outcome.HTTP_ERROR), f"HTTP {status}"
    for classes, outcome in _OWN:
        if isinstance(error, classes):
            return outcome, str(error)
    for classes, outcome in _BY_CLASS:
        if isinstance(error, classes):
            return outcome, _reason(error, _WORDLESS.get(outcome, "no reason was given"))
    if isinstance(error, IgnoreRequest):  # Scrapy tells its reasons apart by their words alone
        for words, outcome in _IGNORED:
            if words in str(error):
                return outcome, str(error)
        return Outcome.HTTP_ERROR, str(error) or reason
    cause = _cause(error)
    if type(cause).__module__.partition(".")[0] in _TLS_MODULES or any(word in reason for word in _TLS):
        return Outcome.TLS_ERROR, reason
    return Outcome.HTTP_ERROR, reason


def _cause(error: BaseException) -> BaseException:
    """Return what happened to the connection, where Twisted has wrapped it."""
    reasons = getattr(error.__cause__ or error, "reasons", None)
    return reasons[0].value if reasons else error


def _reason(error: BaseException, wordless: str) -> str:
    cause = _cause(error)
    name = type(error if isinstance(error, ResponseDataLossError) else cause).__name__
    text = str(cause).strip().split("\n", 1)[0][:300]
    return f"{name}: {text or wordless}"
