"""The sample portals by host: the five of the demo, and one for each further platform."""

from __future__ import annotations

from crawler.sample_portals.contrast_bar import ContrastBar
from crawler.sample_portals.dotnetnuke import DotNetNuke
from crawler.sample_portals.drupal import Drupal
from crawler.sample_portals.generic import Generic
from crawler.sample_portals.ha_noi import HaNoi
from crawler.sample_portals.ho_chi_minh import HoChiMinh
from crawler.sample_portals.ministry import Ministry
from crawler.sample_portals.nukeviet import NukeViet
from crawler.sample_portals.numeric_path import NumericPath
from crawler.sample_portals.phu_yen import PhuYen
from crawler.sample_portals.site import Site
from crawler.sample_portals.thanh_hoa import ThanhHoa
from crawler.sample_portals.uiarticle import UiArticle, UiArticleJson
from crawler.sample_portals.vccorp import Vccorp
from crawler.sample_portals.vhv import Vhv
from crawler.sample_portals.vinh_phuc import VinhPhuc
from crawler.sample_portals.vnpt import Vnpt
from crawler.sample_portals.webforms import WebForms
from crawler.sample_portals.websphere import WebSphere
from crawler.sample_portals.wordpress import WordPress

_FAMILIES: tuple[type[Site], ...] = (
    NukeViet,
    UiArticle,
    UiArticleJson,
    Vccorp,
    Vhv,
    Vnpt,
    ContrastBar,
    Ministry,
    NumericPath,
    WordPress,
    Generic,
    DotNetNuke,
    Drupal,
    WebForms,
    WebSphere,
)

SITES: dict[str, type[Site]] = {site.host: site for site in (HaNoi, VinhPhuc, ThanhHoa, PhuYen, HoChiMinh)}
FAMILY_SITES: dict[str, type[Site]] = {site.host: site for site in _FAMILIES}
ALL_SITES = SITES | FAMILY_SITES
