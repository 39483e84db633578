"""The same links and clusters whatever came first, was revised on the way, or was killed in between."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import store as store_module
from pipelines.article import Article
from pipelines.context import Context
from pipelines.duplicates import holders
from pipelines.duplicates import index as index_module
from pipelines.duplicates.compare import compare
from pipelines.duplicates.index import TextIndex, open_state
from pipelines.duplicates.printing import Printing, printing_of_text
from pipelines.duplicates.shingles import keys_needed
from pipelines.exceptions import NotACorpus
from pipelines.load import load
from pipelines.process import process
from pipelines.store import Store

SEEN = "2023-05-04T08:15:00+07:00"
_SYLLABLES = [
    first + rest for first in ("b", "ch", "d", "l", "m", "th") for rest in ("a", "ong", "inh", "et", "ưu")
]
_CHANCE = random.Random(5)
PARAGRAPHS = [" ".join(_CHANCE.choices(_SYLLABLES, k=24)) + "." for _ in range(7)]


def text_of(first: int, count: int, number: int) -> str:
    """Return some of the paragraphs, so that most texts share some, and a line of its own."""
    return "\n".join([*PARAGRAPHS[first : first + count], f"Số {number}."])


texts = st.builds(text_of, st.integers(0, 3), st.integers(2, 4), st.integers(0, 9))
histories = st.lists(st.tuples(st.sampled_from("123456789"), texts | st.just("Hết.")), max_size=20)


@pytest.fixture(autouse=True)
def two_hubs() -> Iterator[None]:
    """Few hubs, so that small corpora have texts that are none; and only full batches are written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holders, "HUBS", 2)
        patch.setattr(index_module, "FRESH", 3)
        patch.setattr(store_module, "INTERVAL", 3600.0)
        yield


def article(asset: str, body: str) -> Article:
    return Article(
        url=f"http://so.example.vn/{asset}",
        portal="so_thu",
        asset=asset,
        headline="Tin vắn",
        article_body=body,
        date_published=f"2023-05-0{asset}",
    )


def put(store: Store, asset: str, body: str) -> None:
    page = article(asset, body)
    store.put(page.url, process(page, Context(SEEN, page.url, store.known)))


def told(store: Store) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the links and the places that the corpus holds."""
    execute = store.connection.execute
    return (
        execute("SELECT * FROM links ORDER BY 1, 2").fetchall(),
        execute("SELECT id, cluster, duplicate_of FROM articles ORDER BY 1").fetchall(),
    )


def corpus_of(path: Path, bodies: Iterable[tuple[str, str]], batch: int) -> Store:
    store = Store(path / "corpus.db")
    for number, (asset, body) in enumerate(bodies, start=1):
        put(store, asset, body)
        if number % batch == 0:
            store.flush()
    store.flush()
    return store


@given(histories, st.integers(1, 5), st.randoms(use_true_random=False))
def test_every_history_ends_in_the_links_of_its_last_texts(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[tuple[str, str]],
    batch: int,
    chance: random.Random,
) -> None:
    one = corpus_of(tmp_path_factory.mktemp("one"), history, batch)
    last = list(dict(history).items())
    chance.shuffle(last)
    other = corpus_of(tmp_path_factory.mktemp("other"), last, batch)
    try:
        assert told(one) == told(other)
        places = {row[0]: row[1:] for row in told(one)[1]}
        for key, (cluster, earliest) in places.items():
            members = [each for each, place in places.items() if place[0] == cluster]
            assert cluster is None or (len(members) > 1 and cluster == min(members))
            assert (earliest is None) == (cluster is None or key == cluster)
    finally:
        one.close()
        other.close()


def links_by_definition(printings: list[Printing]) -> set[tuple[int, int]]:
    """Return the links as the invariant states them, looking at every pair."""
    texts_of: dict[int, list[int]] = {}
    for printing in printings:
        for key in printing.keys:
            texts_of.setdefault(key, []).append(printing.text)
    found = set()
    for one, other in combinations(sorted(printings, key=lambda each: each.text), 2):
        common = set(one.keys) & set(other.keys)
        shared = sum(sorted(texts_of[key]).index(one.text) < holders.HUBS for key in common)
        if shared >= keys_needed(one.size, other.size) and compare(one, other):
            found.add((one.text, other.text))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_index_holds_exactly_the_links_of_the_definition(seed: int) -> None:
    chance = random.Random(seed)
    connection = open_state(Path(":memory:"))
    index = TextIndex(connection)
    held: dict[int, Printing] = {}
    for act in range(120):
        printing = printing_of_text(text_of(chance.randrange(4), chance.randint(2, 4), chance.randrange(10)))
        if held and chance.random() < act / 200:  # many come first, then many go
            gone = chance.choice(sorted(held))
            index.remove(gone)
            del held[gone]
        elif printing.text not in held:
            index.add(printing)
            held[printing.text] = printing
        if chance.random() < 0.1:
            index = TextIndex(connection)  # as after a kill: what was held in memory is gone
    index.write()
    rows = set(connection.execute("SELECT text, other FROM links"))
    assert {pair for pair in rows if pair[0] < pair[1]} == links_by_definition(list(held.values()))
    assert rows == {(other, text) for text, other in rows}
    hubs = {text for (texts,) in connection.execute("SELECT texts FROM hubs") for text in array("q", texts)}
    assert hubs | {text for (text,) in connection.execute("SELECT text FROM others")} == set(held)
    connection.close()


def bodies() -> list[tuple[str, str]]:
    """Return a text printed thrice, once more with an addition, a part of it, and a text of few words."""
    own = "\n".join(PARAGRAPHS[:5])
    part, more = "\n".join(PARAGRAPHS[1:3]), PARAGRAPHS[5]
    return [("1", own), ("2", own), ("3", f"{own}\n{more}"), ("4", own), ("5", part), ("6", more)]


def test_a_copy_changes_neither_revision_nor_last_seen_of_the_first(tmp_path: Path) -> None:
    store = corpus_of(tmp_path, bodies()[:1], 1)
    kept = "SELECT revision, last_seen, first_seen FROM articles WHERE asset = '1'"
    before = store.connection.execute(kept).fetchall()
    for asset, body in bodies()[1:4]:
        put(store, asset, body)
    store.flush()
    assert store.connection.execute(kept).fetchall() == before
    sizes = store.connection.execute("SELECT cluster, count(*) FROM articles GROUP BY cluster").fetchall()
    assert [count for _, count in sizes] == [4]
    store.close()


def test_a_copy_whose_first_moves_on_in_the_same_batch_is_no_copy_of_itself(tmp_path: Path) -> None:
    store = corpus_of(tmp_path, bodies()[:1], 1)
    for asset, body in (("2", bodies()[1][1]), ("1", "Hết.")):
        put(store, asset, body)
    store.flush()
    assert store.connection.execute("SELECT * FROM links").fetchall() == []
    store.close()


def test_a_record_names_its_related_printings_and_a_copy_those_of_its_first(tmp_path: Path) -> None:
    store = corpus_of(tmp_path, bodies(), 2)
    keys = [row[0] for row in store.connection.execute("SELECT id FROM articles ORDER BY asset")]
    records = load(store.connection, keys)
    part = "http://so.example.vn/5"
    assert [record.related for record in records[:2]] == [[part], [part]]
    assert "http://so.example.vn/1" in (records[4].related or [])
    assert records[4].cluster is None and records[5].related == []
    assert [record.duplicate_of for record in records[:4]] == [None, keys[0], keys[0], keys[0]]
    store.close()


def test_a_kill_between_the_two_commits_heals_at_the_next_start(tmp_path: Path) -> None:
    acts = [*bodies(), ("2", PARAGRAPHS[6] + PARAGRAPHS[5]), ("3", "Hết.")]
    whole = corpus_of(make(tmp_path / "whole"), acts, 2)
    killed = corpus_of(make(tmp_path / "killed"), acts[:3], 2)
    killed.close()
    behind = (tmp_path / "killed" / "duplicates.db").read_bytes()
    corpus_of(tmp_path / "killed", acts[3:], 5).close()
    (tmp_path / "killed" / "duplicates.db").write_bytes(behind)  # as if its last commits had not been
    healed = Store(tmp_path / "killed" / "corpus.db")
    assert told(healed) == told(whole)
    healed.close()
    whole.close()


def test_a_batch_that_the_corpus_refuses_is_not_in_the_index_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = corpus_of(tmp_path, bodies()[:2], 2)
    for asset, body in bodies()[2:]:
        put(store, asset, body)
    with monkeypatch.context() as patch:
        patch.setattr(store, "_write_sightings", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.flush()
    assert store._linker._state.execute("SELECT count(*) FROM printings").fetchone() == (2,)
    store.flush()
    whole = corpus_of(make(tmp_path / "whole"), bodies(), 2)
    assert told(store) == told(whole)
    store.close()
    whole.close()


def make(path: Path) -> Path:
    path.mkdir()
    return path


def test_an_index_of_another_version_is_made_anew_and_a_foreign_file_left_alone(tmp_path: Path) -> None:
    store = corpus_of(tmp_path, bodies(), 3)
    before = told(store)
    store.close()
    path = tmp_path / "duplicates.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    store = Store(tmp_path / "corpus.db")
    assert told(store) == before
    store.close()
    path.write_bytes(b"<html>" * 100)
    with pytest.raises(NotACorpus, match="damaged"):
        Store(tmp_path / "corpus.db")
    path.unlink()
    store = Store(tmp_path / "corpus.db")
    assert told(store) == before
    store.close()
