"""The site as one Datasette: which corpus, which configuration, where templates and styles lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datasette import handle_exception
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import parse_metadata

from pipelines.exceptions import CorpusError
from pipelines.schema import open_corpus

ROOM = Path(__file__).parent
DATABASE = "corpus"

# Datasette runs its own handler even when ours has answered, and that prints every missing page with all
# local variables to the log.
if pm.is_registered(handle_exception):
    pm.unregister(handle_exception)


class EmptyCorpus(CorpusError):
    """Raised by `site` for a corpus without an article: crawl first."""


def configuration() -> dict[str, Any]:
    """Return datasette.yaml: beside this file in an installed package, else at the project's top."""
    path = next(path for path in (ROOM / "datasette.yaml", ROOM.parent / "datasette.yaml") if path.is_file())
    return dict(parse_metadata(path.read_text(encoding="utf-8")))


def site(corpus: Path) -> Datasette:
    """Return the site over a corpus.db, which is read as it is being written (WAL) and never written to.

    Raises:
        NoCorpus, NotACorpus, OtherVersion: see `open_corpus`.
        EmptyCorpus: it holds no article.
    """
    connection = open_corpus(corpus, read_only=True)
    try:
        if connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None:
            raise EmptyCorpus(f"{corpus}: no article in it yet; run 'tinso crawl' with this data directory first")
    finally:
        connection.close()
    configured = configuration()
    return Datasette(
        [str(corpus)],
        config=configured,
        metadata=configured,  # without it Datasette 1.0 ignores titles and descriptions
        template_dir=str(ROOM / "templates"),
        plugins_dir=str(ROOM / "plugins"),
        static_mounts=[("assets", str(ROOM / "static"))],
    )
