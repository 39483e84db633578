"""How many fields of how many pages we read rightly: the figures that the evaluation gate holds.

    python -m benchmarks.accuracy                every field, and the pages that came out wrong
    python -m benchmarks.accuracy --split tune   only the half that may be tuned to
    python -m benchmarks.accuracy --raise        write today's figures to tests/baseline.json

The gate (`tests/test_evaluation_gate.py`) fails when a figure falls below the baseline. Nothing raises or
lowers the baseline by itself: `--raise` is an act, its result is reviewed and committed like code.

Frozen pages are read as a crawl reads them, with the hints of their list rows, once generically and once with
the layouts of their platform. The recording is read without hints.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import fmean
from typing import Any

import click

from benchmarks.cases import ROOT, Case, frozen_cases
from benchmarks.hanoi import recorded_cases
from benchmarks.ours import layouts_of, page_of
from benchmarks.scoring import leaks, people, same_moment, same_text
from benchmarks.shingles import body_score, overlap
from crawler.extraction import extract, kind_of
from pipelines.article import Article

BASELINE = ROOT / "tests" / "baseline.json"
TOLERANCE = 0.0005  # of rounding in the baseline

Figures = dict[str, float]


def marks_of(article: Article, case: Case) -> dict[str, bool]:
    """Return field → read rightly, for every field that the case decides."""
    truth = case.truth
    marks = {
        name: right(getattr(article, name), truth.fields[name])
        for name, right in _RIGHT.items()
        if name in truth.fields
    }
    if truth.authors and "author" in marks:
        marks["author"] = any(people(article.author) == people(author) for author in truth.authors)
    if "article_body" in truth.fields:
        marks["article_body"] = any(
            _lines(article.article_body, truth.optional) == _lines(body, truth.optional)
            for body in truth.bodies
        )
    if truth.forbidden:
        marks["clean"] = not leaks(article.article_body, truth.forbidden)
    return marks


def _lines(body: str | None, optional: Iterable[str]) -> list[str]:
    free = set(optional)
    return [line for raw in (body or "").splitlines() if (line := " ".join(raw.split())) and line not in free]


def _same_day(answer: str | None, truth: str | None) -> bool:
    return (answer or "")[:10] == (truth or "")[:10]


def _same_images(answer: list[dict[str, Any]], truth: list[dict[str, Any]]) -> bool:
    return [(image["url"], image["caption"]) for image in answer] == [
        (image["url"], image["caption"]) for image in truth
    ]


def _equal(answer: Any, truth: Any) -> bool:
    return bool(answer == truth)


_RIGHT: dict[str, Callable[[Any, Any], bool]] = {
    "headline": same_text,
    "description": same_text,
    "date_published": same_moment,
    "date_modified": same_moment,
    "event_date": _same_day,
    "author": lambda answer, truth: people(answer) == people(truth),
    "photographer": lambda answer, truth: people(answer) == people(truth),
    "article_section": same_text,
    "images": _same_images,
    "attachments": _equal,
    "keywords": _equal,
}


class Sheet:
    """Marks gathered over many pages, and the pages behind every wrong one."""

    def __init__(self) -> None:
        self._marks: dict[str, list[float]] = {}
        self.wrong: dict[str, list[str]] = {}

    def add(self, group: str, case: Case, marks: dict[str, bool]) -> None:
        """Take in one page's marks."""
        for name, right in marks.items():
            figure = f"{group}/{name}"
            self._marks.setdefault(figure, []).append(right)
            if not right:
                self.wrong.setdefault(figure, []).append(case.name)

    def figures(self) -> Figures:
        """Return the share of right pages by figure."""
        return {name: fmean(marks) for name, marks in sorted(self._marks.items())}


def measure(cases: Iterable[Case], group: str, *, layouts: bool) -> tuple[Figures, dict[str, list[str]]]:
    """Return figure → share of pages read rightly (0 to 1), and figure → names of the pages read wrongly."""
    sheet = Sheet()
    overlaps = []
    for case in cases:
        page = page_of(case)
        if case.corpus == "frozen" and not layouts:
            sheet.add(group, case, {"kind": kind_of(page) == case.truth.kind})
        if case.truth.kind != "article":
            continue
        article = extract(page, layouts=layouts_of(case.family) if layouts else (), hints=case.hints).article
        sheet.add(group, case, marks_of(article, case))
        overlaps.append(overlap(article.article_body, case.truth.bodies, case.truth.optional))
    figures = sheet.figures()
    if overlaps:
        figures[f"{group}/body_f1"] = body_score(overlaps).f1
    return figures, sheet.wrong


def measure_all(split: str | None = None) -> tuple[Figures, dict[str, list[str]]]:
    """Return all figures that this machine can measure: the recording's only where it is present."""
    figures: Figures = {}
    wrong: dict[str, list[str]] = {}
    for load, corpus in ((frozen_cases, "frozen"), (recorded_cases, "hanoi")):
        cases = [case for case in load() if split in (None, case.split)]
        for layouts in (False, True):
            group = f"{corpus}/{'layout' if layouts else 'generic'}"
            if cases:
                found, missed = measure(cases, group, layouts=layouts)
                figures |= found
                wrong |= missed
    return figures, wrong


def baseline(path: Path = BASELINE) -> Figures:
    """Return the committed figures."""
    figures: Figures = json.loads(path.read_text(encoding="utf-8"))
    return figures


def fallen(figures: Figures, floor: Figures) -> list[str]:
    """Return a line for every figure below its floor; what this machine cannot measure is left out."""
    return [
        f"{name}: {figures[name]:.4f}, was {floor[name]:.4f}"
        for name in sorted(floor)
        if name in figures and figures[name] < floor[name] - TOLERANCE
    ]


@click.command()
@click.option("--split", type=click.Choice(["tune", "held_out"]), help="Only this half.")
@click.option("--raise", "raised", is_flag=True, help="Write the figures to tests/baseline.json.")
def main(split: str | None, raised: bool) -> None:
    """Print how many fields are read rightly, and which pages are not."""
    figures, wrong = measure_all(split)
    for name, figure in figures.items():
        click.echo(f"{name:36} {figure:.4f}  {', '.join(wrong.get(name, [])[:12])}")
    if raised:
        if split:
            raise click.UsageError("the baseline is of all pages; leave --split out")
        known = baseline() if BASELINE.exists() else {}
        rounded = {name: round(figure, 4) for name, figure in (known | figures).items()}
        BASELINE.write_text(json.dumps(rounded, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        click.echo(f"written to {BASELINE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
