"""The sample portals by host."""

from __future__ import annotations

from crawler.sample_portals.ha_noi import HaNoi
from crawler.sample_portals.ho_chi_minh import HoChiMinh
from crawler.sample_portals.phu_yen import PhuYen
from crawler.sample_portals.site import Site
from crawler.sample_portals.thanh_hoa import ThanhHoa
from crawler.sample_portals.vinh_phuc import VinhPhuc

SITES: dict[str, type[Site]] = {site.host: site for site in (HaNoi, VinhPhuc, ThanhHoa, PhuYen, HoChiMinh)}
