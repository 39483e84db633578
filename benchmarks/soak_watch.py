"""`tinso watch` over 60 portals that change: flat memory, no growth of open files, every change found.

    python -m benchmarks.soak_watch [--minutes 20] [--portals 60] [--seed 1]

The portals stand on a server of this machine; they publish and correct articles at random, some stop for a
while, some answer 503 with Retry-After, and one crawl in ten is killed. Intervals of visits and of readings
again are shortened to seconds, everything else is as it is in service. At the end nothing changes any more
for `--calm` minutes; then the corpus must hold each article with its last text.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import click

from crawler.clock import VIETNAM
from tests import crawling
from tests.changing_portals import ChangingPortals
from tests.changing_tinso import command, environment, query
from tests.crawling import ROOT

BOUNDS = "20,120,8"  # seconds: shortest and longest interval of a list, and the "day" of readings again
CORRECTED = timedelta(seconds=150)  # an older article is not corrected: the last reading again may be over
DELAY = 0.05  # seconds between requests to a portal
WARM = 0.3  # of the time, after which growth is looked for


@dataclass(slots=True)
class Sizes:
    """Of a process, once a sample: resident memory in MB, open files."""

    memory: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def sample(self, pid: int) -> None:
        """Take a sample; a process that has just ended gives none."""
        with suppress(OSError, StopIteration, ProcessLookupError):
            status = Path(f"/proc/{pid}/status").read_text().splitlines()
            size = next(line for line in status if line.startswith("VmRSS"))
            self.files.append(len(list(Path(f"/proc/{pid}/fd").iterdir())))
            self.memory.append(int(size.split()[1]) / 1024)

    def row(self, what: str) -> str:
        """Return the line of the table: medians of the first and the last third after the warming up."""
        begins = int(len(self.memory) * WARM)
        third = max((len(self.memory) - begins) // 3, 1)
        cells = []
        for samples in (self.memory, self.files):
            early, late = samples[begins : begins + third], samples[-third:]
            cells += [
                f"{statistics.median(early):.0f}",
                f"{statistics.median(late):.0f}",
                f"{max(samples):.0f}",
            ]
        return f"| {what} | {' | '.join(cells)} |"


def crawls(pid: int) -> list[int]:
    """Return the crawls that a watch has started and that have not ended."""
    found = []
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with suppress(OSError):
                if b"crawl" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                    found.append(int(child))
    return found


def change(server: ChangingPortals, draw: random.Random) -> str:
    """Let one portal do something; return what."""
    site = draw.choice(list(server.sites.values()))
    act = draw.choices(("publish", "correct", "busy"), (6, 3, 1))[0]
    if act == "publish":
        site.publish(datetime.now(VIETNAM))
    elif act == "correct":
        now = datetime.now(VIETNAM)
        young = [article for article in site.articles if now - article.published < CORRECTED]
        if not young:
            return "none"
        draw.choice(young).version += 1
    else:
        site.busy.append((503, "3"))
    return act


def missed(server: ChangingPortals, data: Path) -> tuple[int, int]:
    """Return how many articles are not in the corpus, and how many are with another text than the last."""
    rows = query(
        data,
        "corpus",
        "SELECT a.url, t.article_body FROM articles a JOIN article_text t USING (id)",
    )
    stored = {str(url): str(body) for url, body in rows}
    absent = outdated = 0
    for site in server.sites.values():
        for article in site.articles:
            body = stored.get(f"http://{site.host}/bai-viet-{article.number}.html")
            absent += body is None
            outdated += body is not None and article.paragraphs(site.host)[-1] not in body
    return absent, outdated


@click.command()
@click.option("--minutes", default=20.0, show_default=True, help="In which content changes.")
@click.option("--calm", default=5.5, show_default=True, help="Minutes after them.")
@click.option("--portals", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(minutes: float, calm: float, portals: int, seed: int) -> None:
    """Watch, change, measure; print the table and exit with 1 if a change was missed."""
    draw, acts, kills = random.Random(seed), Counter[str](), 0
    doomed = False
    watch_sizes, crawl_sizes, rounds = Sizes(), Sizes(), set[int]()
    with ChangingPortals(portals, articles=12) as server, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        variables = {
            **os.environ,
            **environment(server, DOWNLOAD_DELAY=DELAY),
            "TEST_BOUNDS": BOUNDS,
            "TEST_SLEEP": "2",
        }
        with (data / "log").open("w") as log:
            process = subprocess.Popen(
                command("watch", "--data", data),
                cwd=ROOT,
                env=variables,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            begun = time.monotonic()
            while (passed := time.monotonic() - begun) < (minutes + calm) * 60 and process.poll() is None:
                if passed < minutes * 60 and draw.random() < 0.7:
                    acts[change(server, draw)] += 1
                watch_sizes.sample(process.pid)
                for child in crawls(process.pid):
                    if child not in rounds:
                        rounds.add(child)
                        doomed = draw.random() < 0.1 and passed < minutes * 60
                    elif doomed and passed > 60:
                        with suppress(ProcessLookupError):
                            os.kill(child, signal.SIGKILL)
                        doomed, kills = False, kills + 1
                    crawl_sizes.sample(child)
                time.sleep(1)
            survived = process.poll() is None
            process.send_signal(signal.SIGTERM)
            begun = time.monotonic()
            process.wait(60)
            took = time.monotonic() - begun
        absent, outdated = missed(server, data)
        whole = crawling.tinso("verify", "--data", data).stdout.strip().rpartition(": ")[2]
        articles = sum(len(site.articles) for site in server.sites.values())
        requests = len(server.requests)
    click.echo(
        f"{minutes:.0f} minutes of changes and {calm:.0f} of calm, {portals} portals, seed {seed}: "
        f"{len(rounds)} crawls, of which {kills} were killed, {requests} requests\n"
    )
    click.echo("| process | memory early, MB | late | most | open files early | late | most |")
    click.echo("|---|---|---|---|---|---|---|")
    click.echo(watch_sizes.row("watch"))
    click.echo(crawl_sizes.row("crawls"))
    click.echo("\n| what | number |\n|---|---|")
    for what, number in (
        ("articles published", articles),
        ("of them during the watch", acts["publish"]),
        ("corrections during the watch", acts["correct"]),
        ("answers of 503 with Retry-After", acts["busy"]),
        ("articles missing in the corpus", absent),
        ("articles with an outdated text", outdated),
        ("seconds from SIGTERM to the end", f"{took:.1f}"),
        ("`tinso verify`", whole),
    ):
        click.echo(f"| {what} | {number} |")
    sys.exit(not survived or bool(absent or outdated) or whole != "whole")


if __name__ == "__main__":
    main()
