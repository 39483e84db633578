"""The patterns that names of bodies, offices and people are read with, made once from the word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.entities.vocabulary import CAPITAL, words
from pipelines.lexicon import load_data
from pipelines.text import fold, other_tone

MOST_PARTS = 24  # of a body's name: more is a list, and this bounds what a text of nothing but heads can cost
_ABBREVIATION = r"[A-ZĐ]{2,}\d*(?: ?[&/-][A-ZĐ]{1,8})*(?!\w)"
_ABBREVIATIONS = r"[A-ZĐ]{2,}(?: ?[&/-] ?[A-ZĐ]{1,8})+(?!\w)"
_OWN_WORD = rf"{CAPITAL}[^\W\d_]{{1,24}}(?:['’]\w{{1,9}})?(?!\w)"
_SYLLABLE = rf"{CAPITAL}(?!{CAPITAL})[^\W\d_]{{0,6}}(?:['’][^\W\d_]{{1,7}})?(?![\w'’])"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns, to be matched at a place of a text as printed.

    Bodies: `head` begins a name, `tail` is the rest of it; `field` is a field of work, `topics` and `nouns` are
    words in lower case that go on some names. Offices: `rank`. People: `name`. `place`: a place's whole name.
    `before_name`, `namesake` and `lower_start` end where the place is that they are searched before.
    `begins`: the first word of a thing → which things ("b" body, "r" rank, "n" name).
    `follows`: the word before a capitalised one → what it may be the end of ("h" head or rank, "t" title).
    """

    marked: bool
    capital: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    field: re.Pattern[str]
    country: re.Pattern[str]
    topics: re.Pattern[str]
    nouns: re.Pattern[str]
    rank: re.Pattern[str]
    chief: re.Pattern[str]
    qualifier: re.Pattern[str]
    name: re.Pattern[str]
    place: re.Pattern[str]
    stop: re.Pattern[str]
    to_name: re.Pattern[str]
    title: re.Pattern[str]
    namesake: re.Pattern[str]
    lower_start: re.Pattern[str]
    begins: dict[str, str]
    follows: dict[str, str]


@cache
def grammar(marked: bool = True) -> Grammar:
    """Return the patterns for text with its marks, or for text typed without any. Takes a while, once."""
    bodies, offices, names = (load_data(f"{name}.json") for name in ("bodies", "offices", "names"))

    def form(text: str) -> str:
        return text if marked else fold(text)

    def either(terms: Iterable[str]) -> str:
        return words(terms, marked=marked)

    def capital(terms: Iterable[str]) -> str:
        return words(terms, capital=True, marked=marked)

    heads = [head for kind in bodies["heads"].values() for head in kind]
    ranks = offices["ranks"] + offices["whole"]
    long_heads, long_ranks = ([term for term in terms if " " in term] for terms in (heads, ranks))
    head, rank, place, stop = either(heads), either(ranks), either(load_data("places.json")["places"]), either(bodies["stops"])
    field, level = capital(bodies["fields"]), either(bodies["named_levels"])
    lower_head, qualifier = either(bodies["lower_heads"]), either(offices["qualifiers"])
    person = f"(?!{capital(names['family'])} {CAPITAL})"
    chief = f"(?:{'|'.join(map(form, ('Phó', 'Trưởng', 'Chánh')))}) {head}"
    office = f"(?:{capital(long_ranks)}|{chief})"
    own = f"(?!{stop}|{office}){person}{_OWN_WORD}"
    somebody = rf"(?!{capital(names['family'])} {_OWN_WORD} {CAPITAL})"
    named_level = rf"(?:{level} |T[Pp](?:\. ?| ))(?:{place}|(?!{stop}){somebody}{_OWN_WORD}(?: {own}){{0,2}}|\d+|[IVX]+(?!\w))"
    several = rf"(?!, (?:{'|'.join(map(form, ('quận', 'huyện', 'thị xã', 'thành phố', 'xã', 'phường')))}))"
    lower_fields = either(bodies["lower_fields"]) + several
    pair = rf"(?!{stop}|{office}){CAPITAL}[^\W\d_]{{0,6}} (?!{either(bodies['particles'])})(?!{CAPITAL})[^\W\d_]{{1,6}}(?!\w)"
    glossed = rf"\({_ABBREVIATION}\) (?:{place}|{named_level})"
    unit = "|".join(
        (named_level, place, _ABBREVIATIONS, field, f"(?!{stop}){head}", lower_fields, _ABBREVIATION, pair, own, glossed)
    )
    apart = either([*bodies["not_joined"], *(head for head in heads if head.isupper())])
    joint = (
        rf"(?: (?:{form('và')}|&) |, ?(?=[^,.;\n]{{3,40}} (?:{form('và')} {CAPITAL}|[A-ZĐ]+&[A-ZĐ]))| ?[-–] ?)"
        rf"(?!{apart})(?:{field}|{_ABBREVIATION})| ?[-–] ?{place}"
    )
    topic_joins = "|".join(map(form, bodies["topic_joins"]))
    not_name = f"(?!{office}|{capital(long_heads)})"
    return Grammar(
        marked=marked,
        capital=re.compile(rf"{CAPITAL}\w*"),
        head=re.compile(rf"(?!{stop})(?:{either(bodies['numbered'])} \d{{1,3}}(?:/TP)?(?![\w%/.,]*\d)|{head})"),
        tail=re.compile(rf"(?: (?:{unit})(?: (?:{unit})|{joint}){{0,{MOST_PARTS}}}+)?+"),
        field=re.compile(field),
        country=re.compile(f" {place}"),
        topics=re.compile(rf"(?:,? (?:(?:{topic_joins}) )?{either(bodies['topics'])}){{1,{MOST_PARTS}}}+"),
        nouns=re.compile(rf"(?: (?:{form('và')} )?{either(bodies['nouns'])}){{1,{MOST_PARTS}}}+"),
        rank=re.compile(rf"(?:{either(offices['before'])} )?{rank}(?: {qualifier})*"),
        chief=re.compile(either(["phó", "trưởng", "phó trưởng", "quyền trưởng", "chánh", "phó chánh", "quyền chánh"])),
        qualifier=re.compile(f" {qualifier}"),
        name=re.compile(rf"{_SYLLABLE}(?: {not_name}{_SYLLABLE}){{1,4}}"),
        place=re.compile(rf"{place}|(?:Xuân |Tết )?{capital(names['stems'])} {capital(names['branches'])}"),
        stop=re.compile(stop),
        to_name=re.compile(rf"(?: \({_ABBREVIATION}\))?[ :–-]{{0,3}}(?:,? ?(?:là )?{either(names['titles'])}[:.]?){{0,4}} ?"),
        title=re.compile(rf"(?<![\w.]){either(names['titles'])}[.:]? ?\Z"),
        namesake=re.compile(rf"(?<!\w)(?:{either(names['namesakes'])}|\d[\w/.]*)[.,]? ?\Z"),
        lower_start=re.compile(
            rf"(?<!\w)(?<!{form('cơ')} )(?<!{form('trụ')} )(?<!{form('quốc')} )(?:{rank}(?: {qualifier})*(?: {lower_head})*|{lower_head}(?: {lower_head})*) \Z"
        ),
        begins=_begins({"r": map(form, ranks), "b": map(form, heads), "n": map(form, names["family"])}),
        follows=_follows(
            {"h": map(form, [*bodies["lower_heads"], *ranks]), "t": map(form, names["titles"])}
        ),
    )


def _begins(things: dict[str, Iterable[str]]) -> dict[str, str]:
    begins: dict[str, str] = {}
    for letter, terms in things.items():
        for word in {term.split()[0].rstrip(",") for term in terms}:
            for spelling in {word, other_tone(word)}:
                printed = spelling[0].upper() + spelling[1:]
                for variant in {printed, printed.replace("Đ", "Ð")}:
                    begins[variant] = begins.get(variant, "") + letter
    return begins


def _follows(things: dict[str, Iterable[str]]) -> dict[str, str]:
    follows: dict[str, str] = {}
    for letter, terms in things.items():
        for word in {term.split()[-1] for term in terms}:
            for spelling in {word, other_tone(word)}:
                follows[spelling] = follows.get(spelling, "") + letter
    return follows
