"""What a command says at its end."""

from __future__ import annotations

import pytest

from crawler.cli.books import show_stored
from pipelines.outcomes import Outcome


@pytest.mark.parametrize(
    ("articles", "said"),
    [(0, "nothing new: no article stored"), (1, "1 article stored"), (2, "2 articles stored")],
)
def test_the_number_of_articles_stored_is_said_in_words(
    articles: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = {
        ("article", Outcome.REVISED): articles,
        ("article", Outcome.UNCHANGED): 7,
        ("list", Outcome.LISTED): 3,
    }
    show_stored({"so_thu": counts, "so_khac": {}})
    assert capsys.readouterr().out == f"{said}\n"
