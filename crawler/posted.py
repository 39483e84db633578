"""What was sent to get a page: the form that tells apart what one address answers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True, slots=True)
class Posted:
    """The body of a POST with its media type, and the request's other headers."""

    body: bytes
    headers: list[tuple[str, str]]

    @property
    def form(self) -> str:
        """The fields that were sent, url-encoded; the same whether they went as a form or as JSON."""
        text = self.body.decode("utf-8", "replace")
        media_type = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        if "json" not in media_type.lower():
            return text
        try:
            return urlencode(json.loads(text))
        except (ValueError, TypeError):  # no JSON, or no object
            return text


def form_digest(form: str) -> str:
    """Return 16 hexadecimal digits that are the same for the same fields, however they were encoded."""
    fields = urlencode(parse_qsl(form, keep_blank_values=True))
    return hashlib.blake2b(fields.encode(), digest_size=8).hexdigest()


def page_address(url: str, posted: Posted | None) -> str:
    """Return the address of a page as the frontier has it: with its form's digest where one was posted."""
    return f"{url}#{form_digest(posted.form)}" if posted else url
