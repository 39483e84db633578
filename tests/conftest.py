"""What every test may ask for. Test pages are our own; tests of recorded ones skip where those are absent."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from pipelines.schema import open_corpus
from pipelines.store import Store

if TYPE_CHECKING:
    from filling import Filling
    from reader import Reader

RECORDED = Path(__file__).parents[2] / "shared" / "data"

# No deadline: a busy machine is slow, not wrong. HYPOTHESIS_PROFILE=soak looks longer and further.
settings.register_profile("quick", deadline=None, max_examples=60, derandomize=True, database=None)
settings.register_profile("soak", deadline=None, max_examples=5000, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture
def recorded() -> Path:
    """The folder of recorded portals (`hanoi-sotttt.warc.gz` and others). Skips where it is absent."""
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded portals at {RECORDED}")
    return RECORDED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium. Skips where it, or a library of playwright's driver, is absent."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("no chromium; apt-get install chromium libatomic1")
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        pytest.skip("no libatomic.so.1; apt-get install libatomic1")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty corpus, open for writing."""
    store = Store.open(tmp_path / "corpus.db")
    yield store
    store.close()


@pytest.fixture
def filling(tmp_path: Path) -> Filling:
    """An empty data directory, to be filled from web archives."""
    from filling import Filling  # Scrapy takes a second to load

    return Filling(tmp_path / "data")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a crawl of the sample portals."""
    from crawling import tinso  # which sets up what few tests need

    data: Path = tmp_path_factory.mktemp("demo")
    process = tinso("demo", "--no-serve", "--data", data)
    assert process.returncode == 0, process.stderr
    return data / "demo"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of a site over made-up articles, some of them hostile."""
    import made_up  # Datasette takes a second to load, which most tests need not wait for
    from reader import Reader

    reader = Reader(made_up.fill(tmp_path_factory.mktemp("web") / "corpus.db", hostile=True))
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def corpus(reader: Reader) -> Iterator[sqlite3.Connection]:
    """The corpus that `reader` reads."""
    connection = open_corpus(reader.corpus, read_only=True)
    yield connection
    connection.close()
