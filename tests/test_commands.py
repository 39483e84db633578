"""The commands as the README shows them: each has help, each example runs."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.cli import tinso as group
from pipelines.article import FIELDS
from tests.crawling import DATA, RECORDING, ROOT, here, tinso

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^tinso ([^#\n]+?)\s*(?:#.*)?$", README, re.MULTILINE)
COMMANDS = group.list_commands(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example_in_the_readme(name: str) -> None:
    process = here(name, "--help")
    assert process.returncode == 0
    assert "--help" in process.stdout and len(process.stdout) > 200
    assert any(example.split()[0] == name for example in [*EXAMPLES, "demo"])


def test_wrong_use_exits_with_2() -> None:
    for arguments in (
        ("crawl",),
        ("nonsense",),
        ("export", "--format", "xml"),
        ("crawl", "--limit", "0", "x"),
    ):
        assert here(*arguments).returncode == 2


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's examples can run: a recording, a page, a corpus."""
    if not RECORDING.is_file():
        pytest.skip("the recording in shared/data is absent")
    folder = tmp_path_factory.mktemp("readme")
    (folder / "recording.warc.gz").symlink_to(RECORDING)
    paragraphs = "<p>Chi bộ Văn phòng họp bàn việc quý tới.</p>" * 30
    page = f"<html><head><title>Đại hội</title></head><body><h1>Đại hội chi bộ</h1>{paragraphs}"
    (folder / "page.html").write_text(page, encoding="utf-8")
    record = {
        "url": "http://so.mau.example/tin/1",
        "headline": "Đại hội chi bộ",
        "article_body": "Chi bộ họp.",
    }
    (folder / "articles.ndjson").write_text(json.dumps(record), encoding="utf-8")
    warc = folder / "recording.warc.gz"
    assert tinso("crawl", "hanoi_stttt", "--from-archive", warc, "--data", folder / "data").returncode == 0
    return folder


# Those that need the internet, a browser or an end of their own are tested elsewhere.
@pytest.mark.parametrize(
    "example",
    [
        line
        for line in EXAMPLES
        if not line.startswith(("serve", "backfill ", "watch", "new ", "crawl hanoi_stttt "))
        and line != "crawl hanoi_stttt"
    ],
)
def test_every_example_of_the_readme_runs(
    workplace: Path, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(example.replace("http://…", "http://so.example.vn/tin/1"))
    arguments = [
        str(workplace / word) if (workplace / word).exists() or before == "-o" else word
        for before, word in pairwise(["", *words])
    ]
    process = tinso(*arguments, TINSO_DATA=str(workplace / "data"))
    assert process.returncode == 0, process.stderr


def test_an_export_holds_every_field_of_the_record_in_every_format(workplace: Path) -> None:
    ours = ("--portal", "hanoi_stttt", "--data", workplace / "data")
    lines = here("export", *ours).stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == 80
    assert set(records[0]) == set(FIELDS)
    assert all(isinstance(record["people"], list) for record in records)
    assert json.loads(here("export", "--format", "json", *ours).stdout) == records
    table = list(csv.DictReader(io.StringIO(here("export", "--format", "csv", *ours).stdout)))
    assert [row["headline"] for row in table] == [record["headline"] for record in records]


def test_an_export_to_a_place_that_cannot_be_written_says_so(workplace: Path) -> None:
    process = here("export", "-o", workplace / "nowhere" / "x.csv", "--data", workplace / "data")
    assert process.returncode == 1
    assert "cannot be written" in process.stderr


def test_search_finds_the_same_however_it_is_typed(workplace: Path) -> None:
    def found(query: str) -> list[str]:
        process = here(
            "search",
            query,
            "--json",
            "--limit",
            "100",
            "--portal",
            "hanoi_stttt",
            "--data",
            workplace / "data",
        )
        return [json.loads(line)["headline"] for line in process.stdout.splitlines()]

    typed = found("Đảng ủy")
    assert len(typed) > 20
    assert found(unicodedata.normalize("NFD", "Đảng ủy")) == typed
    assert found("ĐẢNG UỶ") == typed  # the old tone placement, as two pages of three write it
    assert set(found("dang uy")) >= set(typed)


def test_extract_prints_the_records_of_a_whole_recording(tmp_path: Path) -> None:
    if not (DATA / "hanoi-sotttt.warc.gz").is_file():
        pytest.skip("the recording in shared/data is absent")
    process = tinso("extract", RECORDING)
    records = [json.loads(line) for line in process.stdout.splitlines()]
    assert len(records) >= 465
    assert all(record["portal"] == "hanoi_stttt" for record in records)
    assert "list" in process.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.html",), "nowhere.html: cannot be read (No such file or directory)"),
        ((".",), ".: cannot be read (Is a directory)"),
        (("README.md",), "the page does not tell its address; give it with --url"),
        (("x.html", "--portal", "nobody"), "'nobody' is no portal"),
    ],
)
def test_extract_says_what_is_wrong_with_its_sources(arguments: tuple[str, ...], said: str) -> None:
    process = tinso("extract", *arguments)
    assert process.returncode in (1, 2)
    assert said in process.stderr
    assert "Traceback" not in process.stderr
