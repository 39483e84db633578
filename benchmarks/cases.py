"""The pages that extractors are measured on, each with its truth.

| corpus | pages | truth |
|---|---|---|
| `frozen` | `tests/pages/`, written for tinso after the markup of many families | reviewed JSON |
| `hanoi` | the recording of sotttt.hanoi.gov.vn, where it is present | `hanoi.py`, labels |
| `aeb` | Scrapinghub's article-extraction-benchmark, where present | its ground truth |

Half of each is there to tune to, the other half held out: nobody reads those pages while working on the
extractor. Hà Nội: articles with an odd asset id; the benchmark: hashes from 8 on; frozen pages: by folder.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from crawler.extraction.contract import Hints, PageKind

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "tests" / "pages"
DATA = ROOT.parent / "shared" / "data"

Split = Literal["tune", "held_out"]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page says. A field that nobody has decided is left out of `fields` and not measured."""

    kind: PageKind = "article"
    fields: Mapping[str, Any] = field(default_factory=dict)  # names and values of the Article record
    bodies: tuple[str, ...] = ()  # right bodies; the nearest counts
    optional: tuple[str, ...] = ()  # texts that a body may hold or not: captions, their printed copies
    authors: tuple[str | None, ...] = ()  # right authors where more than one is; empty: `fields["author"]`
    forbidden: tuple[str, ...] = ()  # lines of the page that are not the article's


@dataclass(frozen=True, slots=True)
class Case:
    """One page as it was fetched, and its truth."""

    name: str
    corpus: Literal["frozen", "hanoi", "aeb"]
    split: Split
    url: str
    body: bytes
    content_type: str | None
    fetched_at: str
    truth: Truth
    family: str = ""
    party: bool = False  # Hà Nội: the Party section lists it
    hints: Hints = field(default_factory=Hints)
    encoding: str = "utf-8"  # the true one, whatever the page says: peers are given decoded text

    @property
    def html(self) -> str:
        """The page decoded as a browser user would have set it by hand."""
        return self.body.decode(self.encoding, "replace")


def frozen_cases(root: Path = FROZEN) -> Iterator[Case]:
    """Yield the frozen pages with their reviewed expectations, by name."""
    for path in sorted(root.glob("*/*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        expected = case.get("expected", {})
        yield Case(
            name=path.stem,
            corpus="frozen",
            split=case["split"],
            url=case["url"],
            body=_page_beside(path),
            content_type=case.get("content_type"),
            fetched_at=case["fetched_at"],
            family=case["family"],
            hints=Hints(**case.get("hints", {})),
            encoding=case.get("encoding", "utf-8"),
            truth=Truth(
                kind=case["kind"],
                fields=expected,
                bodies=_with_and_without(expected.get("description"), expected.get("article_body") or ""),
                optional=(
                    *(image["caption"] for image in expected.get("images", ()) if image["caption"]),
                    *case.get("optional", ()),
                ),
                authors=tuple(case.get("authors", ())),
                forbidden=tuple(case.get("forbidden", ())),
            ),
        )


def _page_beside(expectation: Path) -> bytes:
    page = expectation.with_suffix(".html")
    return page.read_bytes() if page.exists() else gzip.decompress(page.with_suffix(".html.gz").read_bytes())


def _with_and_without(lead: str | None, body: str) -> tuple[str, ...]:
    """Return the body, then what is right as well: a lead in a block of its own may be in it or not."""
    if not lead:
        return (body,)
    if body.startswith(f"{lead}\n"):
        return (body, body.removeprefix(lead).strip())
    return (body, f"{lead}\n{body}")


def benchmark_cases(root: Path = DATA / "article-extraction-benchmark") -> Iterator[Case]:
    """Yield the article-extraction-benchmark's pages; none where it is absent."""
    if not (root / "ground-truth.json").exists():
        return
    truths = json.loads((root / "ground-truth.json").read_text(encoding="utf-8"))
    for name, truth in sorted(truths.items()):
        yield Case(
            name=name,
            corpus="aeb",
            split="tune" if name[0] in "01234567" else "held_out",
            url=truth.get("url") or f"https://example.com/{name}",
            body=gzip.decompress((root / "html" / f"{name}.html.gz").read_bytes()),
            content_type="text/html; charset=utf-8",
            fetched_at="2026-11-25T12:00:00+07:00",
            truth=Truth(bodies=(truth.get("articleBody", ""),)),
        )
