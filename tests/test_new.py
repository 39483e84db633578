"""`tinso new`: a class and frozen pages from a home address, which count when a person has reviewed them."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import registry
from crawler.cli.looking import looked
from crawler.discovery.contract import PageRequest
from crawler.extraction.read import read_page
from crawler.portal import Portal
from crawler.sample_portals.families import family_portals
from crawler.sample_portals.portals import sample_portals
from crawler.upkeep.naming import Named, class_name, file_name, named
from crawler.upkeep.new import Draft, UnknownProvince, draft
from crawler.upkeep.portal_file import source, with_class
from crawler.upkeep.portal_pages import differences, frozen_pages
from crawler.upkeep.portal_rules import MOST_LINES, problems
from pipelines.text import clean
from tests import test_portal_pages
from tests.crawling import RECORDING, ROOT, tinso
from tests.sample_fetch import recording, sample_fetch

PORTALS = {portal.platform: portal for portal in [*family_portals(80), *sample_portals(80)]}
HOME = "http://nukeviet.localhost/"


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of what `tinso new` asks of the sample of a NukeViet portal."""
    folder = tmp_path_factory.mktemp("recording")
    draft(HOME, recording(sample_fetch(), folder), province="Tây Ninh")
    return next(folder.glob("*.warc.gz"))


@pytest.fixture(scope="module")
def made(
    warc: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A project folder into which a portal was written, and what the command said."""
    into = tmp_path_factory.mktemp("project")
    (into / "spiders").mkdir()
    arguments = ("--province", "tay ninh", "--from-archive", warc, "--into", into)
    return into, tinso("new", HOME, *arguments)


@pytest.fixture(scope="module")
def drafted() -> Draft:
    return draft(HOME, sample_fetch(), province="Tây Ninh")


def page(title: str, footer: str = ""):  # type: ignore[no-untyped-def]
    text = f"<html><head><title>{title}</title></head><body><p>Tin</p><footer>{footer}</footer></body></html>"
    return read_page(text.encode(), HOME, content_type="text/html", fetched_at="2026-11-25T08:00:00+07:00")


def loaded(into: Path) -> type[Portal]:
    spec = importlib.util.spec_from_file_location("drafted.tay_ninh", into / "spiders" / "tay_ninh.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    portal: type[Portal] = module.TayninhNukeviet
    return portal


def test_one_command_writes_a_class_of_twelve_lines_at_most_on_the_platforms_base(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    into, process = made
    assert process.returncode == 0, process.stderr
    portal = loaded(into)
    assert (portal.name, portal.platform) == ("tayninh_nukeviet", "nukeviet")
    assert portal.sections == {"Công tác Đảng": "vi/news/cong-tac-dang/"}
    tree = ast.parse((into / "spiders" / "tay_ninh.py").read_text("utf-8"))
    (declared,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert (declared.end_lineno or 0) - declared.lineno < MOST_LINES
    assert (
        "written  spiders/tay_ninh.py" in process.stdout and "tinso check tayninh_nukeviet" in process.stdout
    )


def test_the_class_keeps_the_rules_of_portals(made: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    assert problems([loaded(made[0])]) == []


def test_a_body_that_has_ended_is_declared_so_and_later_articles_are_a_question(drafted: Draft) -> None:
    found = replace(drafted, pages=[replace(page, article=replace(page.article)) for page in drafted.pages])
    ended = replace(found, named=replace(found.named, kind="tttt"))
    assert '    state = "frozen"\n    valid_to = "2025-03-01"\n' in source(ended, "2026-11-25")
    for page in found.pages:
        page.article.date_published = "2026-01-02T08:00:00+07:00"
    assert "# ? an article is of 2026-01-02" in source(ended, "2026-11-25")


def test_what_is_written_is_as_the_linter_wants_it(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    file = made[0] / "spiders" / "tay_ninh.py"
    for act in (["check"], ["format", "--check"]):
        ruff = [Path(sys.executable).with_name("ruff"), *act, "--config", ROOT / "pyproject.toml", file]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_the_frozen_pages_are_not_reviewed_and_read_as_they_say(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    frozen = list(frozen_pages(made[0] / "tests" / "portals"))
    assert len(frozen) == 3
    for one in frozen:
        assert not one.reviewed
        assert differences(loaded(made[0]), one) == []
        assert all(one.expected[name] for name in ("headline", "date_published", "author", "article_body"))


def test_a_reviewed_page_that_is_read_otherwise_is_told_by_field(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    one = next(frozen_pages(made[0] / "tests" / "portals"))
    one.expected["author"] = "Người Khác"
    (line,) = differences(loaded(made[0]), one)
    assert line.startswith("author: read '") and line.endswith("expected 'Người Khác'")


def test_a_second_time_nothing_is_overwritten(
    made: tuple[Path, subprocess.CompletedProcess[str]], warc: Path
) -> None:
    into, _ = made
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    arguments = ("--province", "Tây Ninh", "--from-archive", warc, "--into", into)
    again = tinso("new", HOME, *arguments)
    assert again.returncode == 1 and "--name" in again.stderr
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before
    other = tinso("new", HOME, *arguments, "--name", "tayninh_khac")
    assert other.returncode == 0, other.stderr
    text = (into / "spiders" / "tay_ninh.py").read_text("utf-8")
    assert text.count("import NukeVietPortal") == 1 and "class TayninhKhac(" in text


def test_unreviewed_pages_fail_their_test_and_say_what_to_do(
    made: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    one = next(frozen_pages(made[0] / "tests" / "portals"))
    with pytest.raises(AssertionError, match=r'nobody has reviewed it.*"reviewed": true'):
        test_portal_pages.test_a_portals_page_is_read_as_a_person_has_agreed(one)


@pytest.mark.parametrize("platform", sorted(PORTALS.keys() - {"numeric_path"}))  # bears no mark of its own
def test_the_platform_of_every_sample_is_found_and_its_class_reads_its_list(platform: str) -> None:
    portal = PORTALS[platform]
    home = portal.home.partition(":80/")[0] + "/"
    found = draft(home, sample_fetch(), province=portal.province)
    assert found.base.platform == platform
    assert len(found.pages) == 3
    assert "class " in source(found, "2026-11-25")


@pytest.mark.parametrize(
    ("home", "title", "expected"),
    [
        (
            "http://sotttt.hanoi.gov.vn/",
            "Trang chủ",
            Named("hanoi_stttt", "Hà Nội", "Sở Thông tin và Truyền thông", "tttt", True),
        ),
        (
            "https://sokhcn.thaibinh.gov.vn/",
            "",
            Named("thaibinh_skhcn", "Thái Bình", "Sở Khoa học và Công nghệ", "khcn", True),
        ),
        (
            "https://stttttuyenquang.gov.vn/",
            "",
            Named("tuyenquang_stttt", "Tuyên Quang", "Sở Thông tin và Truyền thông", "tttt", True),
        ),
        (
            "http://dukdn.phuyen.gov.vn/",
            "Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh Phú Yên",
            Named("phuyen_duk", "Phú Yên", "Đảng ủy Khối Cơ quan và Doanh nghiệp", "party-bloc", True),
        ),
        (
            "http://www.thainguyen.dcs.vn/",
            "Đảng bộ tỉnh Thái Nguyên - Trang chủ",
            Named("thainguyen_dangbo", "Thái Nguyên", "Đảng bộ tỉnh", "party", True),
        ),
        (
            "https://soxaydung.hochiminhcity.gov.vn/",
            "Sở Xây dựng | Trang chủ",
            Named("tphochiminh_sxd", "TP. Hồ Chí Minh", "Sở Xây dựng", "other-so", True),
        ),
        (
            "http://so.example.vn/",
            "Cổng tin tức tỉnh Hà Nam",
            Named("hanam_so", "Hà Nam", "Cổng tin tức tỉnh Hà Nam", "other", False),
        ),
        (
            "http://hanam.gov.vn/stttt/",
            "",
            Named("hanam_stttt", "Hà Nam", "Sở Thông tin và Truyền thông", "tttt", True),
        ),
    ],
)
def test_province_and_body_are_told_by_host_and_title(home: str, title: str, expected: Named) -> None:
    assert named(home, page(title)) == expected


def test_the_hosts_of_the_declared_portals_tell_province_and_name() -> None:
    """Those of which neither can be told from the host alone: newspapers, towns, hosts of another name."""
    portals = [portal for portal in registry.portals().values() if portal.home_is_certain]
    told = [named(portal.home, page("Trang chủ")) for portal in portals]
    pairs = list(zip(portals, told, strict=True))
    assert sum(bool(found) and found.province == portal.province for portal, found in pairs) >= 0.94 * len(
        pairs
    )
    assert sum(bool(found) and found.name == portal.name for portal, found in pairs) >= 0.9 * len(pairs)


def test_of_the_recorded_portal_the_draft_is_what_a_person_declared() -> None:
    if not RECORDING.is_file():
        pytest.skip("the recording in shared/data is absent")
    declared = registry.portals()["hanoi_stttt"]
    found = looked([RECORDING], lambda fetch: draft(declared.home, fetch))
    assert found.named == Named(declared.name, declared.province, declared.body, declared.kind, True)
    assert (found.base.platform, found.home, found.article_path) == (declared.platform, declared.home, None)
    assert set(found.sections.values()) == set(declared.sections.values())
    assert f'valid_to = "{declared.valid_to}"' in source(found, "2026-11-25")


def test_where_nothing_names_a_province_it_is_asked_for_before_anything_else_is_fetched() -> None:
    fetched: list[str] = []
    fetch = sample_fetch()

    def counting(request):  # type: ignore[no-untyped-def]
        fetched.append(request.url)
        return fetch(request)

    with pytest.raises(UnknownProvince, match="--province"):
        draft(HOME, counting)
    assert fetched == [HOME]


def test_a_draft_asks_for_seventeen_pages_at_most_and_for_no_more_articles_than_it_keeps() -> None:
    asked: list[str] = []
    fetch = sample_fetch()

    def counting(request: PageRequest):  # type: ignore[no-untyped-def]
        asked.append(request.url)
        return fetch(request)

    found = draft(HOME, counting, province="Tây Ninh")
    assert len(set(asked)) <= 17
    # One of the sample's rows leads to a page that says "not found".
    assert sum(url.endswith(".html") for url in asked) <= len(found.pages) + 1


def test_what_nobody_can_tell_is_a_marked_question(drafted: Draft) -> None:
    text = source(drafted, "2026-11-25")
    assert '    body = "Trang thông tin điện tử mẫu NukeViet"  # ? whose is it' in text


@given(
    body=st.text(min_size=1, max_size=60).map(clean).filter(bool),
    names=st.lists(
        st.text(min_size=1, max_size=60).map(clean).filter(bool), min_size=1, max_size=3, unique=True
    ),
    address=st.text("abc/?=&%'\"\\\\{}ấ", max_size=120),
)
def test_whatever_a_site_calls_itself_the_class_can_be_loaded(
    drafted: Draft, body: str, names: list[str], address: str
) -> None:
    sections = {name: f"{address}{number}" for number, name in enumerate(names)}
    found = replace(drafted, named=replace(drafted.named, body=body), sections=sections)
    text = source(found, "2026-11-25")
    (declared,) = ast.parse(text).body
    assert isinstance(declared, ast.ClassDef)
    values = {
        node.targets[0].id: ast.literal_eval(node.value)  # type: ignore[attr-defined]
        for node in declared.body
        if isinstance(node, ast.Assign)
    }
    assert values["body"] == body
    assert values["sections"].items() <= sections.items()
    assert len(text.split("\n")) - 1 <= MOST_LINES


def test_a_class_goes_to_the_end_of_a_file_that_has_others_and_imports_are_merged() -> None:
    before = (
        '"""Hà Nội."""\n\nfrom __future__ import annotations\n\n'
        "from crawler.platforms.aspnet import AspNetPortal\n"
        "from crawler.platforms.liferay import LiferayPortal\n\n\nclass A(LiferayPortal):\n    pass\n"
    )
    after = with_class(before, PORTALS["aspnet_mvc"].__mro__[1], "class B(AspNetMvcPortal):\n    pass\n", "")
    assert "from crawler.platforms.aspnet import AspNetMvcPortal, AspNetPortal\n" in after
    assert after.endswith("class A(LiferayPortal):\n    pass\n\n\nclass B(AspNetMvcPortal):\n    pass\n")
    ast.parse(after)


def test_names_of_classes_and_files_follow_those_of_portals_and_provinces() -> None:
    assert class_name("hanoi_stttt") == "HanoiStttt"
    assert file_name("TP. Hồ Chí Minh") == "tp_ho_chi_minh.py"
    assert file_name("Đắk Lắk") == "dak_lak.py"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("http://sotttt.hanoi.gov.vn/",), 1, "is hanoi_stttt's, declared already"),
        (("http://khong-co.invalid/", "--province", "Hà Nội"), 1, "unreachable from here: name:"),
        (("khong-co",), 2, "is no address"),
        ((HOME, "--province", "Atlantis"), 2, "'Atlantis' is no province"),
        ((HOME, "--name", "Hà Nội"), 2, "lower-case letters"),
    ],
)
def test_bad_input_is_told_in_one_line(arguments: tuple[str, ...], code: int, said: str) -> None:
    process = tinso("new", *arguments)
    assert (process.returncode, "Traceback" in process.stderr) == (code, False), process.stderr
    assert said in process.stderr


def test_a_recording_without_the_address_says_what_it_holds(warc: Path, tmp_path: Path) -> None:
    process = tinso("new", "http://khac.localhost/", "--from-archive", warc, "--into", tmp_path)
    assert process.returncode == 1
    assert "not in the recording, which holds nukeviet.localhost" in process.stderr


def test_a_page_without_lists_gives_no_class(tmp_path: Path) -> None:
    bare = b"<html><head><title>Ha Noi</title></head><body><p>Xin ch\xc3\xa0o</p></body></html>"
    recording(sample_fetch(**{"": bare}), tmp_path)(PageRequest(HOME))
    warc = next(tmp_path.glob("*.warc.gz"))
    process = tinso("new", HOME, "--province", "Hà Nội", "--from-archive", warc, "--into", tmp_path)
    assert process.returncode == 1 and "no section with a list was found" in process.stderr
    assert list(tmp_path.iterdir()) == [warc]


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(warc: Path, tmp_path: Path) -> None:
    arguments = ("new", HOME, "--province", "Tây Ninh", "--from-archive", warc, "--into", tmp_path)
    process = tinso(*arguments)  # no spiders/ there
    assert process.returncode == 1 and "cannot be written" in process.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "spiders").mkdir()
    (tmp_path / "tests").write_text("no folder")
    process = tinso(*arguments)
    assert process.returncode == 1 and "cannot be written" in process.stderr
    assert list((tmp_path / "spiders").iterdir()) == []
