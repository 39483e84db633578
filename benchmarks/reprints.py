"""What happens to an article when it is printed again, and to a formula when it serves once more.

Each change is one that portals were seen to make, made at random from a seed; none asks what the method under
measurement would make of it. `RECIPES` says which changes make which kind of pair.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.text import fold

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d/])")
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")
_NUMBER = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w/-]|[.,]\d)")
_THOUSANDS = re.compile(r"\.(?=(?:\d{3}\.)*\d{3}$)")
_CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# A person's name: two to four capitalised words behind how people are addressed.
_NAME = re.compile(
    r"(?:(?<=ồng chí )|(?<=[Ôô]ng )|(?<=[Bb]à )|(?<=[Aa]nh )|(?<=[Cc]hị ))"
    rf"[{_CAPITALS}]\w+(?: [{_CAPITALS}]\w*){{1,3}}"
)


@dataclass(frozen=True, slots=True)
class Text:
    """An article's words: headline, lead where it has one, paragraphs."""

    headline: str
    lead: str
    paragraphs: tuple[str, ...]


@cache
def formulae() -> dict[str, Any]:
    """Return the made-up formulae, sentences, leads and furniture."""
    path = Path(__file__).parent / "labels" / "formulae.json"
    return dict(json.loads(path.read_text("utf-8")))


def words_for(chance: random.Random) -> dict[str, str]:
    """Return one filling for every slot of a formula."""
    data, year = formulae(), chance.randint(2012, 2024)
    picked = {name: chance.choice(choices) for name, choices in data["words"].items()}
    people = chance.sample(data["words"]["person"], 4)
    picked.update(zip(("person", "person2", "person3", "person_a"), people, strict=True))
    picked.update({f"n{place}": str(chance.randint(2, 60)) for place in range(1, 8)})
    picked.update(
        year=str(year), year3=str(year + 3), month=str(chance.randint(1, 12)),
        paper=chance.choice(data["papers"]),
        day=_day(chance, year), day2=_day(chance, year), pct=str(chance.randint(70, 100)),
        pct2=f"{chance.randint(1, 19)},{chance.randint(1, 99)}", money=str(chance.randint(2, 60)),
        big=f"{chance.randint(1, 90)}.{chance.randint(100, 999)}",
        big2=f"{chance.randint(1, 90)}.{chance.randint(100, 999)}",
    )  # fmt: skip
    return picked


def filled(name: str, number: int, kept: Sequence[str] = (), kept_from: int = 0) -> Text:
    """Return the formula's report of a seed; `kept` slots are as in the report of another seed."""
    formula = formulae()["formulae"][name]
    words = words_for(random.Random(f"{name}/{number}"))
    words.update({slot: words_for(random.Random(f"{name}/{kept_from}"))[slot] for slot in kept})
    body = [paragraph.format(**words) for paragraph in formula["body"]]
    return Text(formula["headline"].format(**words), "", tuple(body))


def _day(chance: random.Random, year: int) -> str:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    return chance.choice([f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}", f"{day}/{month}"])


def other_headline(text: Text, chance: random.Random) -> Text:
    """Another headline over the same text: cut, turned or with a label."""
    parts = text.headline.split()
    cut = len(parts) * 2 // 3
    return replace(
        text,
        headline=chance.choice(
            [" ".join(parts[:cut]), " ".join([*parts[cut:], *parts[:cut]]), f"Tin vắn: {text.headline}",
             text.headline.upper(), "Hoạt động trong tuần"]
        ),
    )  # fmt: skip


def new_lead(text: Text, chance: random.Random) -> Text:
    """A lead of the other portal's own before the text, or instead of its lead."""
    lead = chance.choice(formulae()["leads"]).format(**words_for(chance))
    return replace(text, lead=lead, paragraphs=text.paragraphs if chance.random() < 0.5 else _with_lead(text))


def no_lead(text: Text, chance: random.Random) -> Text:
    """The lead, or the first paragraph where there is none, left out."""
    return replace(
        text, lead="", paragraphs=text.paragraphs if text.lead else text.paragraphs[1:] or text.paragraphs
    )


def dateline(text: Text, chance: random.Random) -> Text:
    """Dates written in another way: in words, with or without the year."""
    way = chance.randrange(3)

    def rewritten(found: re.Match[str]) -> str:
        day, month, year = found.groups()
        if way == 0:
            return f"{int(day)} tháng {int(month)}" + (f" năm {year}" if year else "")
        if way == 1:
            return f"{int(day):02}-{int(month):02}" + (f"-{year}" if year else "")
        return f"{int(day)}/{int(month)}"

    return _each(text, lambda paragraph: _DATE.sub(rewritten, paragraph))


def captions(text: Text, chance: random.Random) -> Text:
    """Captions of pictures between the paragraphs."""
    found = [
        "Quang cảnh hội nghị",
        "Ảnh: Minh Đức",
        "Các đại biểu chụp ảnh lưu niệm",
        "Toàn cảnh buổi lễ. (Ảnh: TL)",
    ]
    paragraphs = list(text.paragraphs)
    for caption in chance.sample(found, chance.randint(1, 3)):
        paragraphs.insert(chance.randint(0, len(paragraphs)), caption)
    return replace(text, paragraphs=tuple(paragraphs))


def source_line(text: Text, chance: random.Random) -> Text:
    """A line that says from where."""
    paper = chance.choice(formulae()["papers"])
    line = chance.choice(
        [f"(Theo {paper})", f"Nguồn: {paper}", f"{paper}/.", f"Theo {paper} ngày {_day(chance, 2020)}"]
    )
    return replace(text, paragraphs=(*text.paragraphs, line))


def truncated(text: Text, chance: random.Random) -> Text:
    """The end left out: 60 to 85 % of the words stay."""
    return _first(text, chance.uniform(0.6, 0.85))


def typos(text: Text, chance: random.Random) -> Text:
    """Misprints in 1 to 3 % of the words: a letter or digit lost, doubled or exchanged, marks lost."""
    share = chance.uniform(0.01, 0.03)

    def misprinted(word: str) -> str:
        if chance.random() > share or len(word) < 2:
            return word
        place = chance.randrange(len(word) - 1)
        way = chance.randrange(4)
        if way == 0:
            return word[:place] + word[place + 1 :]
        if way == 1:
            return word[:place] + word[place] + word[place:]
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :] if way == 2 else fold(word)

    return _each(text, lambda paragraph: " ".join(map(misprinted, paragraph.split())))


def glued(text: Text, chance: random.Random) -> Text:
    """Words stuck together where tags were stripped, 1 to 3 % of them."""
    share = chance.uniform(0.01, 0.03)
    return _each(
        text, lambda paragraph: re.sub(" ", lambda _: "" if chance.random() < share else " ", paragraph)
    )


def decomposed(text: Text, chance: random.Random) -> Text:
    """NFD."""
    return _each(text, lambda paragraph: unicodedata.normalize("NFD", paragraph))


def unmarked(text: Text, chance: random.Random) -> Text:
    """All marks lost."""
    return _each(text, lambda paragraph: "".join(map(_bare, paragraph)))


def furniture(text: Text, chance: random.Random) -> Text:
    """The site's own lines left in the text: buttons, counters, and a list of other headlines with dates."""
    lines = [line.format(**words_for(chance)) for line in chance.sample(formulae()["furniture"], 3)]
    others = []
    for name in chance.sample(sorted(formulae()["formulae"]), chance.randint(3, 7)):
        others.append(f"{filled(name, chance.randrange(10**6)).headline} ({_day(chance, 2021)})")
    return replace(text, paragraphs=(lines[0], *text.paragraphs, *lines[1:], "Các tin khác", *others))


def number_style(text: Text, chance: random.Random) -> Text:
    """Numbers written in another way: small ones in words, no points in thousands, a nought before."""
    way = chance.randrange(3)

    def rewritten(found: re.Match[str]) -> str:
        number = found.group()
        if way == 0:
            return str(formulae()["numerals"].get(number, number))
        return _THOUSANDS.sub("", number) if way == 1 else number.zfill(2)

    return _each(text, lambda paragraph: _NUMBER.sub(rewritten, paragraph))


def house_style(text: Text, chance: random.Random) -> Text:
    """Some words in the other house's style, throughout."""
    pairs = chance.sample(formulae()["editing"], 4)
    return _each(text, lambda paragraph: _edited(paragraph, pairs))


def dropped(text: Text, chance: random.Random) -> Text:
    """Some sentences left out, up to one in eight."""
    return _sentences(text, lambda sentence: [] if chance.random() < 0.12 else [sentence])


def moved(text: Text, chance: random.Random) -> Text:
    """Two paragraphs in another order."""
    paragraphs = list(text.paragraphs)
    if len(paragraphs) > 2:
        place = chance.randrange(1, len(paragraphs) - 1)
        paragraphs[place], paragraphs[place + 1] = paragraphs[place + 1], paragraphs[place]
    return replace(text, paragraphs=tuple(paragraphs))


def rewritten(text: Text, chance: random.Random) -> Text:
    """The same news told over: words replaced, one sentence in five gone, some of its own, a new lead."""
    pairs = chance.sample(formulae()["editing"], 9)
    own = formulae()["sentences"]

    def told(sentence: str) -> list[str]:
        if chance.random() < 0.2:
            return []
        sentence = _edited(sentence, pairs) if chance.random() < 0.7 else sentence
        return [sentence, chance.choice(own)] if chance.random() < 0.12 else [sentence]

    return new_lead(_sentences(text, told), chance)


def excerpt(text: Text, chance: random.Random) -> Text:
    """A part of 20 to 42 %, whole sentences in a row, under another headline."""
    sentences = [each for paragraph in _with_lead(text) for each in _SENTENCE.split(paragraph)]
    wanted = chance.uniform(0.2, 0.42) * sum(len(each.split()) for each in sentences)
    start = chance.randrange(max(1, len(sentences) * 6 // 10))
    part: list[str] = []
    for sentence in sentences[start:]:
        if sum(len(each.split()) for each in part) >= max(wanted, 60):
            break
        part.append(sentence)
    return other_headline(Text(text.headline, "", tuple(part)), chance)


def another_event(text: Text, chance: random.Random) -> Text:
    """The text as a formula for another event, as next year's report uses this year's.

    The dates are other ones, so are two in three of the other numbers and of the people, and a few sentences
    are new or gone; what the law is called, who heads the body and where it is stays.
    """
    data, people = formulae(), {}

    def other_day(found: re.Match[str]) -> str:
        day, month, year = found.groups()
        if year and int(year) < 2010:
            return found.group()
        moved_day = (
            f"{(int(day) + chance.randint(3, 25)) % 28 + 1}/{(int(month) + chance.randint(1, 10)) % 12 + 1}"
        )
        return moved_day + (f"/{int(year) + 1}" if year else "")

    def other_number(found: re.Match[str]) -> str:
        number = found.group()
        if number.isdigit() and 1900 < int(number) < 2100:
            return str(int(number) + 1) if int(number) > 2010 else number
        return number if chance.random() < 0.33 else str(chance.randint(2, 400))

    def other_person(found: re.Match[str]) -> str:
        if found.group() not in people:
            stays = chance.random() < 0.33
            people[found.group()] = found.group() if stays else chance.choice(data["words"]["person"])
        return people[found.group()]

    def told(sentence: str) -> list[str]:
        if chance.random() < 0.1:
            return [chance.choice(data["sentences"])] if chance.random() < 0.5 else []
        dates: list[str] = []

        def kept(found: re.Match[str]) -> str:
            dates.append(other_day(found))
            return "\0"

        sentence = _NAME.sub(other_person, _NUMBER.sub(other_number, _DATE.sub(kept, sentence)))
        return [re.sub("\0", lambda _: dates.pop(0), sentence)]

    changed = _sentences(text, told)
    return replace(changed, headline=_NUMBER.sub(other_number, _DATE.sub(other_day, text.headline)))


Change = Callable[[Text, random.Random], Text]

# Light changes: what is left is the same text, printed again.
LIGHT: dict[str, Change] = {
    each.__name__: each
    for each in (
        other_headline, new_lead, no_lead, dateline, captions, source_line, truncated, typos, glued,
        decomposed, unmarked, furniture, number_style, house_style, dropped, moved,
    )
}  # fmt: skip
CHANGES: dict[str, Change] = {
    **LIGHT, **{each.__name__: each for each in (rewritten, excerpt, another_event)}
}  # fmt: skip


def printed(text: Text, recipe: Sequence[str], seed: str) -> Text:
    """Return the text after the recipe's changes, in order."""
    chance = random.Random(seed)
    for name in recipe:
        text = CHANGES[name](text, chance)
    return text


def _with_lead(text: Text) -> tuple[str, ...]:
    return (text.lead, *text.paragraphs) if text.lead else text.paragraphs


def _each(text: Text, change: Callable[[str], str]) -> Text:
    return Text(change(text.headline), change(text.lead), tuple(map(change, text.paragraphs)))


def _sentences(text: Text, change: Callable[[str], list[str]]) -> Text:
    paragraphs = [
        " ".join(new for sentence in _SENTENCE.split(paragraph) for new in change(sentence))
        for paragraph in _with_lead(text)
    ]
    return replace(text, lead="", paragraphs=tuple(filter(None, paragraphs)) or text.paragraphs)


def _first(text: Text, share: float) -> Text:
    left = share * sum(len(paragraph.split()) for paragraph in text.paragraphs)
    kept = []
    for paragraph in text.paragraphs:
        words = paragraph.split(" ")
        kept.append(" ".join(words[: max(1, int(left))]))
        left -= len(words)
        if left < 1:
            break
    return replace(text, paragraphs=tuple(kept))


def _edited(sentence: str, pairs: Sequence[Sequence[str]]) -> str:
    for old, new in pairs:
        sentence = re.sub(rf"(?<!\w){re.escape(old.strip())}(?!\w)", new.strip(), sentence)
    return sentence


def _bare(letter: str) -> str:
    return fold(letter).upper() if letter.isupper() else fold(letter)
