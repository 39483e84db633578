"""ASP.NET's round trip: a list turns by sending its own form back, and takes no form but its own.

`__VIEWSTATE` carries section and page under a seal, so what a button means depends on the page that it was
printed on: "next" from page 1 is page 2, and the second number of page 3's pager is page 4. A form without
the state, with a state that was tampered with, or with a button that the page did not print gives the error
page that ASP.NET gives, with status 500.
"""

from __future__ import annotations

from abc import abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from http import HTTPStatus
from typing import ClassVar

from crawler.sample_portals.family import FamilySite
from crawler.sample_portals.site import Answer, Posted, Section

_REFUSED = "Invalid postback or callback argument. Validation of viewstate MAC failed."


class PostbackSite(FamilySite):
    """A sample whose lists turn by postback. A subclass says what the buttons of its pages mean."""

    pager: ClassVar[str]  # control id that all buttons of the pager begin with

    @abstractmethod
    def asked_for(self, number: int, last: int, fields: Mapping[str, str]) -> int | None:
        """Return the page that a button of page `number` leads to; None for a button it does not have."""

    def list_path(self, section: Section, number: int) -> str:
        """Return the address of page 1; the others stand where no GET leads, behind a fragment."""
        return section.path if number == 1 else f"{section.path}#{number}"

    def view_state(self, section: Section, number: int) -> str:
        """Return the sealed state of a list page."""
        state = f"{self.host}|{section.key}|{number}"
        return b64encode(f"{state}|{_seal(state)}".encode()).decode()

    def posted(self, posted: Posted) -> Answer:
        """Return the list page that the form asks for."""
        fields = posted.fields
        section, number = self._read(fields.get("__VIEWSTATE", ""))
        if section is None or posted.target != section.path:
            return self._refused()
        last = -(-len(self.listed(section)) // self.page_size)
        asked = self.asked_for(number, last, fields)
        if asked is None or not 1 <= asked <= last:
            return self._refused()
        return self.answer(self.list_path(section, asked))

    def _read(self, view_state: str) -> tuple[Section | None, int]:
        try:
            state, _, seal = b64decode(view_state, validate=True).decode().rpartition("|")
        except ValueError:
            return None, 0
        if not state or seal != _seal(state):
            return None, 0
        _, key, number = state.split("|")
        return next((section for section in self.sections if section.key == key), None), int(number)

    def _refused(self) -> Answer:
        return replace(self._plain("Server Error", text=_REFUSED), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _seal(state: str) -> str:
    return blake2b(state.encode(), key=b"machineKey", digest_size=12).hexdigest()
