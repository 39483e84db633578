"""Scrapy's settings for every portal. What differs from Scrapy's defaults, and why."""

from crawler import __version__
from crawler.data_directory import default_path

BOT_NAME = "tinso"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Where a crawl writes, and archives that answer in the network's place (a list of WARC paths).
TINSO_DATA = str(default_path())
TINSO_ARCHIVES: list[str] = []
TINSO_PAGES = 0  # to ask a portal for in one run at most, 0 for no limit; what is left comes next time

# Polite: we say who we are, ask robots.txt, and send one request a second to a host at most.
USER_AGENT = f"tinso/{__version__} (+https://github.com/tinso/tinso; archive of public notices)"
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0  # seconds; portals and robots.txt may raise it, nothing lowers it
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 4  # of a portal; what waits here is waited for when a crawl is stopped
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi",
    "Accept-Encoding": "gzip, deflate",  # what every reader of WARC files can decode; br and zstd it is not
}

DOWNLOAD_HANDLERS = {"http": "crawler.handler.BoundedHandler", "https": "crawler.handler.BoundedHandler"}
DOWNLOAD_TIMEOUT = 30  # seconds for the whole of an answer
DOWNLOAD_MAXSIZE = 10 * 2**20  # bytes; an article page of a portal has 20-200 kB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
RETRY_TIMES = 2
TINSO_RETRY_WAIT = 5.0  # seconds before the first retry of a page, four times as long before the second
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the ledger tells of it
REDIRECT_MAX_TIMES = 5
COOKIES_ENABLED = False

EXTENSIONS = {
    "scrapy.extensions.remote_control.RemoteControl": None,  # a local port that runs code
    "scrapy.extensions.telnet.TelnetConsole": None,  # another
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.corestats.CoreStats": None,  # a task for each article, to count it
    "crawler.politeness.Politeness": 0,
    "crawler.bookkeeping.Bookkeeping": 0,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.ReplayMiddleware": 50,  # before robots.txt: an archive needs no permission
    "crawler.retries.LeaveAlone": 60,
    "crawler.borders.Borders": 70,
    "crawler.politeness.RestingHosts": 90,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # Borders knows a portal's hosts
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.retries.Retries": 550,
    "crawler.cookie_stub.CookieStub": 580,  # sees bodies that are unpacked
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.unpacking.Unpacking": 590,
    "crawler.middlewares.ArchiveMiddleware": 860,  # next to the network: the response as it came
}
# What the frontier does itself, or nobody reads, costs time on every page.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
DOWNLOADER_STATS = False
METAREFRESH_ENABLED = False  # portals reload themselves by it; one that leads elsewhere is no article

ITEM_PIPELINES = {"pipelines.scrapy_adapter.CorpusPipeline": 300}

# The frontier knows what was seen; Scrapy's filter would drop repeats without counting them.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Scrapy makes a task per item of CONCURRENT_ITEMS for every response, whatever it gives: 100 cost 3 ms.
# Our pipeline waits for nothing, so one is enough.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads our source at every start

ASYNCIO_EVENT_LOOP = "uvloop.Loop"  # 7 % less of a crawl than asyncio's own

REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
FEED_EXPORT_ENCODING = "utf-8"
