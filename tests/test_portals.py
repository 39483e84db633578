"""The declared portals: each as the rules want it, each crawled from its platform's sample, all listed fast."""

from __future__ import annotations

import importlib.util
import json
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler import registry
from crawler.cli.portals import command
from crawler.exceptions import BadHomes, DeclarationError, HomeUnknown
from crawler.homes import VARIABLE, given_homes
from crawler.portal import Portal
from crawler.run import run
from crawler.upkeep.portal_rules import MOST_LINES, lines_of, problems
from crawler.upkeep.portals_page import PAGE, page
from pipelines.provinces import provinces, successor
from tests.crawling import DATA, ROOT, finished

PORTALS = registry.portals()
SEEDS = ("thanhhoa_stttt", "phuyen_duk", "hanoi_stttt", "vinhphuc_stttt", "tphochiminh_thanhuy")

GOOD = '''
from crawler.platforms.nukeviet import NukeVietPortal


class HagiangStttt(NukeVietPortal):
    """Sở Thông tin và Truyền thông Hà Giang."""

    name = "hagiang_stttt"
    province = "Hà Giang"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.example.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
'''

Load = Callable[..., type[Portal]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """A function that loads the good portal with changes from a file of its own."""

    number = count()

    def from_file(*changes: tuple[str, str]) -> type[Portal]:
        source = GOOD
        for old, new in changes:
            assert old in source
            source = source.replace(old, new)
        path = tmp_path / f"{next(number)}.py"
        path.write_text(source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(f"made_up_{path.stem}.tuyen_quang", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        found = next(value for name, value in vars(module).items() if name.startswith("Hagiang"))
        assert issubclass(found, Portal)
        return found

    return from_file


def test_every_portal_keeps_the_rules() -> None:
    assert problems(PORTALS.values()) == []


def test_every_province_of_today_has_a_file_and_a_portal() -> None:
    assert {successor(portal.province) for portal in PORTALS.values()} == set(provinces())
    assert len(list((ROOT / "spiders").glob("[a-z]*.py"))) == len(provinces())
    assert set(SEEDS) <= set(PORTALS)


def test_a_good_portal_has_no_problem(load: Load) -> None:
    assert problems([load()]) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ([("class HagiangStttt", "class HagiangTttt")], "call it HagiangStttt"),
        ([('"hagiang_stttt"', '"tuyenquang_stttt"')], "begin it with hagiang_"),
        ([('"Hà Giang"', '"Hà Nam"')], "Hà Nam is Ninh Bình now: use ninh_binh.py"),
        ([('    """Sở Thông tin và Truyền thông Hà Giang."""\n', "")], "has no docstring"),
        ([('Hà Giang."""', "Hà Giang.\n" + "    Note.\n" * 4 + '    """')], "lines; leave out"),
        ([('    valid_to = "2025-03-01"\n', "")], "a frozen portal says since when"),
        ([('"frozen"', '"live"')], "the body ended on 2025-03-01"),
        ([('"2025-03-01"', '"2025-06-01"')], "the body ended on 2025-03-01"),
        ([("stttt.example.vn", "stttt.invalid")], "home_is_certain = False"),
        ([('"2025-03-01"', '"2025-03-01"\n    successor_portal = "x"')], "'x' is no portal"),
    ],
)
def test_a_breach_of_the_rules_is_told(load: Load, changes: list[tuple[str, str]], problem: str) -> None:
    assert any(problem in found for found in problems([load(*changes)]))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("min_delay = -1", "min_delay: only raises the delay"),
        ("custom_settings = {}", "custom_settings: is no attribute of a portal"),
        ('tls = "insecure"', "tls_note: .* needs a day and a reason"),
        ('tls = "legacy"\n    tls_note = "old server"', "tls_note: .* needs a day and a reason"),
        ('tls = "none"', "tls: is one of 'modern', 'legacy', 'insecure'"),
        ('valid_from = "1/7/2025"', "valid_from: .* is no ISO date"),
        ('valid_from = "2025-07-01"', "valid_to: the portal ended before it began"),
        ('kind = "so"', "kind: 'so' is no kind of body"),
        ('sections = {"A": "x", "B": "/x"}', "sections: two sections have one address"),
        ("def parse(self, response): pass", "parse: a portal is declared, not programmed"),
    ],
)
def test_a_mistake_in_one_class_fails_when_it_is_loaded(load: Load, line: str, problem: str) -> None:
    with pytest.raises(DeclarationError, match=problem):
        load(("    state =", f"    {line}\n    state ="))


def test_two_portals_may_share_a_host_but_no_address(load: Load) -> None:
    first, twin = load(), load(("hagiang_stttt", "hagiang_x"), ("HagiangStttt", "HagiangX"))
    assert any("is hagiang_stttt's already" in found for found in problems([first, twin]))
    folder = load(("hagiang_stttt", "hagiang_x"), ("HagiangStttt", "HagiangX"), (".vn/", ".vn/so/"))
    assert problems([first, folder]) == []


def test_an_address_belongs_to_the_portal_with_the_longest_home() -> None:
    owners = {
        "https://binhphuoc.gov.vn/vi/stttt/tin/bai-1.html": "binhphuoc_stttt",
        "https://www.binhphuoc.gov.vn/vi/news/tin/bai-1.html": "binhphuoc_cong",
        "https://dangcongsan.vn/tinhuylaichau/Lists/Xaydungdang/View_Detail.aspx?ItemID=1": "laichau_tinhuy",
        "https://dangcongsan.vn/thoi-su/bai.html": None,
        "https://example.vn/": None,
    }
    found = {url: owner.name if (owner := registry.owner(url)) else None for url in owners}
    assert found == owners


def test_articles_of_the_catalogue_are_known_by_a_number_of_their_own() -> None:
    catalogue = DATA.parent / "portals.json"
    if not catalogue.is_file():
        pytest.skip("the catalogue of portals is absent")
    urls = [
        url if "://" in url else f"http://{url}"
        for row in json.loads(catalogue.read_text(encoding="utf-8"))["portals"]
        for url in row["article_url_examples"]
    ]
    owned = [(url, owner) for url in urls if (owner := registry.owner(url))]
    known = [url for url, owner in owned if owner.asset_of(url)]
    assert len(owned) >= 105  # the rest are skipped portals'
    assert len(known) >= 94  # the rest are pages about the body, or names whose number the page tells


def test_the_page_of_portals_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m crawler.upkeep.portals_page"


def test_a_class_is_short() -> None:
    assert max(lines_of(portal) for portal in PORTALS.values()) <= MOST_LINES


def test_all_portals_are_listed_in_under_two_seconds() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = finished([sys.executable, "-m", "scrapy", "list"])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.stdout.split() == list(PORTALS)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--province", "Vĩnh Phúc"], lambda portal: portal.province == "Vĩnh Phúc"),
        (["--province", "phu tho"], lambda portal: successor(portal.province) == "Phú Thọ"),
        (["--platform", "liferay", "--mark", "seen"], lambda portal: portal.platform == "liferay"),
        (["--state", "dead"], lambda portal: portal.state == "dead"),
        (["--mark", "code", "--state", "frozen"], lambda p: (p.mark, p.state) == ("code", "frozen")),
    ],
)
def test_portals_are_filtered(
    arguments: list[str], wanted: Callable[[type[Portal]], bool], tmp_path: Path
) -> None:
    result = CliRunner().invoke(command, ["--json", "--data", str(tmp_path), *arguments])
    rows = json.loads(result.stdout)
    assert [row["name"] for row in rows] == [name for name, portal in PORTALS.items() if wanted(portal)]
    assert rows and all(row["successor_province"] in provinces() for row in rows)


@pytest.mark.parametrize(("option", "value"), [("--province", "Hà Nộ"), ("--platform", "joomla")])
def test_an_unknown_filter_is_wrong_use_and_names_what_is_known(option: str, value: str) -> None:
    result = CliRunner().invoke(command, [option, value])
    assert result.exit_code == 2
    assert re.search(r"did you mean Hà Nội|known are .*liferay", result.stderr)


def test_homes_of_the_environment_take_the_place_of_declared_ones(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "x_y=http://x.example.vn ; hagiang_stttt=https://moi.example.vn/stttt/")
    assert given_homes()["x_y"] == "http://x.example.vn/"
    unknown = ("    state =", "    home_is_certain = False\n    state =")
    portal = load(unknown, ("stttt.example.vn", "hagiang-stttt.invalid"))
    assert portal.home_is_certain
    assert portal.owns("https://moi.example.vn/stttt/tin/1")
    monkeypatch.setenv(VARIABLE, "x_y=http://x.example.vn")
    with pytest.raises(BadHomes, match="'x_y' is no portal"):
        registry.portals.__wrapped__()
    monkeypatch.setenv(VARIABLE, "hagiang_stttt")
    with pytest.raises(BadHomes, match=VARIABLE):
        given_homes()


def test_a_portal_without_a_known_host_is_not_crawled_and_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(HomeUnknown, match=f"{VARIABLE}=thanhhoa_stttt="):
        run([PORTALS["thanhhoa_stttt"]], registry.project_settings(TINSO_DATA=str(tmp_path / "data")))
    assert not (tmp_path / "data").exists()


@pytest.fixture(scope="module")
def nationwide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    data = tmp_path_factory.mktemp("nationwide")
    homes = ";".join(f"{name}={portal.home.replace('https', 'http')}" for name, portal in PORTALS.items())
    return data, finished([sys.executable, "-m", "tests.every_portal", str(data), "2"], **{VARIABLE: homes})


def test_every_portal_gets_articles_from_the_sample_of_its_platform(
    nationwide: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    process = nationwide[1]
    assert process.returncode == 0, process.stderr
    counts = json.loads(process.stdout)
    assert {name for name in PORTALS if not counts[name].get("article new")} == set()
    lists = {name for name, portal in PORTALS.items() if not portal.countable}
    assert {name for name in lists if not counts[name].get("list listed")} == set()


def test_articles_carry_the_province_then_and_now(
    nationwide: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    with closing(sqlite3.connect(nationwide[0] / "corpus.db")) as corpus:
        rows = corpus.execute(
            "SELECT DISTINCT portal, province, successor_province, body FROM articles "
            "JOIN article_text USING (id) WHERE headline <> '' AND article_body <> ''"
        ).fetchall()
    wanted = {(p.name, p.province, successor(p.province), p.body) for p in PORTALS.values()}
    assert wanted - set(rows) == set()
