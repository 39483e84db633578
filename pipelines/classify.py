"""Stage 5: is it the Party's work, and of which kinds?

The verdict is a weighted sum of words: which groups of words (`data/party.json`) stand in the headline, in
the opening and in the rest, times weights (`data/party_weights.json`, learnt by `benchmarks.party_weights`).
The section's name is a weak hint. Kinds come from words of the headline and of the opening alone, because a
report speaks of everything further down. What counts as the Party's work, and how often this is right, stands
in `docs/classification.md`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from pipelines.activities import ACTIVITIES
from pipelines.article import Article
from pipelines.lexicon import Acts, Lexicon, load_data, senses_of
from pipelines.text import exact, fold, language_of

Zone = Literal["headline", "opening", "body", "section"]
ZONES: tuple[Zone, ...] = get_args(Zone)
Features = dict[tuple[Zone, str], float]

# Characters that are read of each part: what a text is about stands in front, and a long one costs no more.
_LINE = 400
_OPENING = 500
_BODY = 5000
_SHORT = 300  # a body as short as this lets the names of its attachments speak
_TELLING = 250  # of the opening: it says what happened, and behind that who came and why
_ACTING = 150  # of the opening: it says who acts
_MOST_REASONS = 6
_WHERE = {"headline": "ở tiêu đề", "opening": "ở đoạn mở đầu", "section": "ở tên chuyên mục"}

_WEIGHTS = load_data("party_weights.json")
_WORDS = load_data("party.json")
_MARKED = Lexicon(senses_of(_WORDS))
_UNMARKED = _MARKED.unmarked()
_MASS = "doan_the"
# What a committee does by itself says more than its name, which stands in every resolution and guest list.
_ACT = "viec_cap_uy"
_COMMITTEES = frozenset(_WORDS["acts"]["of"])
_ACTS = {_MARKED: Acts(_WORDS["acts"], exact), _UNMARKED: Acts(_WORDS["acts"], fold)}
_REACH = {name: _ACTING if kind.of == "mass" else _TELLING for name, kind in ACTIVITIES.items()}
_ATTEND = re.compile(r"dự(?<!\wdự)(?!\w)")
_STOP = re.compile(r"\n|\.(?=\s)")  # of a sentence; "T.Ư" has a dot inside


class Places(NamedTuple):
    """Where the words of a group stand in a zone, from start to end in its text `printed` and `formed`."""

    printed: str
    formed: str
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class Reading:
    """What an article's words say, before they are weighed. Features are 0 to 1."""

    places: dict[tuple[Zone, str], Places] = field(default_factory=dict)
    kinds: dict[Zone, set[str]] = field(default_factory=dict)
    features: Features = field(default_factory=dict)


def classify(article: Article) -> Article:
    """Return the article with `is_party`, `party_score` (0 to 1), `party_reasons` and `activities`.

    Party is from 0.5 on; where no word speaks for it the score is 0. Reasons are Vietnamese phrases, the
    weightiest first; there are some exactly where the score says Party.
    """
    reading = read(article)
    shares = _shares(reading.features)
    article.party_score = round(_chance(shares), 3)
    article.is_party = article.party_score >= 0.5
    article.party_reasons = list(_reasons(reading, shares)) if article.is_party else []
    article.activities = _activities(reading, article.is_party)
    return article


def read(article: Article) -> Reading:
    """Return what the article's words say: places, kinds and features."""
    reading = Reading()
    zones = dict(_zones(article))
    is_marked = (article.in_language or language_of("\n".join(zones.values()))) == "vi"
    lexicon, form = (_MARKED, exact) if is_marked else (_UNMARKED, fold)
    for zone, text in zones.items():
        _read_zone(reading, zone, text, form(text), lexicon)
    return reading


def _zones(article: Article) -> Iterator[tuple[Zone, str]]:
    lead, body = (article.description or "")[:_OPENING], (article.article_body or "")[: _OPENING + _BODY]
    if body.startswith(lead):
        lead = ""
    cut = _end_of_word(body, _OPENING - len(lead))
    names = [attachment["name"] or "" for attachment in article.attachments] if len(body) < _SHORT else []
    yield "headline", (article.headline or "")[:_LINE]
    yield "opening", "\n".join(filter(None, (lead, body[:cut], *names)))[: 2 * _OPENING]
    yield "body", body[cut:]
    yield "section", (article.article_section or "")[:_LINE]


def _end_of_word(text: str, near: int) -> int:
    end = text.find(" ", near)
    return len(text) if end < 0 else end


def _read_zone(reading: Reading, zone: Zone, text: str, formed: str, lexicon: Lexicon) -> None:
    printed = text if len(text) == len(formed) else formed
    groups: dict[str, list[tuple[int, int]]] = {}
    kinds = reading.kinds[zone] = set()
    tells, guests = zone in {"headline", "opening"}, _guests(formed) if zone == "opening" else ()
    for sense, start, end in lexicon.find(formed):
        if guests and any(first < start < last for first, last in guests):
            continue
        groups.setdefault(sense.group, []).append((start, end))
        if tells:
            for kind in sense.kinds:
                if start < _REACH[kind]:
                    kinds.add(kind)
            acts = _ACTS[lexicon] if sense.group in _COMMITTEES and start < _TELLING else None
            if acts and (act_end := acts.find(formed, start, end)):
                groups.setdefault(_ACT, []).append((start, act_end))
    for group, spans in groups.items():
        reading.places[zone, group] = Places(printed, formed, spans)
        reading.features[zone, group] = _strength(zone, group, len(spans), len(text))


def _guests(formed: str) -> list[tuple[int, int]]:
    """Return where a text lists guests, from "dự hội nghị có" on: they say little of whose a meeting is."""
    spans, last = [], 0
    for found in _ATTEND.finditer(formed):
        listed = formed.find(" có ", found.end(), found.end() + 104)
        if found.start() >= last and listed >= 0 and not {".", "\n"} & {*formed[found.end() : listed]}:
            stop = _STOP.search(formed, listed)
            last = stop.start() if stop else len(formed)
            spans.append((found.start(), last))
    return spans


def _strength(zone: Zone, group: str, count: int, length: int) -> float:
    """Return how strongly a zone speaks of a group, 0 to 1: the body by density, the opening by count."""
    if zone == "body":
        return min(1.0, 400 * count / (length + 400))
    return 1 - 0.4**count if zone == "opening" and group != _ACT else 1.0


def _shares(features: Features) -> Features:
    weights = _WEIGHTS["weights"]
    return {key: value * weights[key[0]].get(key[1], 0.0) for key, value in features.items()}


def _chance(shares: Features) -> float:
    if not any(share > 0 for share in shares.values()):
        return 0.0
    return 1 / (1 + math.exp(-_WEIGHTS["intercept"] - sum(shares.values())))


def _reasons(reading: Reading, shares: Features) -> Iterator[str]:
    weightiest = sorted((key for key in shares if shares[key] > 0), key=lambda key: -shares[key])
    for zone, group in weightiest[:_MOST_REASONS]:
        times, word = _mention(reading.places[zone, group])
        where = _WHERE.get(zone) or (f"{times} lần trong bài" if times > 1 else "trong bài")
        yield f"nhắc “{word}” {where}"


def _mention(places: Places) -> tuple[int, str]:
    """Return how often a group's most frequent word stands in a zone, and the word as it is printed first."""
    words = [places.formed[start:end] for start, end in places.spans]
    word = max(dict.fromkeys(words), key=lambda word: (words.count(word), len(word)))
    start, end = places.spans[words.index(word)]
    return words.count(word), places.printed[start:end]


def _activities(reading: Reading, is_party: bool) -> list[str]:
    headline, opening = reading.kinds["headline"], reading.kinds["opening"]
    by_mass = any(ACTIVITIES[kind].of == "mass" for kind in (*headline, *opening))
    # Not all of them have a kind of their own: Hội Nông dân, Mặt trận.
    by_another = ("headline", _MASS) in reading.places
    # A headline that names the Party's work says it all; the opening then names its occasions.
    told = any(ACTIVITIES[kind].of.startswith("party") for kind in headline)
    found = []
    for name, activity in ACTIVITIES.items():
        if activity.of == "mass":
            named = name in headline or (name in opening and not is_party)
        elif activity.of == "any":
            named = name in headline or name in opening
        else:
            may = is_party or (by_mass and activity.of == "party_or_mass")
            named = may and (name in headline or (name in opening and not told))
            named |= by_another and activity.of == "party_or_mass" and name in headline
        if named:
            found.append(name)
    return found
