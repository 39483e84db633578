"""The labelled pairs that the duplicates stage is measured on: ids and recipes, never a portal's text.

`labels/duplicates.jsonl` holds a pair a line: `one`, `other`, `label` (duplicate, related, different),
`family`. An article is `recording/3596212`, `sample/ha-noi/12`, `page/…` or `made_up/07`, as in
`party_cases`, or `formula/fine/3`: the formula's third filling; `formula/fine/3~1` has its department and
people from the first. What follows a + is a change of `benchmarks.reprints`, what follows # the seed:
`sample/ha-noi/12+typos#4`.

Pairs of the recording as it is were found by similarity and judged by reading
(`labels/duplicates_read.jsonl`; `doubt` where two readers could differ: such pairs are in no figure). The
others are drawn by `draw`. A half is a hash of the family, so that all that goes back to one text, one
formula, or one series of the portal is on one side.

python -m benchmarks.duplicate_cases            draws the pairs anew and writes them
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Literal

from benchmarks.cases import Split
from benchmarks.party_cases import LABELS, party_cases
from benchmarks.reprints import LIGHT, Text, filled, formulae, printed

Label = Literal["duplicate", "related", "different"]

PAIRS = LABELS / "duplicates.jsonl"
READ = LABELS / "duplicates_read.jsonl"

_SEED = 20261125
_FILLINGS = 14  # of a formula that pairs are drawn from
_HEAVY = 0.75  # share of words in common, from which a retelling is none (difflib)
_PART = 0.45  # share of the text's words, from which an excerpt is none


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles by their ids, and what they are to each other."""

    one: str
    other: str
    label: Label
    family: str

    @property
    def split(self) -> Split:
        """The half it belongs to."""
        return "held_out" if hashlib.sha256(self.family.encode()).digest()[0] % 2 else "tune"


def labelled() -> Iterator[Pair]:
    """Yield all labelled pairs."""
    for line in _json_lines(PAIRS):
        yield Pair(**line)


def pairs() -> Iterator[Pair]:
    """Yield the labelled pairs whose texts this machine has."""
    known = base_texts()
    for pair in labelled():
        if all(_base(name) in known or name.startswith("formula/") for name in (pair.one, pair.other)):
            yield pair


def text_of(name: str) -> Text:
    """Return the article of an id, after its recipe.

    Raises:
        KeyError: this machine has no such text.
    """
    base, *recipe = re.split(r"[+#]", name)
    if base.startswith("formula/"):
        _, formula, number = base.split("/")
        number, _, kept = number.partition("~")
        slots = formulae()["formulae"][formula]["fixed"] if kept else ()
        text = filled(formula, int(number), slots, int(kept or 0))
    else:
        text = base_texts()[base]
    return printed(text, recipe[:-1], name) if recipe else text


@cache
def base_texts() -> dict[str, Text]:
    """Return the articles as they are, with 60 words or more."""
    texts = {}
    for case in party_cases():
        article = case.article
        if (article.word_count or 0) >= 60:
            paragraphs = tuple((article.article_body or "").split("\n"))
            texts[case.id] = Text(article.headline or "", article.description or "", paragraphs)
    return texts


def draw() -> Iterator[Pair]:
    """Yield pairs, as the seed has it."""
    read = list(_json_lines(READ))
    families = _families(read)
    chance = random.Random(_SEED)
    names = sorted(base_texts())
    yield from _read_pairs(read, families, chance)
    for name in names:
        yield from _pairs_of(name, families.get(name, name), random.Random(f"{_SEED} {name}"))
    for formula in formulae()["formulae"]:
        yield from _formula_pairs(formula, random.Random(f"{_SEED} {formula}"))
    for _ in range(150):
        one, other = chance.sample(names, 2)
        if families.get(one, one) != families.get(other, other):
            yield Pair(_light(one, chance), _light(other, chance), "different", families.get(one, one))


def _read_pairs(
    read: Iterable[dict[str, Any]], families: dict[str, str], chance: random.Random
) -> Iterator[Pair]:
    for line in read:
        if not line.get("doubt"):
            one, other, label, family = line["one"], line["other"], line["label"], families[line["one"]]
            yield Pair(one, other, label, family)
            yield Pair(_light(one, chance), _light(other, chance), label, family)


def _pairs_of(name: str, family: str, chance: random.Random) -> Iterator[Pair]:
    words = _length(name)
    yield Pair(name, _light(name, chance), "duplicate", family)
    if chance.random() < 0.4:
        yield Pair(_light(name, chance), _light(name, chance), "duplicate", family)
    if words >= 100 and chance.random() < 0.6:
        retold = f"{name}+rewritten#{chance.randrange(10**6)}"
        if _alike(name, retold) < _HEAVY:
            yield Pair(name if chance.random() < 0.5 else _light(name, chance), retold, "related", family)
    if words >= 180 and chance.random() < 0.5:
        part = f"{name}+excerpt+{_change(chance)}#{chance.randrange(10**6)}"
        if _length(part) < _PART * words:
            yield Pair(name, part, "related", family)
    if chance.random() < 0.8:
        event = f"{name}+another_event#{chance.randrange(10**6)}"
        if _facts_apart(name, event):
            yield Pair(name if chance.random() < 0.5 else _light(name, chance), event, "different", family)


def _formula_pairs(formula: str, chance: random.Random) -> Iterator[Pair]:
    family = f"formula/{formula}"
    for number in range(_FILLINGS):
        name = f"{family}/{number}"
        yield Pair(name, _light(name, chance), "duplicate", family)
        other = f"{family}/{(number + 1) % _FILLINGS}"
        yield Pair(name, other, "different", family)
        yield Pair(_light(name, chance), _light(other, chance), "different", family)
        sister = f"{family}/{number + 100}~{number}"
        if formulae()["formulae"][formula]["fixed"] and _facts_apart(name, sister):
            yield Pair(name, sister, "different", family)
            yield Pair(name, _light(sister, chance), "different", family)


def _light(name: str, chance: random.Random) -> str:
    changes = chance.sample(sorted(LIGHT), chance.randint(2, 4))
    return "+".join([name, *changes]) + f"#{chance.randrange(10**6)}"


def _change(chance: random.Random) -> str:
    return chance.choice(["other_headline", "typos", "source_line", "dateline", "house_style", "decomposed"])


def _families(read: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return article → family: what the pairs that were read hang together by."""
    family: dict[str, str] = {}
    for line in read:
        one, other = line["one"], line["other"]
        first, second = sorted((family.get(one, one), family.get(other, other)))
        for name in [one, other, *(each for each, of in family.items() if of == second)]:
            family[name] = first
    return family


def _words(name: str) -> list[str]:
    text = text_of(name)
    return " ".join((text.headline, text.lead, *text.paragraphs)).split()


def _length(name: str) -> int:
    return len(_words(name))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _facts_apart(one: str, other: str) -> bool:
    """Whether the numbers of the one are not those of the other: three, and two in five, are other ones."""
    ours, theirs = ({word for word in _words(name) if any(map(str.isdigit, word))} for name in (one, other))
    return len(ours - theirs) >= max(3, 0.4 * len(ours))


def _base(name: str) -> str:
    return re.split(r"[+#]", name)[0]


def _json_lines(path: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Write the pairs."""
    lines = [json.dumps({slot: getattr(pair, slot) for slot in Pair.__slots__}) for pair in draw()]
    PAIRS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
