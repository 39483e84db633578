"""The evaluation gate: no change may lower what is read rightly (`benchmarks/accuracy.py`)."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import Figures, baseline, fallen, measure_all


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measure_all()[0]


def test_no_field_is_read_worse_than_the_committed_baseline(figures: Figures) -> None:
    assert fallen(figures, baseline()) == []


def test_the_baseline_covers_every_figure_that_is_measured(figures: Figures) -> None:
    assert set(figures) <= set(baseline())


def test_a_figure_below_its_floor_is_named() -> None:
    assert fallen({"frozen/generic/author": 0.9}, {"frozen/generic/author": 0.95}) == [
        "frozen/generic/author: 0.9000, was 0.9500"
    ]


def test_a_figure_that_cannot_be_measured_here_does_not_fall() -> None:
    assert fallen({}, {"hanoi/generic/author": 0.95}) == []
