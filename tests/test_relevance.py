"""The judged needs of the search, how they are scored, and that the sample portals' are answered well."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from statistics import mean

import pytest

from benchmarks.relevance import KINDS, WAYS, Score, ndcg, needs, scores
from benchmarks.relevance_corpus import make_corpus, others, samples
from pipelines.schema import open_corpus

NEEDS = list(needs())


def test_the_best_order_scores_one_and_no_answer_none() -> None:
    assert ndcg([1, 2, 3], {1: 3, 2: 2, 3: 1}) == 1.0
    assert ndcg([4, 5], {1: 3}) == 0.0


def test_a_better_article_further_down_costs() -> None:
    assert ndcg([2, 1], {1: 3, 2: 1}) < 1.0


def test_an_article_that_is_listed_twice_counts_once() -> None:
    assert ndcg([1, 1], {1: 3, 2: 3}) == ndcg([1], {1: 3, 2: 3}) < 1.0


def test_the_needs_are_of_all_kinds_typed_in_all_ways() -> None:
    assert len({need.name for need in NEEDS}) == len(NEEDS) >= 60
    assert all(count >= 20 for count in Counter(need.kind for need in NEEDS).values())
    assert {need.kind for need in NEEDS} == set(KINDS)
    typed = [query for need in NEEDS for query in need.queries]
    assert len({text for _, text in typed}) == len(typed) >= 200
    assert {way for way, _ in typed} == set(WAYS)


def test_every_need_has_an_answer_and_both_halves_have_needs() -> None:
    assert all(max(need.grades.values()) >= 2 for need in NEEDS)
    assert min(Counter(need.half for need in NEEDS).values()) >= 20


def test_what_nobody_asked_for_is_the_same_on_every_machine() -> None:
    assert [a.headline for a in others(40)] == [a.headline for a in others(40)]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    """Scores of the needs that only the sample portals answer, over these and some others."""
    path = tmp_path_factory.mktemp("judged") / "corpus.db"
    make_corpus(path, [*samples(), *others(200)])
    wanted = [
        need
        for need in NEEDS
        if all(name.startswith("sample/") for name, grade in need.grades.items() if grade > 1)
    ]
    with closing(open_corpus(path, read_only=True)) as connection:
        return list(scores(connection, wanted))


def test_the_sample_portals_needs_are_answered(found: list[Score]) -> None:
    assert len(found) > 20
    assert mean(score.ndcg["ours"] for score in found) > 0.9
    assert mean(score.ndcg["stock, bm25"] for score in found) < 0.7
