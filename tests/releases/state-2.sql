-- state.db of schema 2 (commit e977fde): two runs were killed after the first article.
PRAGMA journal_mode = WAL;
BEGIN TRANSACTION;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    not_before TEXT NOT NULL         -- until when it asked to be left alone (Retry-After)
) WITHOUT ROWID;
CREATE TABLE pages (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,              -- list or article
    section TEXT,
    asset TEXT,                      -- the portal's own number for the article, where the address tells it
    headline TEXT, stamp TEXT,       -- as the list printed them
    form TEXT,                       -- body of a POST; NULL for a GET
    state TEXT NOT NULL,             -- queued: to be fetched; fetched: archived, to be read; done
    record INTEGER,                  -- the last archived response
    etag TEXT, last_modified TEXT,
    body_digest TEXT,
    tries INTEGER NOT NULL DEFAULT 0, -- failures since the last success
    last_outcome TEXT, last_reason TEXT,
    first_seen TEXT NOT NULL, last_fetched TEXT,
    born TEXT,                       -- when it was published, else first seen; NULL: not to be read again
    next_fetch_at TEXT,              -- queued: not before; done: to be read again; NULL: at once, or never
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;
INSERT INTO "pages" VALUES('so_thu','http://so.example.vn/bai-1.html','article','Công tác Đảng','1','Chi bộ họp','04/05/2023',NULL,'done',1,NULL,NULL,NULL,0,'new',NULL,'2023-05-04T08:15:00+07:00','2023-05-04T08:15:00+07:00','2023-05-04T08:15:00+07:00','2023-05-05T08:15:00+07:00');
INSERT INTO "pages" VALUES('so_thu','http://so.example.vn/cong-tac-dang','list','Công tác Đảng',NULL,NULL,NULL,NULL,'done',NULL,NULL,NULL,NULL,0,'listed',NULL,'2023-05-04T08:15:00+07:00','2023-05-04T08:15:00+07:00',NULL,NULL);
CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,  -- bytes
    url TEXT NOT NULL, status INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,        -- capture time, ISO 8601 with +07:00
    digest TEXT,                     -- WARC-Payload-Digest
    original INTEGER,                -- of a revisit: the record that holds the page
    portal TEXT,                     -- that asked; '' for what is no page (robots.txt), NULL where not known
    page TEXT,                       -- the page that was asked for (pages.url); a redirect led on from there
    UNIQUE (file, offset)
);
INSERT INTO "records" VALUES(1,'a.warc.gz',500,100,'http://so.example.vn/bai-1.html',200,'2023-05-04T08:15:00+07:00','sha1:AAAA',NULL,'so_thu','http://so.example.vn/bai-1.html');
INSERT INTO "records" VALUES(2,'a.warc.gz',600,100,'http://so.example.vn/bai-2.html',200,'2023-05-05T08:15:00+07:00','sha1:BBBB',NULL,NULL,NULL);
CREATE TABLE rhythms (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,               -- of a section's list; of a countable section its address with {}
    visited TEXT,                    -- when it was last had
    articles REAL, days REAL,        -- so many new articles in so many days, see crawler/rhythm.py
    failures INTEGER NOT NULL,       -- since it was last had
    next_fetch_at TEXT NOT NULL,
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;
CREATE TABLE sections (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    walked TEXT NOT NULL,            -- when its list was first followed to the end
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;
CREATE TABLE surveys (               -- what was found of portals that declare no sections
    portal TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    sections TEXT NOT NULL,          -- JSON: name → address
    article_path TEXT                -- pattern of the articles' addresses
) WITHOUT ROWID;
CREATE UNIQUE INDEX pages_asset ON pages(portal, asset) WHERE asset IS NOT NULL;
CREATE INDEX pages_state ON pages(portal, state) WHERE state <> 'done';
CREATE INDEX pages_due ON pages(portal, next_fetch_at) WHERE next_fetch_at IS NOT NULL;
PRAGMA application_id = 1414090310;
PRAGMA user_version = 2;
COMMIT;
