"""WARC and WACZ files as sources of a back-fill."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawler.backfill.files import ArchiveFile
from crawler.exceptions import ArchiveError
from tests.crawling import DATA, RECORDING, tinso
from tests.filling import PAGES, Filling, web_archives


def recording(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a WARC file of the portal, written by another program than ours."""
    with web_archives(monkeypatch, (), PAGES) as archives:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "portal.warc.gz"
        path.write_bytes(archives.warc)
    return path


def wacz(path: Path, *files: tuple[str, bytes], package: dict[str, Any] | None = None) -> Path:
    """Return a WACZ file that holds these files, with a datapackage.json that states their checksums."""
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        }
        for name, content in files
    ]
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files:
            packed.writestr(name, content)
        told = package or {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
        packed.writestr("datapackage.json", json.dumps(told))
    return path


@pytest.mark.parametrize("kind", ["warc.gz", "warc", "wacz", "wacz of plain WARC"])
def test_a_file_of_any_kind_gives_the_portal_and_is_named_in_every_record(
    filling: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    packed = recording(tmp_path, monkeypatch)
    plain = gzip.decompress(packed.read_bytes())
    path = tmp_path / f"portal.{kind.split()[0]}"
    if kind == "warc":
        path.write_bytes(plain)
    elif kind == "wacz":
        wacz(path, ("archive/data.warc.gz", packed.read_bytes()), ("indexes/index.cdx", b""))
    elif kind != "warc.gz":
        wacz(path, ("archive/data.warc", plain))
    source = ArchiveFile(path, tmp_path / "unpacked")
    progress = filling.run(source)
    assert not progress.closed and filling.stored() == 18
    names = {record["WARC-Source-URI"] for record in filling.records()}
    inside = {"wacz": "#archive/data.warc.gz", "wacz of plain WARC": "#archive/data.warc"}.get(kind, "")
    assert names == {f"file:{path.name}{inside}"}
    before = filling.rows("SELECT count(*) FROM runs")
    assert filling.run(ArchiveFile(path, tmp_path / "unpacked")).left == 0
    assert not filling.counts and before


def test_a_record_keeps_the_note_of_whom_it_came_from_first(
    filling: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        filling.run()
    second = Filling(tmp_path / "second")
    path = next((filling.data / "archive").glob("*.warc.gz"))
    second.run(ArchiveFile(path, tmp_path))
    assert all(record["WARC-Source-URI"].startswith(archives.address) for record in second.records())


def test_a_wacz_file_whose_checksum_is_wrong_is_told_of_and_read(
    filling: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    content = recording(tmp_path, monkeypatch).read_bytes()
    resources = [{"path": "archive/data.warc.gz", "hash": f"sha256:{'0' * 64}"}]
    path = wacz(tmp_path / "x.wacz", ("archive/data.warc.gz", content), package={"resources": resources})
    filling.run(ArchiveFile(path, tmp_path / "unpacked"))
    assert "its checksum is another one" in caplog.text and filling.stored() == 18


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no response"),
        (b"just text", "holds no response"),
        (b"PK\x03\x04 broken", "cannot be unpacked"),
        ({"x.txt": b""}, "no readable datapackage.json"),
        ({"datapackage.json": b'{"resources": []}'}, "holds no WARC file under archive/"),
        ({"datapackage.json": b'{"resources": []}', "a.wacz": b""}, "name the WACZ files in it"),
    ],
)
def test_a_file_that_is_no_archive_says_so(
    filling: Filling, tmp_path: Path, content: bytes | dict[str, bytes], said: str
) -> None:
    path = tmp_path / "x.wacz"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as packed:
            for name, inside in content.items():
                packed.writestr(name, inside)
    progress = filling.run(ArchiveFile(path, tmp_path / "unpacked"))
    assert said in next(iter(progress.closed.values()))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        ArchiveFile(tmp_path / "nowhere.wacz", tmp_path)


@pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")
def test_a_recorded_portal_gives_every_article_that_is_in_the_file(tmp_path: Path) -> None:
    process = tinso("backfill", "hanoi_stttt", "--source", RECORDING, "--data", tmp_path)
    assert process.returncode == 0, process.stderr
    lines = (DATA / "hanoi-sotttt.expected.jsonl").read_text(encoding="utf-8").splitlines()
    there = {row["id"]: row["published"] for row in map(json.loads, lines)}
    stored = dict(Filling(tmp_path).rows("SELECT asset, date_published FROM articles"))
    assert len(there.keys() - stored.keys()) <= 1  # the body of one is a document
    assert stored.keys() <= there.keys()
