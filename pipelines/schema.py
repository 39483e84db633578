"""The corpus.db schema, version by version, and how its full-text index is kept.

Every column's meaning stands in its comment. The index has exact and folded columns over one view of the
original text, so that `highlight()` and `snippet()` give original text back (design §7).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.database import identity
from pipelines.exceptions import NoCorpus, NotACorpus, OtherVersion
from pipelines.names import add_functions
from pipelines.text import exact, unmark
from pipelines.upgrades import UPGRADES

APPLICATION_ID = 0x54494E53  # "TINS": what `file` and we recognise the database by
VERSION = 1 + len(UPGRADES)

SCHEMA = """
CREATE TABLE portals (                -- a portal that was crawled, or whose articles were imported
    name TEXT PRIMARY KEY,            -- as in 'tinso portals'; of an imported article without one, the host
    province TEXT,                    -- as it was called when the portal published
    successor_province TEXT,          -- since 1 July 2025
    body TEXT,                        -- publishing body
    home TEXT,                        -- home address
    platform TEXT,                    -- content system
    state TEXT,                       -- live, frozen, moved, dead
    successor_portal TEXT             -- name of the portal that took over
) WITHOUT ROWID;

CREATE TABLE articles (               -- an article as its portal shows it now
    id INTEGER PRIMARY KEY,           -- days since 1970 << 24 | 24 bits of the identity's hash
    portal TEXT NOT NULL REFERENCES portals(name), -- that published it
    asset TEXT NOT NULL,              -- the portal's own number for it, else what its addresses share
    url TEXT NOT NULL,                -- canonical address
    province TEXT,                    -- as published
    successor_province TEXT,          -- since 1 July 2025
    body TEXT,                        -- publishing body
    article_section TEXT,             -- section of the portal
    headline TEXT NOT NULL,           -- as published
    description TEXT,                 -- lead (sapô)
    author TEXT,                      -- names or a unit, as printed; never an account of the CMS
    photographer TEXT,                -- as printed
    date_published TEXT,              -- ISO 8601 with +07:00, or a date where no time is printed
    date_published_raw TEXT,          -- as printed
    date_published_source TEXT,       -- where it was read: layout:<name>, meta, json-ld, list, url, text
    year INTEGER,                     -- of publication
    date_modified TEXT,               -- as the page says, ISO 8601
    event_date TEXT,                  -- when the thing told of happened: a day, or a month
    event_date_source TEXT,           -- what it was inferred from
    keywords TEXT,                    -- JSON array, as the page names them
    in_language TEXT,                 -- vi, or NULL: told from the letters
    word_count INTEGER,               -- of the body, in syllables (what stands between spaces)
    is_party INTEGER,                 -- 1 Party activity, 0 not, NULL not yet judged
    party_score REAL,                 -- 0 to 1; Party from 0.5
    party_reasons TEXT,               -- JSON array of Vietnamese phrases; some exactly where is_party is 1
    cluster INTEGER,                  -- one number for all printings of a text; NULL: this is the only one
    duplicate_of INTEGER REFERENCES articles(id), -- the earliest of its cluster, NULL for that one itself
    revision INTEGER NOT NULL,        -- 1 = as first read
    first_seen TEXT NOT NULL,         -- capture time, ISO 8601 with +07:00
    last_seen TEXT NOT NULL,          -- capture time, ISO 8601 with +07:00
    layout TEXT,                      -- the layout that read the page
    extractor_version TEXT,           -- of the code that read the page
    quality_flags TEXT,               -- JSON array: no_date, attachment_only, encoding_repaired, …
    archive TEXT,                     -- JSON: WARC file and offset (bytes) of the raw page; NULL: imported
    text_digest TEXT NOT NULL,        -- of headline, lead, body, attachments' addresses: 32 hex digits
    UNIQUE (portal, asset)
);
CREATE INDEX articles_portal ON articles(portal);
CREATE INDEX articles_province ON articles(province);
CREATE INDEX articles_successor_province ON articles(successor_province);
CREATE INDEX articles_year ON articles(year);
CREATE INDEX articles_section ON articles(article_section);
CREATE INDEX articles_is_party ON articles(is_party);
CREATE INDEX articles_date_published ON articles(date_published);
CREATE INDEX articles_text_digest ON articles(text_digest);
CREATE INDEX articles_cluster ON articles(cluster) WHERE cluster IS NOT NULL;
CREATE INDEX articles_duplicate_of ON articles(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_quality_flags ON articles(quality_flags) WHERE quality_flags <> '[]';

CREATE TABLE article_text (           -- the long texts, apart so that facets read few pages
    id INTEGER PRIMARY KEY REFERENCES articles(id), -- the article's
    article_body TEXT,                -- paragraphs, one a line
    body_html TEXT                    -- the body with its markup, sanitised
);

CREATE TABLE activities (             -- a kind of Party activity of an article
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    kind TEXT NOT NULL,               -- a key of pipelines.activities.ACTIVITIES
    PRIMARY KEY (article, kind)
) WITHOUT ROWID;
CREATE INDEX activities_kind ON activities(kind);

CREATE TABLE images (                 -- a picture of an article
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, in reading order
    url TEXT NOT NULL,                -- absolute address
    caption TEXT,                     -- as printed beneath it
    credit TEXT,                      -- who took it
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE attachments (            -- a file that an article offers
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, in reading order
    url TEXT NOT NULL,                -- absolute address
    name TEXT,                        -- as the link is called
    media_type TEXT,                  -- told from the ending: application/pdf
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE links (                  -- two printings of one thing; each pair in both directions
    article INTEGER NOT NULL REFERENCES articles(id), -- of a text printed often, the earliest stands for it
    other INTEGER NOT NULL REFERENCES articles(id), -- the other printing
    kind TEXT NOT NULL,               -- same_text, repost, excerpt, rewrite
    similarity REAL NOT NULL,         -- share of the shorter's runs of five words that the longer has, 0 to 1
    is_duplicate INTEGER NOT NULL,    -- 1 printings of one text, in one cluster; 0 related only
    PRIMARY KEY (article, other)
) WITHOUT ROWID;

CREATE TABLE marks (                  -- how far what is kept beside the articles has come
    stage TEXT PRIMARY KEY,           -- duplicates (a file beside corpus.db), names (the table)
    mark TEXT NOT NULL                -- the last batch, as duplicates.db has it too; 'behind': names is
) WITHOUT ROWID;

CREATE TABLE names (                  -- a name that articles hold, counted at a run's end
    kind TEXT NOT NULL,               -- person, organisation, document, province, activity
    name TEXT NOT NULL,               -- as in people, organisations, documents, articles, activities
    folded TEXT NOT NULL,             -- its words without marks, in lower case: 05 ct tw
    articles INTEGER NOT NULL,        -- that hold it
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE INDEX names_folded ON names(folded);

CREATE TABLE name_words (             -- a word by which a name is found
    word TEXT NOT NULL,               -- folded; of a document's type too, and of an activity's label
    magnitude INTEGER NOT NULL,       -- binary digits of the number of articles that hold the name
    kind TEXT NOT NULL,               -- as in names
    name TEXT NOT NULL,               -- as in names
    PRIMARY KEY (word, magnitude, kind, name)
) WITHOUT ROWID;

CREATE TABLE people (                 -- a person whom an article names
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, the body's first, in reading order
    name TEXT NOT NULL,               -- as written, without titles; NGUYỄN VĂN AN as Nguyễn Văn An
    office TEXT,                      -- office or offices as written beside the name, the longest statement
    body TEXT,                        -- the last body that the office names, as written
    start INTEGER NOT NULL,           -- of the name where it stands first: characters from 0
    "end" INTEGER NOT NULL,           -- the character behind it
    field TEXT NOT NULL,              -- where that is: article_body, else description or headline
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX people_name ON people(name);

CREATE TABLE organisations (          -- a body of the Party, the state or the masses, named in an article
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, the body's first, in reading order
    name TEXT NOT NULL,               -- as written, the longest name that stands at its place
    kind TEXT NOT NULL,               -- party, state or mass (organisation)
    start INTEGER NOT NULL,           -- of the name where it stands first: characters from 0
    "end" INTEGER NOT NULL,           -- the character behind it
    field TEXT NOT NULL,              -- where that is: article_body, else description or headline
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX organisations_name ON organisations(name);

CREATE TABLE documents (              -- a document that an article cites by its number
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, the body's first, in reading order
    number TEXT NOT NULL,             -- upper case, no blanks, two digits or more: 05-CT/TW
    type TEXT,                        -- as written, with one capital, else what the number's signs mean
    date TEXT,                        -- of the document, ISO 8601
    issuer TEXT,                      -- as written
    start INTEGER NOT NULL,           -- of the first citation: characters from 0
    "end" INTEGER NOT NULL,           -- the character behind it
    field TEXT NOT NULL,              -- where that is: article_body, else description or headline
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX documents_number ON documents(number);

CREATE TABLE figures (                -- a number that tells of Party life
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, the body's first, kind by kind
    kind TEXT NOT NULL,               -- congress (which), term (of office), members, admissions, cells
    value NOT NULL,                   -- a number: which congress, how many; of a term 2020-2025
    text TEXT NOT NULL,               -- as written
    start INTEGER NOT NULL,           -- of that text: characters from 0
    "end" INTEGER NOT NULL,           -- the character behind it
    field TEXT NOT NULL,              -- where that is: article_body, else description or headline
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX figures_kind ON figures(kind, value);

CREATE TABLE sightings (              -- an address at which an article was seen
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    url TEXT NOT NULL,                -- an address at which the article was seen
    source TEXT NOT NULL,             -- how it was first seen there: crawl, list, page, archive, import
    section TEXT,                     -- whose list or page it was
    first_seen TEXT NOT NULL,         -- capture time, ISO 8601 with +07:00
    last_seen TEXT NOT NULL,          -- capture time, ISO 8601 with +07:00
    PRIMARY KEY (article, url)
) WITHOUT ROWID;
CREATE INDEX sightings_url ON sightings(url);

CREATE TABLE revisions (              -- a change of an article's text: what it was before
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    revision INTEGER NOT NULL,        -- the revision that this change made: 2, 3, …
    seen_at TEXT NOT NULL,            -- capture time of the new text
    headline TEXT,                    -- as it was before
    description TEXT,                 -- as it was before
    article_body TEXT,                -- as it was before
    diff TEXT,                        -- unified diff of headline, lead, paragraphs, attachments' addresses
    PRIMARY KEY (article, revision)
) WITHOUT ROWID;

CREATE TABLE runs (                   -- a crawl, a rebuild or an import
    run INTEGER PRIMARY KEY,          -- from 1, in order of time
    started TEXT NOT NULL,            -- ISO 8601 with +07:00
    finished TEXT,                    -- ISO 8601 with +07:00; NULL: running, or killed
    source TEXT NOT NULL,             -- live, the archives replayed, import: <files>, reprocess
    version TEXT NOT NULL             -- of tinso
);

CREATE TABLE outcomes (               -- how many URLs of a portal ended how in a run
    run INTEGER NOT NULL REFERENCES runs(run), -- in which
    portal TEXT NOT NULL,             -- whose; of an import's unusable lines, the file
    kind TEXT NOT NULL,               -- list or article
    outcome TEXT NOT NULL,            -- a value of pipelines.outcomes.Outcome
    urls INTEGER NOT NULL,            -- how many
    PRIMARY KEY (run, portal, kind, outcome)
) WITHOUT ROWID;

CREATE TABLE health (                 -- how each portal did when last judged; under the name tinso, we
    portal TEXT PRIMARY KEY,          -- the portal's name
    state TEXT NOT NULL,              -- ok, quiet, degraded, challenged, unreachable, moved, dead
    is_red INTEGER NOT NULL,          -- 1: a person should look
    since TEXT NOT NULL,              -- when it began
    reason TEXT NOT NULL,             -- in Vietnamese
    checked TEXT NOT NULL,            -- when it was judged
    last_success TEXT,                -- when a list of the portal was last read
    newest TEXT,                      -- day of its newest article
    usual_gap REAL                    -- days between articles that 9 gaps of 10 do not exceed
) WITHOUT ROWID;

CREATE VIEW articles_search AS          -- what the full-text index is about, in the words as published
SELECT a.id AS id,                      -- the article's
       a.headline AS headline,          -- searched where marks were typed
       coalesce(a.description || char(10), '') || coalesce(t.article_body, '') AS body, -- lead and body
       a.headline AS headline_folded,   -- searched where none were typed
       coalesce(a.description || char(10), '') || coalesce(t.article_body, '') AS body_folded, -- likewise
       coalesce(a.province, '') || ' ' || coalesce(a.successor_province, '') || ' ' || coalesce(a.body, '')
           || ' ' || coalesce(a.article_section, '') || ' ' || coalesce(a.author, '')
           || ' ' || coalesce(strftime('%d/%m/%Y', substr(a.date_published, 1, 10)), '')
           AS meta                      -- places, publishing body, section, author, day
FROM articles a JOIN article_text t ON t.id = a.id;

CREATE VIRTUAL TABLE articles_fts USING fts5( -- the full-text index (FTS5); its rowid is the article's id
    headline, body, headline_folded, body_folded, meta,
    content="articles_search", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
);

CREATE VIRTUAL TABLE articles_fts_headlines USING fts5( -- the same of headlines alone: soon looked through
    headline, headline_folded,
    content="articles_search", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
);
"""

Words = tuple[str, str]  # headline; lead and body
_Row = tuple[int, str, str, str, str, str]  # the article, and what the larger index has of it
_NONE: Mapping[int, Words] = {}
_AT_ONCE = 500  # articles whose words are in memory while all are indexed
# The full-text indexes with their columns, and where in an article's words these stand.
_INDEXES = {
    "articles_fts": ("headline, body, headline_folded, body_folded, meta", (0, 1, 2, 3, 4)),
    "articles_fts_headlines": ("headline, headline_folded", (0, 2)),
}


def open_corpus(path: Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection to corpus.db in WAL mode, made first if `create` and it is absent.

    One of an older version is brought up to date first, for a reader too.

    Raises:
        NoCorpus: there is no such file; nothing has been crawled into this directory yet.
        NotACorpus: the file is no corpus of ours.
        OtherVersion: it was written by a newer version of tinso, or is older and may not be written.
        sqlite3.OperationalError: the file or its directory cannot be written or read.
    """
    if not create and not path.is_file():
        raise NoCorpus(f"{path}: no corpus here yet; run 'tinso crawl' with this data directory first")
    if read_only:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    else:
        connection = sqlite3.connect(path)
    try:
        _check(connection, path, make=create, may_write=not read_only)
    except OtherVersion:
        connection.close()
        if not read_only or not os.access(path, os.W_OK):
            raise
        open_corpus(path).close()  # brings an older one up to date
        return open_corpus(path, read_only=True)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise NotACorpus(
            f"{path}: not a corpus ({error}); move it away or name another data directory"
        ) from error
    except Exception:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path, *, make: bool, may_write: bool) -> None:
    add_functions(connection)  # of which upgrades make use
    connection.create_function("exact_text", 1, exact, deterministic=True)
    connection.create_function("unmarked_text", 1, lambda text: unmark(exact(text)), deterministic=True)
    application, version = identity(
        connection,
        application=APPLICATION_ID,
        version=VERSION,
        schema=SCHEMA,
        make=make,
        steps=UPGRADES if may_write else (),
    )
    if application != APPLICATION_ID:
        raise NotACorpus(f"{path}: not a tinso corpus; move it away or name another data directory")
    if version != VERSION:
        remedy = (
            "use that version, or rebuild the corpus from its archive"
            if version > VERSION
            else "run any command of this version as a user who may write the file"
        )
        versions = f"(schema {version}, this one reads {VERSION})"
        raise OtherVersion(f"{path}: written by another version of tinso {versions}; {remedy}")


def exact_words(headline: str, description: str | None, article_body: str | None) -> Words:
    """Return what the index holds of an article's texts, in the form in which marks count."""
    lead = "" if description is None else f"{exact(description)}\n"  # as `articles_search` puts them together
    return exact(headline), lead + exact(article_body or "")


def index(connection: sqlite3.Connection, ids: Iterable[int], words: Mapping[int, Words] = _NONE) -> None:
    """Put the articles into the full-text index. They must not be in it.

    `words` are what `exact_words` gives of them, where that is known.
    """
    _write(connection, "rowid, {}", "?, {}", [*_rows(connection, ids, words)])


def unindex(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take the articles out of the full-text index, before their text is changed.

    An external-content index needs the very words that were indexed; they follow from the text in the tables.
    """
    _write(connection, "{index}, rowid, {}", "'delete', ?, {}", [*_rows(connection, ids, _NONE)])


def _write(connection: sqlite3.Connection, columns: str, values: str, rows: list[_Row]) -> None:
    for name, (words, places) in _INDEXES.items():
        connection.executemany(
            f"INSERT INTO {name} ({columns.format(words, index=name)}) "
            f"VALUES ({values.format(', '.join('?' * len(places)))})",
            [(article, *(texts[place] for place in places)) for article, *texts in rows],
        )


def reindex(connection: sqlite3.Connection) -> int:
    """Make the full-text index anew from the tables; return the number of articles.

    FTS5's own `rebuild` would index the view's text unfolded.
    """
    with connection:
        for name in _INDEXES:
            connection.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
        ids = [row[0] for row in connection.execute("SELECT id FROM articles_search ORDER BY id")]
        for start in range(0, len(ids), _AT_ONCE):
            index(connection, ids[start : start + _AT_ONCE])
    return len(ids)


def _rows(connection: sqlite3.Connection, ids: Iterable[int], words: Mapping[int, Words]) -> Iterator[_Row]:
    # FTS5 writes out what it has gathered wherever a key is smaller than the last: in their order articles
    # take a third less time.
    for article in sorted(ids):
        known: Sequence[str] = words.get(article, ())
        columns = "meta" if known else "headline, body, meta"
        row = connection.execute(f"SELECT {columns} FROM articles_search WHERE id = ?", (article,)).fetchone()
        headline, body, meta = (*known, *map(exact, row))
        yield article, headline, body, unmark(headline), unmark(body), f"{meta} {unmark(meta)}"
