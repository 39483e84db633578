"""What a command says at its end."""

from __future__ import annotations

import pytest

from crawler.cli.books import show_stored


@pytest.mark.parametrize(
    ("articles", "said"),
    [(0, "nothing new: no article stored"), (1, "1 article stored"), (2, "2 articles stored")],
)
def test_the_number_of_articles_stored_is_said_in_words(
    articles: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_stored(articles)
    assert capsys.readouterr().out == f"{said}\n"
