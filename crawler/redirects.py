"""Where a response of the archive leads, and whether a crawl asks for the same page once more."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urljoin

from crawler.archive import Capture
from pipelines.identify import canonical_url

REDIRECTS = (301, 302, 303, 307, 308)
_TRY_AGAIN = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)  # and all server errors


def destination(capture: Capture) -> str | None:
    """Return the canonical address that a response redirects to, None where it does not."""
    if capture.status not in REDIRECTS:
        return None
    location = next((value for name, value in capture.headers if name.lower() == "location"), "")
    try:
        return canonical_url(urljoin(capture.url, location))
    except ValueError:  # as "http://[::1"
        return None


def is_final(status: int) -> bool:
    """True for a status after which a crawl does not ask for the same page once more."""
    return status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _TRY_AGAIN
