-- state.db of schema 1 (commit c6dd635), beside corpus-1.sql.
PRAGMA journal_mode = WAL;
BEGIN;
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
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;
CREATE UNIQUE INDEX pages_asset ON pages(portal, asset) WHERE asset IS NOT NULL;
CREATE INDEX pages_state ON pages(portal, state) WHERE state <> 'done';

CREATE TABLE sections (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    walked TEXT NOT NULL,            -- when its list was first followed to the end
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;

CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,  -- bytes
    url TEXT NOT NULL, status INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,        -- capture time, ISO 8601 with +07:00
    UNIQUE (file, offset)
);
PRAGMA application_id = 1414090310;
PRAGMA user_version = 1;
INSERT INTO pages (portal, url, kind, section, asset, headline, stamp, form, state, record, etag, last_modified, body_digest, tries, last_outcome, last_reason, first_seen, last_fetched) VALUES ('so_thu', 'http://so.example.vn/bai-1.html', 'article', 'Công tác Đảng', '1', 'Chi bộ số 1', '30/09/2025', NULL, 'done', 2, '"e1"', NULL, '00000000000000000000000000000001', 0, 'new', NULL, '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00');
INSERT INTO pages (portal, url, kind, section, asset, headline, stamp, form, state, record, etag, last_modified, body_digest, tries, last_outcome, last_reason, first_seen, last_fetched) VALUES ('so_thu', 'http://so.example.vn/bai-2.html', 'article', 'Công tác Đảng', '2', 'Chi bộ số 2', '30/09/2025', NULL, 'done', 3, '"e2"', NULL, '00000000000000000000000000000002', 0, 'new', NULL, '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00');
INSERT INTO pages (portal, url, kind, section, asset, headline, stamp, form, state, record, etag, last_modified, body_digest, tries, last_outcome, last_reason, first_seen, last_fetched) VALUES ('so_thu', 'http://so.example.vn/bai-3.html', 'article', 'Công tác Đảng', '3', 'Chi bộ số 3', '30/09/2025', NULL, 'queued', NULL, NULL, NULL, NULL, 1, 'timeout', 'no answer in time', '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00');
INSERT INTO pages (portal, url, kind, section, asset, headline, stamp, form, state, record, etag, last_modified, body_digest, tries, last_outcome, last_reason, first_seen, last_fetched) VALUES ('so_thu', 'http://so.example.vn/cong-tac-dang', 'list', 'Công tác Đảng', NULL, NULL, NULL, NULL, 'done', 1, '"e0"', NULL, '00000000000000000000000000000000', 0, 'listed', NULL, '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00');
INSERT INTO sections (portal, url, walked) VALUES ('so_thu', 'http://so.example.vn/cong-tac-dang', '2025-10-01T08:15:00+07:00');
INSERT INTO records (record, file, offset, length, url, status, fetched_at) VALUES (1, 'tinso-20251001011500000000-1-001.warc.gz', 0, 400, 'http://so.example.vn/cong-tac-dang', 200, '2025-10-01T08:15:00+07:00');
INSERT INTO records (record, file, offset, length, url, status, fetched_at) VALUES (2, 'tinso-20251001011500000000-1-001.warc.gz', 400, 400, 'http://so.example.vn/bai-1.html', 200, '2025-10-01T08:15:00+07:00');
INSERT INTO records (record, file, offset, length, url, status, fetched_at) VALUES (3, 'tinso-20251001011500000000-1-001.warc.gz', 800, 400, 'http://so.example.vn/bai-2.html', 200, '2025-10-01T08:15:00+07:00');
COMMIT;
