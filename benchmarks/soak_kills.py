"""`kill -9` at 100 random points of a crawl: no loss, and nothing twice.

    python -m benchmarks.soak_kills [--kills 100] [--seed 20261125]

A portal of this machine is crawled with `tinso crawl --due` and killed after a random number of its requests
and a random time; sometimes again in the crawl after that; then crawled until nothing is due. Each time the
corpus must be that of an undisturbed crawl, `tinso verify` must find it whole, and the archive must hold no
page twice.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from tests import crawling
from tests.changing_portals import ChangingPortals
from tests.changing_tinso import command, environment, query, tinso
from tests.crawling import ROOT, rows_of

ARTICLES = 45
WRONGS = ("crawls with another corpus", "crawls that are not whole", "pages archived twice")


def kill(server: ChangingPortals, data: Path, draw: random.Random, requests: int) -> bool:
    """Crawl and kill after a random number of requests; return whether it was still running."""
    last = len(server.requests) + draw.randint(0, requests)
    variables = {**os.environ, **environment(server)}
    process = subprocess.Popen(
        command("crawl", "--due", "--data", data),
        cwd=ROOT,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(server.requests) < last and process.poll() is None:
        time.sleep(0.002)
    time.sleep(draw.uniform(0, 0.3))
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def finish(server: ChangingPortals, data: Path) -> None:
    """Crawl until nothing is due."""
    for _ in range(5):
        said = tinso(server, "crawl", "--due", "--data", data)
        if said.stdout.startswith("nothing is due"):
            return
    raise AssertionError(f"it does not come to an end: {said.stdout}{said.stderr}")


def archived_twice(data: Path) -> int:
    """Return the number of pages that the archive holds more than once."""
    ((count,),) = query(
        data,
        "state",
        "SELECT count(*) FROM (SELECT 1 FROM records WHERE status = 200 AND original IS NULL "
        "AND url LIKE '%bai-viet%' GROUP BY url HAVING count(*) > 1)",
    )
    return int(str(count))


@click.command()
@click.option("--kills", default=100, show_default=True)
@click.option("--seed", default=20261125, show_default=True)
def main(kills: int, seed: int) -> None:
    """Kill, go on, compare; print the sums and exit with 1 if any point failed."""
    draw, found = random.Random(seed), Counter[str]()
    begun = time.monotonic()
    with ChangingPortals(1, articles=ARTICLES) as server, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        finish(server, whole)
        requests, rows = len(server.requests), rows_of(whole)
        while found["killed"] < kills:
            found["crawls"] += 1
            data = Path(folder) / f"killed{found['crawls']}"
            for _ in range(draw.choice((1, 2, 3, 4))):
                found["killed"] += kill(server, data, draw, requests)
            finish(server, data)
            found["crawls with another corpus"] += rows_of(data) != rows
            found["crawls that are not whole"] += crawling.tinso("verify", "--data", data).returncode != 0
            found["pages archived twice"] += archived_twice(data)
    minutes = (time.monotonic() - begun) / 60
    click.echo(f"{found['killed']} kills in {found['crawls']} crawls, {minutes:.0f} minutes, seed {seed}\n")
    click.echo("| what | number |\n|---|---|")
    for what in WRONGS:
        click.echo(f"| {what} | {found[what]} |")
    sys.exit(any(found[what] for what in WRONGS))


if __name__ == "__main__":
    main()
