"""How corpus.db of each earlier schema becomes that of the next; `SCHEMA` says what the columns mean.

A step that has been released is never changed. What it cannot fill in is left empty: `tinso reprocess --only
STAGE` fills it. Duplicates are found anew by themselves, in the next crawl.
"""

from __future__ import annotations

from pipelines.names import COUNT_ALL

_PLACE = """
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (article, position)
) WITHOUT ROWID;
"""
_ENTITY = "article INTEGER NOT NULL REFERENCES articles(id), position INTEGER NOT NULL,"

_TO_2 = f"""
ALTER TABLE revisions ADD COLUMN description TEXT;
CREATE INDEX articles_text_digest ON articles(text_digest);
CREATE INDEX articles_cluster ON articles(cluster) WHERE cluster IS NOT NULL;
CREATE INDEX articles_duplicate_of ON articles(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE links (
    article INTEGER NOT NULL REFERENCES articles(id), other INTEGER NOT NULL REFERENCES articles(id),
    kind TEXT NOT NULL, similarity REAL NOT NULL, is_duplicate INTEGER NOT NULL,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE TABLE marks (stage TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people ({_ENTITY} name TEXT NOT NULL, office TEXT, body TEXT, {_PLACE}
CREATE INDEX people_name ON people(name);
CREATE TABLE organisations ({_ENTITY} name TEXT NOT NULL, kind TEXT NOT NULL, {_PLACE}
CREATE INDEX organisations_name ON organisations(name);
CREATE TABLE documents ({_ENTITY} number TEXT NOT NULL, type TEXT, date TEXT, issuer TEXT, {_PLACE}
CREATE INDEX documents_number ON documents(number);
CREATE TABLE figures ({_ENTITY} kind TEXT NOT NULL, value NOT NULL, text TEXT NOT NULL, {_PLACE}
CREATE INDEX figures_kind ON figures(kind, value);
CREATE TABLE health (
    portal TEXT PRIMARY KEY, state TEXT NOT NULL, is_red INTEGER NOT NULL, since TEXT NOT NULL,
    reason TEXT NOT NULL, checked TEXT NOT NULL, last_success TEXT, newest TEXT, usual_gap REAL
) WITHOUT ROWID;
"""

_TO_3 = f"""
CREATE INDEX articles_quality_flags ON articles(quality_flags) WHERE quality_flags <> '[]';
CREATE TABLE names (
    kind TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE INDEX names_folded ON names(folded);
CREATE TABLE name_words (
    word TEXT NOT NULL, magnitude INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (word, magnitude, kind, name)
) WITHOUT ROWID;
{COUNT_ALL}
"""

_TO_4 = """
CREATE VIRTUAL TABLE articles_fts_headlines USING fts5(
    headline, headline_folded,
    content="articles_search", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
);
INSERT INTO articles_fts_headlines (rowid, headline, headline_folded)
    SELECT id, exact_text(headline), unmarked_text(headline) FROM articles ORDER BY id;
"""

_TO_5 = "ALTER TABLE portals ADD COLUMN successor_portal TEXT;"

UPGRADES = (_TO_2, _TO_3, _TO_4, _TO_5)
