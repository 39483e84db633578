-- corpus.db of schema 2 (commit e977fde), with what a crawl of two made-up portals stored.
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE portals (                -- a portal that was crawled, or whose articles were imported
    name TEXT PRIMARY KEY,            -- as in 'tinso portals'; of an imported article without one, the host
    province TEXT,                    -- as it was called when the portal published
    successor_province TEXT,          -- since 1 July 2025
    body TEXT,                        -- publishing body
    home TEXT,                        -- home address
    platform TEXT,                    -- content system
    state TEXT                        -- live, frozen, moved, dead
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
CREATE TABLE marks (                  -- of the last batch of stages that keep a file of their own
    stage TEXT PRIMARY KEY,           -- a stage that keeps a file of its own beside corpus.db: duplicates
    mark TEXT NOT NULL                -- of the last batch; the file has the same where it knows that batch
) WITHOUT ROWID;
CREATE TABLE people (                 -- a person whom an article names
    article INTEGER NOT NULL REFERENCES articles(id), -- whose
    position INTEGER NOT NULL,        -- from 1, the body's first, in reading order
    name TEXT NOT NULL,               -- as written, without titles
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
    number TEXT NOT NULL,             -- upper case, without blanks: 05-CT/TW
    type TEXT,                        -- as written, else what the number's signs mean
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
INSERT INTO portals ("name", "province", "successor_province", "body", "home", "platform", "state") VALUES ('bac_son_stttt', 'Bắc Sơn', 'Lạng Sơn', 'Sở Thông tin và Truyền thông', 'http://stttt.bacson.example/', NULL, 'live');
INSERT INTO portals ("name", "province", "successor_province", "body", "home", "platform", "state") VALUES ('thuan_hai_noi_vu', 'Thuận Hải', 'Khánh Hòa', 'Sở Nội vụ', 'http://snv.thuanhai.example/', NULL, 'live');
INSERT INTO articles ("id", "portal", "asset", "url", "province", "successor_province", "body", "article_section", "headline", "description", "author", "photographer", "date_published", "date_published_raw", "date_published_source", "year", "date_modified", "event_date", "event_date_source", "keywords", "in_language", "word_count", "is_party", "party_score", "party_reasons", "cluster", "duplicate_of", "revision", "first_seen", "last_seen", "layout", "extractor_version", "quality_flags", "archive", "text_digest") VALUES (269638294071, 'thuan_hai_noi_vu', '0', 'http://snv.thuanhai.example/tin-tuc/bai-0.html', 'Thuận Hải', 'Khánh Hòa', 'Sở Nội vụ', 'Hoạt động Đảng, Đoàn thể', 'Đại hội Chi bộ Văn phòng Sở nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'Sáng nay, Chi bộ Văn phòng Sở long trọng tổ chức Đại hội, bầu cấp ủy mới gồm 7 đồng chí với số phiếu tập trung.', NULL, 'Minh Đức', '2014-01-01T06:00:00+07:00', '2014-01-01T06:00:00+07:00', 'layout:list', 2014, NULL, NULL, NULL, '[]', 'vi', 131, 1, 1.0, '["nhắc “Chi bộ” ở đoạn mở đầu", "nhắc “Đại hội Chi bộ” ở tiêu đề", "nhắc “Báo cáo chính trị trình Đại hội” ở đoạn mở đầu", "nhắc “toàn thể đảng viên” ở đoạn mở đầu", "nhắc “sinh hoạt chuyên đề” trong bài", "nhắc “toàn thể đảng viên” trong bài"]', 269638294071, NULL, 1, '2025-10-01T05:10:00+07:00', '2025-10-01T05:10:00+07:00', 'bản tin', '1', '["headline_from_list"]', '{"file": "2025.warc.gz", "offset": 0}', '1e41efe4dd32d66db62bc97cf3045b4c');
INSERT INTO articles ("id", "portal", "asset", "url", "province", "successor_province", "body", "article_section", "headline", "description", "author", "photographer", "date_published", "date_published_raw", "date_published_source", "year", "date_modified", "event_date", "event_date_source", "keywords", "in_language", "word_count", "is_party", "party_score", "party_reasons", "cluster", "duplicate_of", "revision", "first_seen", "last_seen", "layout", "extractor_version", "quality_flags", "archive", "text_digest") VALUES (269639185893, 'bac_son_stttt', '900', 'http://stttt.bacson.example/tin-tuc/dang-lai.html', 'Thuận Hải', 'Khánh Hòa', 'Sở Nội vụ', 'Hoạt động Đảng, Đoàn thể', 'Đại hội Chi bộ Văn phòng Sở nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'Sáng nay, Chi bộ Văn phòng Sở long trọng tổ chức Đại hội, bầu cấp ủy mới gồm 7 đồng chí với số phiếu tập trung.', NULL, 'Minh Đức', '2014-01-01T06:00:00+07:00', '2014-01-01T06:00:00+07:00', 'layout:list', 2014, NULL, NULL, NULL, '[]', 'vi', 131, 1, 1.0, '["nhắc “Chi bộ” ở đoạn mở đầu", "nhắc “Đại hội Chi bộ” ở tiêu đề", "nhắc “Báo cáo chính trị trình Đại hội” ở đoạn mở đầu", "nhắc “toàn thể đảng viên” ở đoạn mở đầu", "nhắc “sinh hoạt chuyên đề” trong bài", "nhắc “toàn thể đảng viên” trong bài"]', 269638294071, 269638294071, 1, '2025-10-01T05:12:00+07:00', '2025-10-01T05:12:00+07:00', 'bản tin', '1', '[]', '{"file": "2025.warc.gz", "offset": 0}', '1e41efe4dd32d66db62bc97cf3045b4c');
INSERT INTO articles ("id", "portal", "asset", "url", "province", "successor_province", "body", "article_section", "headline", "description", "author", "photographer", "date_published", "date_published_raw", "date_published_source", "year", "date_modified", "event_date", "event_date_source", "keywords", "in_language", "word_count", "is_party", "party_score", "party_reasons", "cluster", "duplicate_of", "revision", "first_seen", "last_seen", "layout", "extractor_version", "quality_flags", "archive", "text_digest") VALUES (269836035065, 'thuan_hai_noi_vu', '12', 'http://snv.thuanhai.example/tin-tuc/bai-12.html', 'Thuận Hải', 'Khánh Hòa', 'Sở Nội vụ', 'Hoạt động Đảng, Đoàn thể', 'Đại hội Chi bộ Trung tâm Công nghệ nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'Sáng nay, Chi bộ Trung tâm Công nghệ long trọng tổ chức Đại hội, bầu cấp ủy mới gồm 19 đồng chí với số phiếu tập trung.', NULL, NULL, '2014-01-13T06:12:00+07:00', '2014-01-13T06:12:00+07:00', 'layout:list', 2014, NULL, NULL, NULL, '[]', 'vi', 137, 1, 1.0, '["nhắc “Đại hội Chi bộ” ở tiêu đề", "nhắc “Chi bộ” ở đoạn mở đầu", "nhắc “Báo cáo chính trị trình Đại hội” ở đoạn mở đầu", "nhắc “toàn thể đảng viên” ở đoạn mở đầu", "nhắc “sinh hoạt chuyên đề” trong bài", "nhắc “toàn thể đảng viên” trong bài"]', NULL, NULL, 2, '2025-10-01T05:11:00+07:00', '2025-10-03T06:30:00+07:00', 'bản tin', '1', '[]', '{"file": "2025.warc.gz", "offset": 12}', '80f92eb53d67a0b6616dd451d7ede8a8');
INSERT INTO article_text ("id", "article_body", "body_html") VALUES (269638294071, 'Dự và chỉ đạo Đại hội có đồng chí Lê Thanh Bình, Phó Bí thư Đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại Chi bộ.
Báo cáo chính trị trình Đại hội nêu rõ: trong nhiệm kỳ qua, 7/7 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
Phát biểu tại Đại hội, đồng chí Lê Thanh Bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.', NULL);
INSERT INTO article_text ("id", "article_body", "body_html") VALUES (269639185893, 'Dự và chỉ đạo Đại hội có đồng chí Lê Thanh Bình, Phó Bí thư Đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại Chi bộ.
Báo cáo chính trị trình Đại hội nêu rõ: trong nhiệm kỳ qua, 7/7 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
Phát biểu tại Đại hội, đồng chí Lê Thanh Bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.', NULL);
INSERT INTO article_text ("id", "article_body", "body_html") VALUES (269836035065, 'Dự và chỉ đạo Đại hội có đồng chí Lê Thanh Bình, Phó Bí thư Đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại Chi bộ.
Báo cáo chính trị trình Đại hội nêu rõ: trong nhiệm kỳ qua, 19/19 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
Phát biểu tại Đại hội, đồng chí Lê Thanh Bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.
Ban Biên tập đã đính chính.', NULL);
INSERT INTO activities ("article", "kind") VALUES (269638294071, 'dai_hoi');
INSERT INTO activities ("article", "kind") VALUES (269639185893, 'dai_hoi');
INSERT INTO activities ("article", "kind") VALUES (269836035065, 'dai_hoi');
INSERT INTO images ("article", "position", "url", "caption", "credit") VALUES (269638294071, 1, 'http://snv.thuanhai.example/anh/0.jpg', 'Quang cảnh hội nghị', 'Minh Đức');
INSERT INTO images ("article", "position", "url", "caption", "credit") VALUES (269639185893, 1, 'http://snv.thuanhai.example/anh/0.jpg', 'Quang cảnh hội nghị', 'Minh Đức');
INSERT INTO images ("article", "position", "url", "caption", "credit") VALUES (269836035065, 1, 'http://snv.thuanhai.example/anh/12.jpg', 'Quang cảnh hội nghị', 'Minh Đức');
INSERT INTO attachments ("article", "position", "url", "name", "media_type") VALUES (269638294071, 1, 'http://snv.thuanhai.example/tep/0.pdf', 'Công văn', 'application/pdf');
INSERT INTO attachments ("article", "position", "url", "name", "media_type") VALUES (269639185893, 1, 'http://snv.thuanhai.example/tep/0.pdf', 'Công văn', 'application/pdf');
INSERT INTO links ("article", "other", "kind", "similarity", "is_duplicate") VALUES (269638294071, 269639185893, 'same_text', 1.0, 1);
INSERT INTO links ("article", "other", "kind", "similarity", "is_duplicate") VALUES (269639185893, 269638294071, 'same_text', 1.0, 1);
INSERT INTO marks ("stage", "mark") VALUES ('duplicates', '9a4da501ea07f210');
INSERT INTO people ("article", "position", "name", "office", "body", "start", "end", "field") VALUES (269638294071, 1, 'Lê Thanh Bình', 'Phó Bí thư Đảng bộ cơ quan', 'Đảng bộ cơ quan', 34, 47, 'article_body');
INSERT INTO people ("article", "position", "name", "office", "body", "start", "end", "field") VALUES (269639185893, 1, 'Lê Thanh Bình', 'Phó Bí thư Đảng bộ cơ quan', 'Đảng bộ cơ quan', 34, 47, 'article_body');
INSERT INTO people ("article", "position", "name", "office", "body", "start", "end", "field") VALUES (269836035065, 1, 'Lê Thanh Bình', 'Phó Bí thư Đảng bộ cơ quan', 'Đảng bộ cơ quan', 34, 47, 'article_body');
INSERT INTO organisations ("article", "position", "name", "kind", "start", "end", "field") VALUES (269638294071, 1, 'Chi bộ Văn phòng Sở', 'party', 10, 29, 'description');
INSERT INTO organisations ("article", "position", "name", "kind", "start", "end", "field") VALUES (269639185893, 1, 'Chi bộ Văn phòng Sở', 'party', 10, 29, 'description');
INSERT INTO organisations ("article", "position", "name", "kind", "start", "end", "field") VALUES (269836035065, 1, 'Chi bộ Trung tâm Công nghệ', 'party', 10, 36, 'description');
INSERT INTO figures ("article", "position", "kind", "value", "text", "start", "end", "field") VALUES (269638294071, 1, 'term', '2025-2027', 'nhiệm kỳ 2025 – 2027', 28, 48, 'headline');
INSERT INTO figures ("article", "position", "kind", "value", "text", "start", "end", "field") VALUES (269639185893, 1, 'term', '2025-2027', 'nhiệm kỳ 2025 – 2027', 28, 48, 'headline');
INSERT INTO figures ("article", "position", "kind", "value", "text", "start", "end", "field") VALUES (269836035065, 1, 'term', '2025-2027', 'nhiệm kỳ 2025 – 2027', 35, 55, 'headline');
INSERT INTO sightings ("article", "url", "source", "section", "first_seen", "last_seen") VALUES (269638294071, 'http://snv.thuanhai.example/tin-tuc/bai-0.html', 'crawl', 'Hoạt động Đảng, Đoàn thể', '2025-10-01T05:10:00+07:00', '2025-10-01T05:10:00+07:00');
INSERT INTO sightings ("article", "url", "source", "section", "first_seen", "last_seen") VALUES (269639185893, 'http://stttt.bacson.example/tin-tuc/dang-lai.html', 'crawl', 'Hoạt động Đảng, Đoàn thể', '2025-10-01T05:12:00+07:00', '2025-10-01T05:12:00+07:00');
INSERT INTO sightings ("article", "url", "source", "section", "first_seen", "last_seen") VALUES (269836035065, 'http://snv.thuanhai.example/tin-tuc/bai-12.html', 'crawl', 'Hoạt động Đảng, Đoàn thể', '2025-10-01T05:11:00+07:00', '2025-10-03T06:30:00+07:00');
INSERT INTO revisions ("article", "revision", "seen_at", "headline", "description", "article_body", "diff") VALUES (269836035065, 2, '2025-10-03T06:30:00+07:00', 'Đại hội Chi bộ Trung tâm Công nghệ nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'Sáng nay, Chi bộ Trung tâm Công nghệ long trọng tổ chức Đại hội, bầu cấp ủy mới gồm 19 đồng chí với số phiếu tập trung.', 'Dự và chỉ đạo Đại hội có đồng chí Lê Thanh Bình, Phó Bí thư Đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại Chi bộ.
Báo cáo chính trị trình Đại hội nêu rõ: trong nhiệm kỳ qua, 19/19 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
Phát biểu tại Đại hội, đồng chí Lê Thanh Bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.', '--- before
+++ after
@@ -6 +6,2 @@
 Đại hội đã thông qua Nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.
+Ban Biên tập đã đính chính.');
INSERT INTO runs ("run", "started", "finished", "source", "version") VALUES (1, '2025-10-01T05:00:00+07:00', '2025-10-01T05:20:00+07:00', 'live', 'test');
INSERT INTO outcomes ("run", "portal", "kind", "outcome", "urls") VALUES (1, 'thuan_hai_noi_vu', 'article', 'new', 3);
INSERT INTO articles_fts(rowid, headline, body, headline_folded, body_folded, meta) VALUES (269638294071, 'đại hội chi bộ văn phòng sở nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'sáng nay, chi bộ văn phòng sở long trọng tổ chức đại hội, bầu cấp ủy mới gồm 7 đồng chí với số phiếu tập trung.
dự và chỉ đạo đại hội có đồng chí lê thanh bình, phó bí thư đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại chi bộ.
báo cáo chính trị trình đại hội nêu rõ: trong nhiệm kỳ qua, 7/7 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
phát biểu tại đại hội, đồng chí lê thanh bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
đại hội đã thông qua nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.', 'dai hoi chi bo van phong so nhiem ky 2025 – 2027 thanh cong tot dep', 'sang nay, chi bo van phong so long trong to chuc dai hoi, bau cap uy moi gom 7 dong chi voi so phieu tap trung.
du va chi dao dai hoi co dong chi le thanh binh, pho bi thu dang bo co quan; cung toan the dang vien dang sinh hoat tai chi bo.
bao cao chinh tri trinh dai hoi neu ro: trong nhiem ky qua, 7/7 chi tieu deu dat va vuot; cong tac kiem tra, giam sat duoc lam thuong xuyen, khong co dang vien vi pham den muc phai xu ly ky luat.
phat bieu tai dai hoi, dong chi le thanh binh de nghi cap uy khoa moi som xay dung quy che lam viec, phan cong nhiem vu ro nguoi, ro viec, giu nen nep sinh hoat chuyen de hang quy.
dai hoi da thong qua nghi quyet voi su nhat tri cua toan the dang vien co mat.', 'thuận hải khánh hòa sở nội vụ hoạt động đảng, đoàn thể  01/01/2014 thuan hai khanh hoa so noi vu hoat dong dang, doan the  01/01/2014');
INSERT INTO articles_fts(rowid, headline, body, headline_folded, body_folded, meta) VALUES (269639185893, 'đại hội chi bộ văn phòng sở nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'sáng nay, chi bộ văn phòng sở long trọng tổ chức đại hội, bầu cấp ủy mới gồm 7 đồng chí với số phiếu tập trung.
dự và chỉ đạo đại hội có đồng chí lê thanh bình, phó bí thư đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại chi bộ.
báo cáo chính trị trình đại hội nêu rõ: trong nhiệm kỳ qua, 7/7 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
phát biểu tại đại hội, đồng chí lê thanh bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
đại hội đã thông qua nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.', 'dai hoi chi bo van phong so nhiem ky 2025 – 2027 thanh cong tot dep', 'sang nay, chi bo van phong so long trong to chuc dai hoi, bau cap uy moi gom 7 dong chi voi so phieu tap trung.
du va chi dao dai hoi co dong chi le thanh binh, pho bi thu dang bo co quan; cung toan the dang vien dang sinh hoat tai chi bo.
bao cao chinh tri trinh dai hoi neu ro: trong nhiem ky qua, 7/7 chi tieu deu dat va vuot; cong tac kiem tra, giam sat duoc lam thuong xuyen, khong co dang vien vi pham den muc phai xu ly ky luat.
phat bieu tai dai hoi, dong chi le thanh binh de nghi cap uy khoa moi som xay dung quy che lam viec, phan cong nhiem vu ro nguoi, ro viec, giu nen nep sinh hoat chuyen de hang quy.
dai hoi da thong qua nghi quyet voi su nhat tri cua toan the dang vien co mat.', 'thuận hải khánh hòa sở nội vụ hoạt động đảng, đoàn thể  01/01/2014 thuan hai khanh hoa so noi vu hoat dong dang, doan the  01/01/2014');
INSERT INTO articles_fts(rowid, headline, body, headline_folded, body_folded, meta) VALUES (269836035065, 'đại hội chi bộ trung tâm công nghệ nhiệm kỳ 2025 – 2027 thành công tốt đẹp', 'sáng nay, chi bộ trung tâm công nghệ long trọng tổ chức đại hội, bầu cấp ủy mới gồm 19 đồng chí với số phiếu tập trung.
dự và chỉ đạo đại hội có đồng chí lê thanh bình, phó bí thư đảng bộ cơ quan; cùng toàn thể đảng viên đang sinh hoạt tại chi bộ.
báo cáo chính trị trình đại hội nêu rõ: trong nhiệm kỳ qua, 19/19 chỉ tiêu đều đạt và vượt; công tác kiểm tra, giám sát được làm thường xuyên, không có đảng viên vi phạm đến mức phải xử lý kỷ luật.
phát biểu tại đại hội, đồng chí lê thanh bình đề nghị cấp ủy khóa mới sớm xây dựng quy chế làm việc, phân công nhiệm vụ rõ người, rõ việc, giữ nền nếp sinh hoạt chuyên đề hằng quý.
đại hội đã thông qua nghị quyết với sự nhất trí của toàn thể đảng viên có mặt.
ban biên tập đã đính chính.', 'dai hoi chi bo trung tam cong nghe nhiem ky 2025 – 2027 thanh cong tot dep', 'sang nay, chi bo trung tam cong nghe long trong to chuc dai hoi, bau cap uy moi gom 19 dong chi voi so phieu tap trung.
du va chi dao dai hoi co dong chi le thanh binh, pho bi thu dang bo co quan; cung toan the dang vien dang sinh hoat tai chi bo.
bao cao chinh tri trinh dai hoi neu ro: trong nhiem ky qua, 19/19 chi tieu deu dat va vuot; cong tac kiem tra, giam sat duoc lam thuong xuyen, khong co dang vien vi pham den muc phai xu ly ky luat.
phat bieu tai dai hoi, dong chi le thanh binh de nghi cap uy khoa moi som xay dung quy che lam viec, phan cong nhiem vu ro nguoi, ro viec, giu nen nep sinh hoat chuyen de hang quy.
dai hoi da thong qua nghi quyet voi su nhat tri cua toan the dang vien co mat.
ban bien tap da dinh chinh.', 'thuận hải khánh hòa sở nội vụ hoạt động đảng, đoàn thể  13/01/2014 thuan hai khanh hoa so noi vu hoat dong dang, doan the  13/01/2014');
PRAGMA application_id = 1414090323;
PRAGMA user_version = 2;
COMMIT;
