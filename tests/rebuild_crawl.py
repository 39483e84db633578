"""`python -m tests.rebuild_crawl DATA PORT crawl|full|URL|rebuild JOBS`: what tests of `reprocess` start.

Crawls samples of some platforms from a SampleServer on PORT, or an undeclared one by its address; or makes
the corpus anew with the samples as declared portals.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from crawler import registry
from crawler.cli.crawl import show
from crawler.data_directory import DataDirectory
from crawler.portal import Portal
from crawler.reprocess import reprocess
from crawler.run import run
from crawler.sample_portals.families import family_portals
from crawler.sample_portals.portals import sample_portals
from crawler.undeclared import undeclared

# Several sections, headlines in lists alone, forms, postbacks, counted numbers.
CRAWLED = ("mau_ha_noi", "mau_vinh_phuc", "mau_uiarticle_json", "mau_webforms", "mau_dotnetnuke")


def declared(port: int) -> dict[str, type[Portal]]:
    """Return some samples by name, as `registry.portals` returns the real ones."""
    samples = (*sample_portals(port), *family_portals(port))
    return {portal.name: portal for portal in samples if portal.name in CRAWLED}


def declared_here_alone(port: int) -> dict[str, type[Portal]]:
    """Return what `declared` does, but in no process that another has started."""
    if multiprocessing.parent_process():
        raise RuntimeError("a portal's file is broken")
    return declared(port)


def main() -> None:
    """Do what the arguments say; exit with 1 where it failed."""
    data, port, act, *rest = sys.argv[1:]
    if act == "rebuild":
        directory = DataDirectory.open(Path(data), source="reprocess")
        try:
            kept = reprocess(directory, partial(declared, int(port)), Counter(), jobs=int(rest[0]))
        finally:
            directory.release()
        print(*kept, sep="\n")  # noqa: T201 (what the test reads)
        sys.exit(bool(kept))
    os.environ.update(http_proxy=f"http://127.0.0.1:{port}", no_proxy="")
    settings = registry.project_settings(TINSO_DATA=data, DOWNLOAD_DELAY=0.0, AUTOTHROTTLE_ENABLED=False)
    is_address = act.startswith("http")
    portals = [undeclared(act)] if is_address else list(declared(int(port)).values())
    report = run(portals, settings, full="1" if act == "full" else "")
    show(report)
    sys.exit(any(report.failed(portal) for portal in report.counts))


if __name__ == "__main__":
    main()
