"""The frozen pages of portals are read as a person has agreed; what nobody has reviewed fails."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from crawler import registry
from crawler.upkeep.portal_pages import FrozenPage, differences, frozen_pages

FOLDER = Path(__file__).parent / "portals"


@pytest.mark.parametrize(
    "frozen", list(frozen_pages(FOLDER)), ids=lambda frozen: f"{frozen.portal}-{frozen.file.stem}"
)
def test_a_portals_page_is_read_as_a_person_has_agreed(frozen: FrozenPage) -> None:
    assert frozen.reviewed, (
        f"{frozen.file}: nobody has reviewed it. Compare it with the page (gunzip -c "
        f'{frozen.file.with_suffix(".html.gz")}), correct what is wrong, then set "reviewed": true'
    )
    portal = registry.portal(frozen.portal)
    assert "# ?" not in inspect.getsource(portal), (
        f"{frozen.portal}: answer what is marked '# ?' in its class"
    )
    assert differences(portal, frozen) == [], frozen.file
