"""docs/schema.md, made from the schema and its comments: `python -m pipelines.schema_doc` writes it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pipelines.schema import SCHEMA, VERSION

PAGE = Path(__file__).parents[1] / "docs" / "schema.md"

_CREATED = re.compile(
    r"^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)[^\n]*?(?:-- ([^\n]+))?\n(.*?)(?=\nCREATE |\Z)",
    re.DOTALL | re.MULTILINE,
)
_COLUMN = re.compile(r'^ {4}"?(\w+)"? [^\n]*?-- ([^\n]+)$', re.MULTILINE)
_SHOWN_AS = re.compile(r"\bAS (\w+),?\s+-- ([^\n]+)$", re.MULTILINE)

# Question → SQL. A test runs each over a corpus.
EXAMPLES = {
    "Which bodies are named most in reports of Party congresses, by province?": """
SELECT a.province, o.name, count(DISTINCT a.id) AS articles
FROM articles a
JOIN activities k ON k.article = a.id AND k.kind = 'dai_hoi'
JOIN organisations o ON o.article = a.id AND o.kind = 'party'
GROUP BY a.province, o.name ORDER BY articles DESC LIMIT 20""",
    "Who cites a document, and when first?": """
SELECT d.number, d.issuer, a.date_published, p.body AS publisher, a.headline, a.url
FROM documents d
JOIN articles a ON a.id = d.article
JOIN portals p ON p.name = a.portal
WHERE d.number = '05-CT/TW' ORDER BY a.id""",
    "In which offices does a person appear over the years?": """
SELECT a.year, n.office, n.body, count(*) AS articles
FROM people n
JOIN articles a ON a.id = n.article
WHERE n.name = 'Lê Thanh Bình' GROUP BY 1, 2, 3 ORDER BY 1""",
    "What was printed most often, and by whom first?": """
SELECT first.headline, first.portal, count(*) AS printings, count(DISTINCT a.portal) AS portals
FROM articles a
JOIN articles first ON first.id = coalesce(a.duplicate_of, a.id)
WHERE a.cluster IS NOT NULL
GROUP BY first.id ORDER BY printings DESC LIMIT 20""",
    "Which articles were changed after they had been published, and what changed?": """
SELECT a.portal, a.headline, r.revision, r.seen_at, r.diff
FROM revisions r
JOIN articles a ON a.id = r.article
ORDER BY r.seen_at DESC""",
    "What do pages with two words say of admissions to the Party?": """
SELECT a.date_published, a.portal, f.value, f.text, a.url
FROM articles_fts
JOIN articles a ON a.id = articles_fts.rowid
JOIN figures f ON f.article = a.id AND f.kind = 'admissions'
WHERE articles_fts MATCH '{headline_folded body_folded} : "ket nap"' ORDER BY a.id DESC""",
    "How did the last run over each portal end?": """
SELECT o.portal, o.kind, o.outcome, o.urls
FROM outcomes o
WHERE o.run = (SELECT max(run) FROM outcomes WHERE portal = o.portal)
ORDER BY o.portal, o.kind, o.urls DESC""",
}


class Column(NamedTuple):
    """A column as its table declares it; `meaning` is its comment."""

    name: str
    type: str
    constraint: str
    meaning: str


class Made(NamedTuple):
    """A table or view of the schema; `kind` is "table", "view" or "full-text index"."""

    name: str
    kind: str
    meaning: str
    columns: list[Column]
    indexes: list[str]


def tables() -> list[Made]:
    """Return the tables and views of corpus.db in the schema's order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return [_made(connection, *found) for found in _CREATED.findall(SCHEMA)]


def page() -> str:
    """Return the page as Markdown."""
    made = tables()
    return "\n".join([*_head(made), *(line for table in made for line in _table(table)), *_examples()])


def _made(connection: sqlite3.Connection, name: str, meaning: str, definition: str) -> Made:
    (kind, sql) = connection.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    kind = "full-text index" if "fts5" in sql else kind
    meanings = dict((_SHOWN_AS if kind == "view" else _COLUMN).findall(definition))
    if kind == "full-text index":  # its columns are the view's
        meanings = dict(_SHOWN_AS.findall(SCHEMA))
    references = {
        row[3]: f"→ {row[2]}.{row[4]}" for row in connection.execute(f"PRAGMA foreign_key_list({name})")
    }
    columns = [
        Column(
            column, type_ or "", _constraint(key, not_null, references.get(column)), meanings.get(column, "")
        )
        for _, column, type_, not_null, _, key in connection.execute(f"PRAGMA table_info({name})")
    ]
    return Made(name, kind, meaning, columns, list(_indexes(connection, name)))


def _constraint(key: int, not_null: int, reference: str | None) -> str:
    return ", ".join(filter(None, ["key" if key else "not null" if not_null else "", reference]))


def _indexes(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    for _, index, unique, origin, _ in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if origin != "pk":
            columns = [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]
            yield f"{', '.join(columns)}{' (unique)' if unique else ''}"


def _head(made: Iterable[Made]) -> Iterator[str]:
    yield "# The schema of corpus.db"
    yield ""
    yield "Made by `python -m pipelines.schema_doc` from `pipelines/schema.py`; a test holds it to that."
    yield ""
    yield f"Version {VERSION} (`PRAGMA user_version`). Times are ISO 8601 in Vietnam's time (+07:00), days"
    yield "bare ISO dates. JSON stands in text columns. Flags are 1, 0 or NULL (not known). An article's `id`"
    yield "follows its day: `ORDER BY id` is the order of time. `article` is an `articles.id` everywhere."
    yield ""
    yield from (f"- [`{one.name}`](#{one.name}): {one.meaning}" for one in made)


def _table(made: Made) -> Iterator[str]:
    yield ""
    yield f"## {made.name}"
    yield ""
    yield f"{made.kind.capitalize()}: {made.meaning}."
    yield ""
    yield "| column | type | | meaning |"
    yield "|---|---|---|---|"
    for column in made.columns:
        cells = (f"`{column.name}`", column.type, column.constraint, column.meaning)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    if made.indexes:
        yield ""
        yield f"Indexes: {'; '.join(sorted(made.indexes))}."


def _examples() -> Iterator[str]:
    yield ""
    yield "## Questions that join tables"
    yield ""
    yield "In Datasette every table facets by its own columns: `/corpus/documents?_facet=number`,"
    yield "`/corpus/people?_facet=name&_facet=body`, `/corpus/articles?_facet=province&cluster__notnull=1`."
    yield "What needs two tables is asked in SQL: `sqlite3 data/corpus.db`, or Datasette with"
    yield "`default_allow_sql`."
    for question, sql in EXAMPLES.items():
        yield ""
        yield question
        yield ""
        yield f"```sql{sql}\n```"
    yield ""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
