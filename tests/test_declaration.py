"""A portal is declared: mistakes fail when its file is loaded, with class, attribute and remedy."""

from __future__ import annotations

import pytest

from crawler import registry
from crawler.declaration import Declaration
from crawler.exceptions import DeclarationError
from crawler.settings import DOWNLOAD_DELAY
from pipelines.provinces import successor, successors

GOOD = {
    "name": "mau",
    "province": "Vĩnh Phúc",
    "body": "Sở Thông tin và Truyền thông",
    "home": "http://so.example.vn/",
    "sections": {"Tin Đảng": "dang"},
}


def declare(**changes: object) -> type[Declaration]:
    attributes = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return type("Mau", (Declaration,), attributes)


@pytest.mark.parametrize(
    ("changes", "attribute", "remedy"),
    [
        ({"province": None}, "province", "is missing"),
        ({"province": "Vinh Phuc"}, "province", "is no province"),
        ({"home": "so.example.vn"}, "home", "begin with http"),
        ({"name": "Mẫu"}, "name", "lower-case letters"),
        ({"sections": {"A": "x", "B": "/x"}}, "sections", "two sections have one address"),
        ({"min_delay": -1}, "min_delay", "only raises the delay"),
        ({"section": {"A": "x"}}, "section", "is no attribute of a portal"),
        ({"parse": lambda self: None}, "parse", "declared, not programmed"),
    ],
)
def test_a_mistake_names_class_attribute_and_remedy(
    changes: dict[str, object], attribute: str, remedy: str
) -> None:
    with pytest.raises(DeclarationError, match=rf"Mau\.{attribute}: .*{remedy}"):
        declare(**changes)


def test_a_portal_owns_its_host_with_or_without_www_and_no_other() -> None:
    portal = declare(hosts=("cu.example.vn",))
    assert portal.owns("https://www.so.example.vn/x")
    assert portal.owns("http://cu.example.vn/x")
    assert not portal.owns("http://so.example.vn.evil.test/x")
    assert not portal.owns("http://[broken")


def test_no_portal_lowers_the_delay() -> None:
    assert DOWNLOAD_DELAY >= 1
    for portal in registry.portals().values():
        assert portal.min_delay >= 0
        assert portal.custom_settings is None, f"{portal.name} has settings of its own"


def test_every_old_province_has_one_of_today() -> None:
    assert len(successors()) == 63
    assert len(set(successors().values())) == 34
    assert successor("Vĩnh Phúc") == "Phú Thọ"
    assert successor("Phú Thọ") == "Phú Thọ"
