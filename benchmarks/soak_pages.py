"""`make soak`: mutated pages, each of which must give a record or a named refusal.

    python -m benchmarks.soak_pages                        100,000 pages, about half an hour
    python -m benchmarks.soak_pages --pages 2000 --seed 7  other mutations, fewer of them

Pages are the frozen ones, and the recorded ones where they are present, damaged as networks, editors and
crawlers damage them and as nobody does. A page may be refused (`PageError`); it may not raise anything else,
take longer than its time budget, or let the process grow beyond 300 MB. Failing pages are written to
`benchmarks/results/` for a test to be made of them. A run is repeated by its seed.
"""

from __future__ import annotations

import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from benchmarks.cases import Case, frozen_cases
from benchmarks.hanoi import recorded_cases
from benchmarks.ours import layouts_of
from crawler.exceptions import PageError
from crawler.extraction import extract, kind_of
from crawler.extraction.read import read_page

BUDGET = 2.0  # CPU seconds for one page
MEMORY = 300  # MB, the whole process at its largest
RESULTS = Path(__file__).parent / "results"

_TAG = re.compile(rb"<[^<>]{0,300}>")
_LABELS = (
    None,
    "",
    "text/html",
    "text/html; charset=utf-16",
    "text/html; charset=windows-1258",
    "text/html;charset=x",
)
_NOISE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#x110000;",
    b"&#0;", b"&amp;amp;ndash;", b"<", b">", b'"', b"'", b"<table><tr>", b"</div></div></div>", b"<script>",
    b"<style>",
    b"<textarea>", b"<title>", b"<svg><foreignObject>", b"<base href='http://[::1'>", b"<a href='x:y'>",
    b"99/99/9999 25:61", b"01/01/0001", b"ng\xc3\xa0y ", "Ảnh: ".encode(), b"./.", "\u0323\u0323".encode(),
    "\ufeff\u200b\xa0".encode(), b"\xc3", b"\xed\xa0\x80", b"&#x1;", b"\x0b",
)  # fmt: skip

Mutation = Callable[[bytes, bytes, random.Random], bytes]


def cut(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """The connection broke."""
    return page[: draw.randrange(len(page) + 1)]


def flip(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """Bytes changed on the way."""
    damaged = bytearray(page)
    for _ in range(draw.randint(1, 200)):
        damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    return bytes(damaged)


def splice(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """Two pages in one."""
    at, start = draw.randrange(len(page)), draw.randrange(len(other))
    return page[:at] + other[start : start + draw.randrange(20_000)] + page[at:]


def drop_tags(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """Tags lost here and there."""
    share = draw.random()
    return _TAG.sub(lambda tag: b"" if draw.random() < share else tag.group(), page)


def nest(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """An editor's paste that opens and never closes."""
    at = draw.randrange(len(page))
    tag = draw.choice((b"<div>", b"<b>", b"<span style='x'>", b"<table><tr><td>", b"<ul><li>", b"<font>"))
    return page[:at] + tag * draw.choice((3, 50, 2_000, 20_000)) + page[at:]


def repeat(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """A part of the page many times over."""
    start = draw.randrange(len(page))
    part = page[start : start + draw.randrange(1, 400)]
    return page[:start] + part * min(draw.choice((2, 20, 500)), 200_000 // len(part)) + page[start:]


def shuffle(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """The page's parts in another order."""
    size = draw.randint(20, 4_000)
    parts = [page[i : i + size] for i in range(0, len(page), size)]
    draw.shuffle(parts)
    return b"".join(parts)


def sprinkle(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """What breaks parsers, anywhere."""
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(page) + 1)
        page = page[:at] + draw.choice(_NOISE) * draw.choice((1, 1, 1, 40)) + page[at:]
    return page


def reencode(page: bytes, other: bytes, draw: random.Random) -> bytes:
    """Another encoding than the page says."""
    encoding = draw.choice(("utf-16", "utf-16-be", "cp1258", "cp1252", "utf-8-sig", "utf-7"))
    return page.decode("utf-8", "replace").encode(encoding, "replace")


MUTATIONS: tuple[Mutation, ...] = (cut, flip, splice, drop_tags, nest, repeat, shuffle, sprinkle, reencode)


@dataclass(slots=True)
class Report:
    """What came of the pages."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0  # CPU seconds

    @property
    def memory(self) -> int:
        """The process's largest size so far, in MB."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def mutated(cases: list[Case], draw: random.Random) -> tuple[Case, bytes, str | None]:
    """Return a case, its page after one to three mutations, and the label that it is served under."""
    case, other = draw.choice(cases), draw.choice(cases)
    page = case.body
    for mutation in draw.choices(MUTATIONS, k=draw.randint(1, 3)):
        page = mutation(page, other.body, draw) if page else page
    return case, page, draw.choice(_LABELS) if draw.random() < 0.2 else case.content_type


def outcome_of(case: Case, page: bytes, label: str | None, declared: bool) -> str:
    """Read a page as a crawl does; return its kind, or the refusal's name."""
    try:
        parsed = read_page(page, case.url, content_type=label, fetched_at=case.fetched_at)
    except PageError as refusal:
        return type(refusal).__name__
    kind = kind_of(parsed)
    found = extract(parsed, layouts=layouts_of(case.family) if declared else (), hints=case.hints)
    found.markup()
    return kind


def soak(cases: list[Case], pages: int, seed: int, progress: Callable[[Report], None]) -> Report:
    """Read `pages` mutated pages and return what came of them."""
    draw, report = random.Random(seed), Report()
    for number in range(pages):
        case, page, label = mutated(cases, draw)
        started = time.process_time()
        try:
            outcome = outcome_of(case, page, label, declared=number % 3 == 0)
        except Exception as error:  # noqa: BLE001  what must not happen is what is looked for
            outcome = "exception"
            report.failures.append(
                _keep(seed, number, page, f"{type(error).__name__}: {error} ({case.name})")
            )
        seconds = time.process_time() - started
        report.slowest = max(report.slowest, seconds)
        if seconds > BUDGET:
            report.failures.append(_keep(seed, number, page, f"{seconds:.1f} s ({case.name})"))
        report.outcomes[outcome] += 1
        if report.memory > MEMORY:
            report.failures.append(_keep(seed, number, page, f"{report.memory} MB ({case.name})"))
            break
        if number % 1000 == 999:
            progress(report)
    return report


def _keep(seed: int, number: int, page: bytes, what: str) -> str:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"soak-{seed}-{number}.html"
    path.write_bytes(page)
    return f"{what}: {path}"


@click.command()
@click.option("--pages", default=100_000, show_default=True, help="How many pages.")
@click.option("--seed", default=1, show_default=True, help="Which mutations.")
def main(pages: int, seed: int) -> None:
    """Read mutated pages; fail on an exception, a slow page or a large process."""
    cases = [*frozen_cases(), *islice(recorded_cases(), 0, None, 12)]

    def progress(report: Report) -> None:
        done = report.outcomes.total()
        click.echo(f"{done} pages, {len(report.failures)} failures, {report.memory} MB", err=True)

    report = soak(cases, pages, seed, progress)
    for outcome, count in report.outcomes.most_common():
        click.echo(f"{count:8} {outcome}")
    click.echo(f"slowest page {report.slowest:.2f} CPU seconds, largest size {report.memory} MB")
    if report.failures:
        raise click.ClickException("\n".join([f"{len(report.failures)} pages failed", *report.failures[:50]]))


if __name__ == "__main__":
    main()
