"""One run over many portals: who is asked beside whom."""

from __future__ import annotations

from crawler.portal import Portal
from crawler.run import by_host


def portal(home: str, *sections: str) -> type[Portal]:
    class Declared(Portal):
        pass

    Declared.home, Declared.sections = home, {str(number): url for number, url in enumerate(sections)}
    return Declared


def test_portals_of_one_host_are_crawled_in_turn_and_the_others_side_by_side() -> None:
    one, other, third = (portal(f"http://{host}.example.vn/") for host in ("mot", "hai", "ba"))
    part = portal("http://bon.example.vn/", "http://mot.example.vn/tin", "/cong-tac-dang")
    assert by_host([one, other, third, part]) == [[other], [third], [one, part]]


def test_a_portal_on_two_hosts_joins_the_portals_of_both() -> None:
    one, other = portal("http://mot.example.vn/"), portal("http://hai.example.vn/")
    both = portal("http://mot.example.vn/", "http://hai.example.vn/tin")
    (chain,) = by_host([one, other, both])
    assert set(chain) == {one, other, both}
