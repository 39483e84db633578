-- corpus.db of schema 1 (commit c6dd635), with what two crawls of a made-up portal stored.
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE portals (
    name TEXT PRIMARY KEY,            -- the spider's name
    province TEXT,                    -- as it was called when the portal published
    successor_province TEXT,          -- since 1 July 2025
    body TEXT,                        -- publishing body
    home TEXT,                        -- home address
    platform TEXT,                    -- content system
    state TEXT                        -- live, frozen, moved, dead
) WITHOUT ROWID;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,           -- days since 1970 << 24 | 24 bits of the identity's hash
    portal TEXT NOT NULL REFERENCES portals(name),
    asset TEXT NOT NULL,              -- the portal's own number for the article, else its canonical address
    url TEXT NOT NULL,                -- canonical address
    province TEXT,                    -- as published
    successor_province TEXT,          -- since 1 July 2025
    body TEXT,                        -- publishing body
    article_section TEXT,             -- section of the portal
    headline TEXT NOT NULL,
    description TEXT,                 -- lead (sapô)
    author TEXT,
    photographer TEXT,
    date_published TEXT,              -- ISO 8601 with +07:00, or a date where no time is printed
    date_published_raw TEXT,          -- as printed
    date_published_source TEXT,       -- where it was read
    year INTEGER,                     -- of publication
    date_modified TEXT,
    event_date TEXT,                  -- when the thing told of happened
    event_date_source TEXT,
    keywords TEXT,                    -- JSON array
    in_language TEXT,                 -- told from the letters
    word_count INTEGER,               -- syllables between spaces
    is_party INTEGER,                 -- 1 Party activity, 0 not, NULL not yet judged
    party_score REAL,                 -- 0 to 1; Party from 0.5
    party_reasons TEXT,               -- JSON array of Vietnamese phrases; some exactly where is_party is 1
    cluster INTEGER,
    duplicate_of INTEGER REFERENCES articles(id),
    revision INTEGER NOT NULL,        -- 1 = as first read
    first_seen TEXT NOT NULL,         -- capture time, ISO 8601 with +07:00
    last_seen TEXT NOT NULL,          -- capture time, ISO 8601 with +07:00
    layout TEXT,                      -- the layout that read the page
    extractor_version TEXT,
    quality_flags TEXT,               -- JSON array
    archive TEXT,                     -- JSON: WARC file and offset of the raw page
    text_digest TEXT NOT NULL,        -- of headline, lead, body, attachments
    UNIQUE (portal, asset)
);
CREATE INDEX articles_portal ON articles(portal);
CREATE INDEX articles_province ON articles(province);
CREATE INDEX articles_successor_province ON articles(successor_province);
CREATE INDEX articles_year ON articles(year);
CREATE INDEX articles_section ON articles(article_section);
CREATE INDEX articles_is_party ON articles(is_party);
CREATE INDEX articles_date_published ON articles(date_published);

CREATE TABLE article_text (
    id INTEGER PRIMARY KEY REFERENCES articles(id),
    article_body TEXT,                -- paragraphs, one a line
    body_html TEXT                    -- sanitised
);

CREATE TABLE activities (
    article INTEGER NOT NULL REFERENCES articles(id),
    kind TEXT NOT NULL,               -- a key of pipelines.activities.ACTIVITIES
    PRIMARY KEY (article, kind)
) WITHOUT ROWID;
CREATE INDEX activities_kind ON activities(kind);

CREATE TABLE images (
    article INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,        -- from 1, in reading order
    url TEXT NOT NULL, caption TEXT, credit TEXT,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE attachments (
    article INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,        -- from 1, in reading order
    url TEXT NOT NULL, name TEXT, media_type TEXT,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE sightings (
    article INTEGER NOT NULL REFERENCES articles(id),
    url TEXT NOT NULL,                -- an address at which the article was seen
    source TEXT NOT NULL,             -- how it was first seen there: crawl, list, page, archive
    section TEXT,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    PRIMARY KEY (article, url)
) WITHOUT ROWID;
CREATE INDEX sightings_url ON sightings(url);

CREATE TABLE revisions (
    article INTEGER NOT NULL REFERENCES articles(id),
    revision INTEGER NOT NULL,        -- the revision that this change made: 2, 3, …
    seen_at TEXT NOT NULL,            -- capture time of the new text
    headline TEXT, article_body TEXT, -- as they were before
    diff TEXT,                        -- unified diff of paragraphs, from before to after
    PRIMARY KEY (article, revision)
) WITHOUT ROWID;

CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL, finished TEXT, -- finished NULL: running, or killed
    source TEXT NOT NULL,             -- "live", or the archives replayed
    version TEXT NOT NULL             -- of tinso
);

CREATE TABLE outcomes (
    run INTEGER NOT NULL REFERENCES runs(run),
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,               -- list or article
    outcome TEXT NOT NULL,            -- how the URLs ended
    urls INTEGER NOT NULL,            -- how many
    PRIMARY KEY (run, portal, kind, outcome)
) WITHOUT ROWID;

CREATE VIEW articles_search AS
SELECT a.id AS id,
       a.headline AS headline,
       coalesce(a.description || char(10), '') || coalesce(t.article_body, '') AS body,
       a.headline AS headline_folded,
       coalesce(a.description || char(10), '') || coalesce(t.article_body, '') AS body_folded,
       coalesce(a.province, '') || ' ' || coalesce(a.successor_province, '') || ' ' || coalesce(a.body, '')
           || ' ' || coalesce(a.article_section, '') || ' ' || coalesce(a.author, '')
           || ' ' || coalesce(strftime('%d/%m/%Y', substr(a.date_published, 1, 10)), '') AS meta
FROM articles a JOIN article_text t ON t.id = a.id;

CREATE VIRTUAL TABLE articles_fts USING fts5(
    headline, body, headline_folded, body_folded, meta,
    content="articles_search", content_rowid="id", tokenize="unicode61 remove_diacritics 0"
);
PRAGMA application_id = 1414090323;
PRAGMA user_version = 1;
INSERT INTO portals (name, province, successor_province, body, home, platform, state) VALUES ('so_thu', 'Hà Nội', 'Hà Nội', 'Sở Thử nghiệm', 'http://so.example.vn/', 'liferay', 'live');
INSERT INTO articles (id, portal, asset, url, province, successor_province, body, article_section, headline, description, author, photographer, date_published, date_published_raw, date_published_source, year, date_modified, event_date, event_date_source, keywords, in_language, word_count, is_party, party_score, party_reasons, cluster, duplicate_of, revision, first_seen, last_seen, layout, extractor_version, quality_flags, archive, text_digest) VALUES (341610107729, 'so_thu', '1', 'http://so.example.vn/bai-1.html', 'Hà Nội', 'Hà Nội', 'Sở Thử nghiệm', 'Công tác Đảng', 'Chi bộ số 1 họp bàn việc quý tới', 'Sáng nay, chi bộ họp thường kỳ.', NULL, NULL, '2025-09-30', '30/09/2025', 'layout:thu', 2025, NULL, NULL, NULL, '[]', 'vi', 35, 1, 0.995, '["nhắc “Chi bộ” ở tiêu đề", "nhắc “chi bộ” ở đoạn mở đầu", "nhắc “Đảng viên” ở đoạn mở đầu", "nhắc “Bí thư chi bộ” ở đoạn mở đầu", "nhắc “Công tác Đảng” ở tên chuyên mục"]', NULL, NULL, 2, '2025-10-01T08:15:00+07:00', '2025-10-04T08:15:00+07:00', 'thu', '1', '[]', '{"file": "tinso-20251001011500000000-1-001.warc.gz", "offset": 400}', '54a9797938de4ea6e182ed854749c110');
INSERT INTO articles (id, portal, asset, url, province, successor_province, body, article_section, headline, description, author, photographer, date_published, date_published_raw, date_published_source, year, date_modified, event_date, event_date_source, keywords, in_language, word_count, is_party, party_score, party_reasons, cluster, duplicate_of, revision, first_seen, last_seen, layout, extractor_version, quality_flags, archive, text_digest) VALUES (341613338092, 'so_thu', '2', 'http://so.example.vn/bai-2.html', 'Hà Nội', 'Hà Nội', 'Sở Thử nghiệm', 'Công tác Đảng', 'Chi bộ số 2 họp bàn việc quý tới', 'Sáng nay, chi bộ họp thường kỳ.', NULL, NULL, '2025-09-30', '30/09/2025', 'layout:thu', 2025, NULL, NULL, NULL, '[]', 'vi', 28, 1, 0.995, '["nhắc “Chi bộ” ở tiêu đề", "nhắc “chi bộ” ở đoạn mở đầu", "nhắc “Đảng viên” ở đoạn mở đầu", "nhắc “Bí thư chi bộ” ở đoạn mở đầu", "nhắc “Công tác Đảng” ở tên chuyên mục"]', NULL, NULL, 1, '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00', 'thu', '1', '[]', '{"file": "tinso-20251001011500000000-1-001.warc.gz", "offset": 800}', 'ab27017f3ef41cef1fc8abac2ed44ad9');
INSERT INTO article_text (id, article_body, body_html) VALUES (341610107729, 'Đảng viên trong chi bộ đã thảo luận kế hoạch công tác quý IV.
Bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.
Cuộc họp kết thúc lúc 11 giờ.', NULL);
INSERT INTO article_text (id, article_body, body_html) VALUES (341613338092, 'Đảng viên trong chi bộ đã thảo luận kế hoạch công tác năm 2026.
Bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.', NULL);
INSERT INTO sightings (article, url, source, section, first_seen, last_seen) VALUES (341610107729, 'http://so.example.vn/bai-1.html', 'crawl', 'Công tác Đảng', '2025-10-01T08:15:00+07:00', '2025-10-04T08:15:00+07:00');
INSERT INTO sightings (article, url, source, section, first_seen, last_seen) VALUES (341610107729, 'http://so.example.vn/in/bai-1.html', 'list', 'Công tác Đảng', '2025-10-04T08:15:00+07:00', '2025-10-04T08:15:00+07:00');
INSERT INTO sightings (article, url, source, section, first_seen, last_seen) VALUES (341613338092, 'http://so.example.vn/bai-2.html', 'crawl', 'Công tác Đảng', '2025-10-01T08:15:00+07:00', '2025-10-01T08:15:00+07:00');
INSERT INTO revisions (article, revision, seen_at, headline, article_body, diff) VALUES (341610107729, 2, '2025-10-04T08:15:00+07:00', 'Chi bộ số 1 họp bàn việc quý tới', 'Đảng viên trong chi bộ đã thảo luận kế hoạch công tác quý IV.
Bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.', '--- before
+++ after
@@ -3 +3,2 @@
 Bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.
+Cuộc họp kết thúc lúc 11 giờ.');
INSERT INTO runs (run, started, finished, source, version) VALUES (1, '2025-10-01T08:15:00+07:00', '2025-10-04T08:15:00+07:00', 'live', '0.1.0');
INSERT INTO outcomes (run, portal, kind, outcome, urls) VALUES (1, 'so_thu', 'article', 'new', 2);
INSERT INTO outcomes (run, portal, kind, outcome, urls) VALUES (1, 'so_thu', 'list', 'listed', 1);
INSERT INTO articles_fts(rowid, headline, body, headline_folded, body_folded, meta) VALUES (341610107729, 'chi bộ số 1 họp bàn việc quý tới', 'sáng nay, chi bộ họp thường kỳ.
đảng viên trong chi bộ đã thảo luận kế hoạch công tác quý iv.
bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.
cuộc họp kết thúc lúc 11 giờ.', 'chi bo so 1 hop ban viec quy toi', 'sang nay, chi bo hop thuong ky.
dang vien trong chi bo da thao luan ke hoach cong tac quy iv.
bi thu chi bo ket luan cuoc hop va giao viec cho tung nguoi.
cuoc hop ket thuc luc 11 gio.', 'hà nội hà nội sở thử nghiệm công tác đảng  30/09/2025 ha noi ha noi so thu nghiem cong tac dang  30/09/2025');
INSERT INTO articles_fts(rowid, headline, body, headline_folded, body_folded, meta) VALUES (341613338092, 'chi bộ số 2 họp bàn việc quý tới', 'sáng nay, chi bộ họp thường kỳ.
đảng viên trong chi bộ đã thảo luận kế hoạch công tác năm 2026.
bí thư chi bộ kết luận cuộc họp và giao việc cho từng người.', 'chi bo so 2 hop ban viec quy toi', 'sang nay, chi bo hop thuong ky.
dang vien trong chi bo da thao luan ke hoach cong tac nam 2026.
bi thu chi bo ket luan cuoc hop va giao viec cho tung nguoi.', 'hà nội hà nội sở thử nghiệm công tác đảng  30/09/2025 ha noi ha noi so thu nghiem cong tac dang  30/09/2025');
COMMIT;
