"""`python -m tests.hostile_crawl DATA SPEC`: crawl the portals of a hostile server; print what became of them.

SPEC is JSON: portals (name → attributes of its class) and settings.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from crawler import registry
from crawler.platforms.liferay import LiferayPortal
from crawler.portal import Portal
from crawler.run import run
from pipelines.outcomes import Outcome


def portal(name: str, attributes: dict[str, str]) -> type[Portal]:
    """Return a portal of one list."""
    own = {
        "name": name,
        "province": "Hà Nội",
        "body": "Sở Thông tin và Truyền thông",
        "sections": {"Tin Đảng": "dang"},
    }
    custom = attributes.pop("custom_settings", None)  # no attribute of a declaration
    made = type(name, (LiferayPortal,), {**own, **attributes})
    made.custom_settings = custom
    return made


def _by_outcome(counts: Counter[tuple[str, Outcome]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, outcome), urls in counts.items():
        found[outcome] += urls
    return found


def _largest_size() -> int:
    """Return the most memory that this process has had, in MB; getrusage would tell of its parent's, too."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Crawl all of them side by side; print outcomes, failures, seconds and the process's largest size (MB)."""
    data, spec = sys.argv[1], json.loads(sys.argv[2])
    portals = [portal(name, attributes) for name, attributes in spec["portals"].items()]
    settings = registry.project_settings(TINSO_DATA=data, **spec["settings"])
    started = time.monotonic()
    report = run(portals, settings)
    result = {
        "outcomes": {name: _by_outcome(counts) for name, counts in report.counts.items()},
        "failed": {name: report.failed(name) for name in report.counts},
        "tries": settings.getint("RETRY_TIMES") + 1,
        "seconds": time.monotonic() - started,
        "cpu": time.process_time(),
        "megabytes": _largest_size(),
    }
    print(json.dumps(result))  # noqa: T201


if __name__ == "__main__":
    main()
