"""docs/portals.md, made from the portals' classes: `python -m crawler.upkeep.portals_page` writes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from statistics import median

from crawler import registry
from crawler.portal import Portal
from crawler.upkeep.portal_rules import MOST_LINES, lines_of
from pipelines.provinces import ended, kinds, provinces, successor

PAGE = Path(__file__).parents[2] / "docs" / "portals.md"

# Lines of a source on a known platform in code that we admire; see docs of those projects.
_ELSEWHERE = (
    ("alltheplaces: a source on a known system", "7–18"),
    ("alltheplaces: median of 4,492 sources", "34"),
    ("kingfisher-collect: median of 152 spiders", "27"),
    ("juriscraper, alltheplaces: the best seen for one more", "5–18"),
)


def page() -> str:
    """Return the page as Markdown."""
    portals = sorted(registry.portals().values(), key=_place)
    return "\n".join([*_head(portals), *_table(portals), *_counts(portals), *_sizes(portals), *_skipped()])


def _place(portal: type[Portal]) -> tuple[int, str]:
    return list(provinces()).index(successor(portal.province)), portal.name


def _head(portals: list[type[Portal]]) -> Iterator[str]:
    names = {portal.province for portal in portals}
    states = Counter(portal.state for portal in portals)
    yield f"""# Portals

<!-- Made by `python -m crawler.upkeep.portals_page`; a test fails while it is not current. -->

{len(portals)} portals in all {len(provinces())} provinces of today, under {len(names)} names of provinces \
({", ".join(f"{number} {state}" for state, number in states.most_common())}). Each is a class in
`spiders/<province of today>.py`; caveats stand in its docstring. Where no section is named, the crawl finds
those that carry Party news from the home page.

- **mark**: `seen` = a page of the host was seen; `code` = the host is known from public code only.
- **state**: `live`; `frozen` = nothing new is expected, what there is may still answer; `dead` = the body is
  gone and so, most likely, is its portal: `--all` leaves it out, and its pages may be in web archives.
- **until**: the day from which the body published nothing there. The Sở TT&TT were merged into the Sở KH&CN
  on {kinds()["tttt"].ended}, the provinces on {ended("Hà Giang")}; the Đảng ủy Khối ended one by one, on
  {kinds()["party-bloc"].ended} at the latest.
- A home can be changed without touching code: `TINSO_HOMES="{portals[0].name}=http://…/;…"`. A portal whose
  host no page names has none until then.
"""


def _table(portals: list[type[Portal]]) -> Iterator[str]:
    yield "## By province\n"
    yield "| now | then | portal | body | home | platform | state | until | mark | sections | taken over by |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for portal in portals:
        then = "=" if portal.province == successor(portal.province) else portal.province
        home = portal.home.partition("//")[2].rstrip("/") if portal.home_is_certain else "(not known)"
        hosts = ", ".join([home, *portal.hosts])
        counted = [f"{name} (counted)" for name in portal.countable]
        sections = ", ".join([*portal.sections, *counted]) or "found"
        yield _row(
            [
                successor(portal.province), then, f"`{portal.name}`", portal.body, hosts, portal.platform,
                portal.state, portal.valid_to or "", portal.mark, sections,
                f"`{portal.successor_portal}`" if portal.successor_portal else "",
            ]
        )  # fmt: skip


def _counts(portals: list[type[Portal]]) -> Iterator[str]:
    yield "\n## By platform and kind\n"
    yield "| platform | portals | of these live |"
    yield "|---|---|---|"
    for platform, number in Counter(portal.platform for portal in portals).most_common():
        live = sum(portal.platform == platform and portal.state == "live" for portal in portals)
        yield _row([platform, str(number), str(live)])
    yield "\n| kind of body | portals | of these live |"
    yield "|---|---|---|"
    for kind, number in Counter(portal.kind for portal in portals).most_common():
        live = sum(portal.kind == kind and portal.state == "live" for portal in portals)
        yield _row([kinds()[kind].label, str(number), str(live)])


def _sizes(portals: list[type[Portal]]) -> Iterator[str]:
    lines = [lines_of(portal) for portal in portals]
    yield "\n## How much there is to maintain\n"
    yield "| lines of a class, docstring included | |"
    yield "|---|---|"
    yield _row(["tinso: median", f"{median(lines):g}"])
    yield _row([f"tinso: shortest and longest (a test allows {MOST_LINES})", f"{min(lines)}–{max(lines)}"])
    yield from map(_row, _ELSEWHERE)


def _skipped() -> Iterator[str]:
    text = (files("crawler") / "data" / "skipped_portals.json").read_text(encoding="utf-8")
    yield "\n## Known and left out\n"
    yield "| host | province | body | why |"
    yield "|---|---|---|---|"
    for row in json.loads(text)["skipped"]:
        yield _row([row["host"], row["province"] or "", row["body"], row["why"]])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
