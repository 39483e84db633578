"""What the tests say of time can be false."""

from __future__ import annotations

import pytest

from tests.timing import are_apart, is_linear


def test_what_grows_faster_than_its_size_is_not_linear() -> None:
    assert is_linear(lambda size: sum(range(size)), 500_000)
    assert not is_linear(lambda size: sum(range((size // 1000) ** 3)), 100_000)


@pytest.mark.parametrize(
    ("times", "kept"),
    [
        ([0, 1, 2, 3, 4.2, 5, 6, 7, 8, 9, 10], True),  # one was noticed late
        ([0.9, 1, 2, 3], True),
        ([0, 0.5, 1, 1.5, 2, 2.5, 3], False),
        ([0, 0, 2, 2, 4, 4], False),  # as many as allowed, in pairs
        ([0, 2, 2.1, 2.2, 3, 4, 5], False),
    ],
)
def test_requests_are_apart_when_one_was_noticed_late_and_not_when_they_are_too_many(
    times: list[float], kept: bool
) -> None:
    assert are_apart(times, 1) == kept
