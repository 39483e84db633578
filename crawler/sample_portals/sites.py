"""The sample portals by host."""

from __future__ import annotations

from crawler.sample_portals.ha_noi import HaNoi
from crawler.sample_portals.phu_yen import PhuYen
from crawler.sample_portals.site import Site

SITES: dict[str, type[Site]] = {site.host: site for site in (HaNoi, PhuYen)}
