"""The portals of `tests.changing_portals` as they are declared: as many as TEST_PORTALS says."""

from __future__ import annotations

import os

from crawler.portal import Portal
from tests.changing_portals import host_of


def declared(number: int) -> type[Portal]:
    """Return the class of a portal."""
    attributes = {
        "__module__": __name__,
        "name": f"so_{number:02}",
        "province": "Hà Nội",
        "body": f"Sở Thử nghiệm số {number}",
        "home": f"http://{host_of(number)}/",
        "sections": {"Tin tức": "tin-tuc"},
        "row": "li.tin",
        "article_path": r"/bai-viet-(\d+)\.html",
    }
    return type(f"So{number:02}", (Portal,), attributes)


globals().update({f"So{number:02}": declared(number) for number in range(int(os.environ["TEST_PORTALS"]))})
