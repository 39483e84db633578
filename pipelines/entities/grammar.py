"""The patterns that names of bodies, offices and people are read with, made once from the word lists.

All of them are matched at a place, or searched in a few dozen characters before one; none can look further
than the name that it reads, so that a text of five million characters costs a thousand times one of five
thousand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.entities.vocabulary import CAPITAL, first_words, unmarked, words
from pipelines.lexicon import load_data
from pipelines.text import other_tone

_MOST_PARTS = (
    24  # of a body's name: more is a list, and this bounds what a text of nothing but heads can cost
)
_ABBREVIATION = r"[A-ZĐƯ]{2,8}\d{0,3}(?: ?[&/-][A-ZĐƯ]{1,8}){0,4}(?!\w)"
_ABBREVIATIONS = r"[A-ZĐƯ]{2,8}(?: ?[&/-] ?[A-ZĐƯ]{1,8}){1,4}(?!\w)"
_OWN_WORD = rf"{CAPITAL}(?!{CAPITAL})[^\W\d_]{{1,24}}(?:['’]\w{{1,9}})?(?!\w)"
_SYLLABLE = rf"{CAPITAL}(?!{CAPITAL})[^\W\d_]{{0,6}}(?:['’][^\W\d_]{{1,7}})?(?![\w'’])"


@dataclass(frozen=True, slots=True)
class BodyPatterns:
    """`head` begins a name, `tail` is the rest of it, `country` all that may follow some heads.

    `namesake` ends a body's name with one ("name") that may be its chief's: "UBND phường Nguyễn Văn Bình".
    `field` is a field of work; `topics` and `nouns` are words in lower case that go on some names; `stop`
    looks like a head and is none.
    """

    head: re.Pattern[str]
    tail: re.Pattern[str]
    country: re.Pattern[str]
    namesake: re.Pattern[str]
    field: re.Pattern[str]
    topics: re.Pattern[str]
    nouns: re.Pattern[str]
    stop: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class OfficePatterns:
    """`rank` begins an office; `chief` is a rank that says nothing alone.

    `qualifier` may follow a body, `of` a rank, `place` one that has no body ("Chủ tịch xã Hoa Sơn"); `closer`
    ends an office ("khóa XV"); `joint` stands between two offices.
    """

    rank: re.Pattern[str]
    chief: re.Pattern[str]
    qualifier: re.Pattern[str]
    of: re.Pattern[str]
    place: re.Pattern[str]
    closer: re.Pattern[str]
    joint: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """`name` is a name's form; `no_person` a place, a year or a title that looks like one.

    `title`, `namesake`, `memorial`, `lower_start` (a head or a rank in lower case) end where a name begins;
    `former` ("nguyên") ends where an office begins; `former_endings`: its last letters and the blank.
    `gap` is what may stand between an office and the name behind it, `after` between a name and its office.
    `shouted` is a name in capitals within other text.
    """

    name: re.Pattern[str]
    shouted: re.Pattern[str]
    no_person: re.Pattern[str]
    title: re.Pattern[str]
    namesake: re.Pattern[str]
    memorial: re.Pattern[str]
    lower_start: re.Pattern[str]
    former: re.Pattern[str]
    former_endings: frozenset[str]
    gap: re.Pattern[str]
    after: re.Pattern[str]
    weak: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All patterns for text with marks (`marked`) or without; `shouted` was all in capitals.

    `begins`: the first word of a thing → which things ("b" body, "r" rank, "n" name, "s" name in
    capitals, "m" middle of a name).
    `follows`: the word before a capitalised one → what ends there ("h" a head or rank, "t" a title);
    `endings`: the last letters and the blank of these words.
    """

    marked: bool
    shouted: bool
    body: BodyPatterns
    office: OfficePatterns
    person: NamePatterns
    begins: dict[str, str]
    follows: dict[str, str]
    endings: frozenset[str]


@cache
def grammar(marked: bool = True, shouted: bool = False) -> Grammar:
    """Return the patterns. Takes a fifth of a second, once.

    `shouted`: for text that was all in capitals. Which words are names cannot be told from them: bodies are
    made of known words alone, and a person's name has to end where a clause does.
    """
    return _Maker(marked, shouted).grammar()


class _Maker:
    """Puts patterns together; a name of a pattern in lower case is a regular expression as text."""

    def __init__(self, marked: bool, shouted: bool) -> None:
        self.marked, self.shouted = marked, shouted
        self.form: Callable[[str], str] = str if marked else unmarked
        self.bodies: dict[str, Any] = load_data("bodies.json")
        self.offices: dict[str, Any] = load_data("offices.json")
        self.names: dict[str, Any] = load_data("names.json")
        self.heads = [head for kind in self.bodies["heads"].values() for head in kind]
        self.ranks = self.offices["ranks"] + self.offices["whole"]
        self.head, self.rank = self.either(self.heads), self.either(self.ranks)
        self.stop = self.either(self.bodies["stops"])
        self.counted = self.either(self.bodies["counted"])
        self.number = rf"\d{{1,3}}(?!\d| {self.counted})"
        self.place = self.either(load_data("places.json")["places"])
        self.family = self.capital(self.names["family"])
        self.weak = frozenset(self.names["weak"])
        self.strong = self.capital(name for name in self.names["family"] if name not in self.weak)
        chief = f"(?:{'|'.join(map(self.form, ('Phó', 'Trưởng', 'Chánh')))}) {self.head}"
        self.long_rank = f"(?:{self.capital(rank for rank in self.ranks if ' ' in rank)}|{chief})"
        self.no_word = f"(?!{self.stop}|{self.counted}|{self.long_rank})"

    def either(self, terms: Iterable[str]) -> str:
        return words(terms, marked=self.marked)

    def capital(self, terms: Iterable[str]) -> str:
        return words(terms, capital=True, marked=self.marked)

    def grammar(self) -> Grammar:
        lower_heads, titles = self.bodies["lower_heads"], self.names["titles"]
        follows = self._follows({"h": [*lower_heads, *self.ranks], "t": titles})
        return Grammar(
            marked=self.marked,
            shouted=self.shouted,
            body=self._body(),
            office=self._office(),
            person=self._person(),
            begins=self._begins(
                {
                    "r": [*self.ranks, "thường trực"],
                    "b": self.heads,
                    "n": self.names["family"],
                    "s": self._shouted_families(),
                    "m": [] if self.shouted else ["thị"],
                }
            ),
            follows=follows,
            endings=frozenset(f"{word[-2:]} " for word in follows),
        )

    def _body(self) -> BodyPatterns:
        bodies, und = self.bodies, self.form("và")
        field = self.capital(bodies["fields"])
        topic = f"(?:,? (?:{self.either(bodies['topic_joins'])} )?{self.either(bodies['topics'])})"
        noun = f"(?: (?:{und} )?{self.either(bodies['nouns'])})"
        numbered = rf"{self.either(bodies['numbered'])} {self.number}(?:/TP)?(?![\w%/.,]*\d)"
        units, joint = "|".join(self._units(field)), self._joint(field)
        units = rf"(?:\({_ABBREVIATION}\) )?(?:{units})"
        if not self.shouted:
            unknown = f"(?(1)(?!)|{self._unknown_field()})"  # as the first part only
            units = "|".join([units, unknown, self._own(), self._called()])
        return BodyPatterns(
            head=re.compile(f"(?!{self.stop})(?:{numbered}|{self.head})"),
            # Group 1 is set once a part has been read: only behind one may a joint stand.
            tail=re.compile(f"(?: (?:{units})()|(?(1)(?:{joint})|(?!))){{0,{_MOST_PARTS}}}+"),
            country=re.compile(f" {self.place}"),
            namesake=self._namesake(),
            field=re.compile(f" {field}"),
            topics=re.compile(f"{topic}{{1,{_MOST_PARTS}}}+"),
            nouns=re.compile(f"{noun}{{1,{_MOST_PARTS}}}+"),
            stop=re.compile(self.stop),
        )

    def _units(self, field: str) -> list[str]:
        """What a blank may join to a name: a level and its place, a place, a field, the superior, …"""
        ward = self._behind(self.bodies["called_levels"])
        called = f"{ward}(?:{self._somebody(1, 2)}|{self._somebody(0, 0)}(?= {self.strong} {CAPITAL}))"
        of_level = rf"{self._somewhere()}|[IVX]+(?!\w)|{called}"
        several = "|".join(map(self.form, ("quận", "huyện", "thị xã", "thành phố", "xã", "phường")))
        if self.shouted:
            of_level, field = self.place, f"(?!{self.stop}){field}"
        return [
            _ABBREVIATIONS,
            field,
            f"{self._level(of_level)}|{self.place}",
            f"(?!{self.stop}){self.head}",
            f"{self.either(self.bodies['lower_fields'])}(?!, (?:{several}))",
            _ABBREVIATION,
        ]

    def _somewhere(self) -> str:
        """A place's name, listed or not, and never somebody's."""
        somebody = rf"(?!{self.family} {CAPITAL}[^\W\d_]* {CAPITAL}(?!{CAPITAL}))"
        first = f"(?!{self.stop}|{self.counted}){somebody}{self._no_province()}{_OWN_WORD}"
        return f"{self.place}|{first}(?: {self._own()}){{0,2}}"

    def _level(self, of_level: str) -> str:
        named, numbered = self._levels("named_levels"), self._levels("numbered_levels")
        return rf"(?:{named} |T[Pp](?:\. ?| ))(?:{of_level})|{numbered} {self.number}"

    def _levels(self, name: str) -> str:
        return self.either(level for level in self.bodies[name] if self.marked or level != "số")  # "So" is Sở

    def _somebody(self, least: int, most: int) -> str:
        """A person's name of so many words behind the second; the next person's, or a place's, is none."""
        listed = self.either(place for place in load_data("places.json")["places"] if " " in place)
        places = rf"{listed}|{self._levels('named_levels')} (?:{CAPITAL}|\d)"
        given = f"(?!{self.long_rank}|{self.strong} {CAPITAL}){_SYLLABLE}"
        return f"{self.family} {given}(?: (?!{places}){given}){{{least},{most}}}"

    def _called(self) -> str:
        """A person's name behind "THPT", "bệnh viện" and the like."""
        behind = self._behind([*self.names["schools"], *self.names["houses"]])
        return f"(?={CAPITAL}){behind}{self._somebody(0, 2)}"

    def _behind(self, terms: Iterable[str]) -> str:
        return f"(?:{'|'.join(f'(?<={self.either([term])} )' for term in terms)})"

    def _namesake(self) -> re.Pattern[str]:
        wards, houses = self._levels("called_levels"), self.either(self.names["houses"])
        hero = self.capital(self.names["heroes"])
        behind = rf"(?<!\w)(?:{wards} (?={self._somebody(1, 1)})|{houses} )"
        return re.compile(rf"{behind}(?P<name>(?!{hero}){self._somebody(0, 2)})\Z")

    def _own(self) -> str:
        """A word of a name that no list knows; never somebody's."""
        not_somebody = f"(?!{self.family} {CAPITAL})"
        return f"(?={CAPITAL}){self.no_word}{not_somebody}{self._no_province()}{_OWN_WORD}"

    def _no_province(self) -> str:
        """Provinces and cities are listed: one unknown word before one in lower case names none."""
        levels = [f"{self.form(word)} " for word in ("tỉnh", "Tỉnh", "phố", "Phố", "T[Pp]")]
        level = "|".join(f"(?<={ending})" for ending in [*levels, r"T[Pp]\.", r"T[Pp]\. "])
        return rf"(?!(?:{level}){_OWN_WORD} (?!{CAPITAL})[^\W\d_])"

    def _unknown_field(self) -> str:
        """A field that no list knows, right behind the head.

        Of two words, "Kho vận", or up to the place behind it: "Nuôi dạy trẻ khiếm thị Tây Ninh".
        """
        particle = self.either(self.bodies["particles"])
        first = rf"(?={CAPITAL}){self.no_word}{CAPITAL}(?!{CAPITAL})[^\W\d_]{{0,6}}"
        word = rf" (?!{particle}|{CAPITAL})[^\W\d_]{{1,6}}(?!\w)"
        return f"{first}{word}(?:(?:{word}){{0,4}} {self.place})?"

    def _joint(self, field: str) -> str:
        """What "và", a comma or a dash may join to a name: a further field, never another body."""
        und = self.form("và")
        apart = self.either([*self.bodies["not_joined"], *filter(str.isupper, self.heads)])
        is_series = rf"(?={CAPITAL}[^,.;\n]{{2,39}} (?:{und} {CAPITAL}|[A-ZĐ]+&[A-ZĐ]))"
        zones = self.either(field for field in self.bodies["lower_fields"] if field.startswith("các khu"))
        join = rf"(?: (?:{und}|&) |, ?{is_series}| ?[-–] ?)"
        return f"{join}(?:{zones}|(?!{apart}|{self.stop})(?:{field}|{_ABBREVIATION}))| ?[-–] ?{self.place}"

    def _office(self) -> OfficePatterns:
        chiefs = ("phó", "trưởng", "phó trưởng", "quyền trưởng", "chánh", "phó chánh", "quyền chánh")
        qualifier = self.either(self.offices["qualifiers"])
        also, together = self.form("kiêm"), self.form("đồng thời là")
        # "Trưởng Đoàn ĐBQH tỉnh" is Trưởng of a body, though "Trưởng đoàn" is a rank itself.
        delegation = self.either(head for head in self.heads if head.startswith("đoàn "))
        chief_of = f"{self.either(['trưởng', 'phó trưởng'])}(?= {delegation})"
        standing = f"{self.form('[Tt]hường trực')}(?= {self.either(['ban bí thư'])})"
        bare, before = self.either(self.bodies["seats"]), self.either(self.offices["before"])
        which = rf"{self.either(['khóa'])} (?:[IVXL]{{1,6}}|\d{{1,2}})(?!\w)"
        return OfficePatterns(
            rank=re.compile(f"(?:{before} )?(?:{chief_of}|{standing}|{self.rank})(?: {qualifier})*+"),
            chief=re.compile(self.either(chiefs)),
            qualifier=re.compile(f" {qualifier}"),
            of=re.compile(f" {self.form('thuộc')} "),
            place=re.compile(f" (?:{self._level(self._somewhere())}|{bare})"),
            closer=re.compile(rf"(?: (?:{which}|{self.either(self.offices['closers'])})){{1,2}}"),
            joint=re.compile(f",? ?[-–] ?|, ?(?:(?:{also}|{together}) )?| (?:{also}|{self.form('và')}) |; ?"),
        )

    def _person(self) -> NamePatterns:
        names, qualifier = self.names, self.either(self.offices["qualifiers"])
        long_head = self.capital([*(head for head in self.heads if " " in head), "sở", "khối"])
        title, lower_head = self.either(names["titles"]), self.either(self.bodies["lower_heads"])
        long_title = self.either(title for title in names["titles"] if " " in title)
        year = f"(?:{self.form('Xuân')} )?{self.capital(names['stems'])} {self.capital(names['branches'])}"
        becomes = self.either(["giữ chức vụ", "giữ chức danh", "giữ chức", "làm", "chức vụ"])
        not_within = "".join(f"(?<!{self.form(word)} )" for word in ("[Cc]ơ", "[Tt]rụ", "[Qq]uốc"))
        before = self.either(self.offices["before"])
        return NamePatterns(
            name=re.compile(f"{_SYLLABLE}(?: (?!{self.long_rank}|{long_head}){_SYLLABLE}){{1,5}}"),
            shouted=self._shouted_name(),
            no_person=re.compile(f"{self.place}|{year}|{long_title}"),
            title=re.compile(rf"(?<![\w.]){title}[.:]? ?\Z"),
            namesake=re.compile(rf"(?<!\w)(?:{self.either(names['namesakes'])}[.,]?|\d(?:[\w/.]*\w)?,?) ?\Z"),
            memorial=re.compile(rf"(?<!\w){self.either(names['memorials'])} \Z"),
            lower_start=re.compile(
                rf"(?<!\w){not_within}(?:{self.rank}(?: {qualifier})*(?: {lower_head})*"
                rf"|{lower_head}(?: {lower_head})*) \Z"
            ),
            # With a capital ("Nguyên") it begins a clause, or it is a place's last word: "Thái Nguyên".
            former=re.compile(rf"(?<!\w)(?:(?<!\w )|(?!{CAPITAL})){before} \Z"),
            former_endings=frozenset(f"{self.form(word)[-1]} " for word in self.offices["before"]),
            gap=re.compile(
                rf"(?: \({_ABBREVIATION}\))?[ :–-]{{0,3}}(?:{self.form('các')} )?"
                rf"(?:,? ?(?:{self.form('là')} )?{title}[:.]?){{0,4}} ?"
            ),
            after=re.compile(
                rf"(?: \((?!(?:{before} )?{self.rank})[^()\n]{{1,60}}\))?"
                rf"(?:,? {self.either(names['particulars'])}[^,.;()\n]{{1,40}}(?=,)){{0,3}}"
                rf"(?:,? ?[-–] ?|, ?| ?\(| {self.form('là')} |: "
                rf"|(?: {self.either(names['elected'])}){{0,2}} {becomes} | )"
            ),
            weak=frozenset(map(self.form, self.weak)),
        )

    def _shouted_families(self) -> list[str]:
        return [] if self.shouted else [name.upper() for name in self.names["family"] if len(name) > 1]

    def _shouted_name(self) -> re.Pattern[str]:
        """Two words or more, and no part of a heading.

        Three where the family's name is a word of its own ("HÌNH THỨC THI"), and a sign of a person besides:
        a title, "VĂN" or "THỊ", an office behind.
        """
        word = f"{CAPITAL}{{1,7}}(?!\\w)"
        usual, rare = (
            "|".join(
                self.form(name).upper() for name in self.names["family"] if (name in self.weak) is is_weak
            )
            for is_weak in (False, True)
        )
        called = "".join(f"|(?<={self.form(title).upper()} )" for title in ("đồng chí", "ông", "bà"))
        middle, of_office = self.form("VĂN|THỊ"), f"(?:,| [-–]) {CAPITAL}(?!{CAPITAL})"
        titled = f"(?:{self._behind(['đồng chí', 'ông', 'bà', 'đ/c'])}{called})"
        several = f"(?: {word}){{2,4}}"
        sure = f"(?:{titled}(?:{rare})|(?:{rare})(?= (?:{middle}) )|(?:{rare})(?={several}{of_office}))"
        return re.compile(
            rf"(?<![\w&/-])(?:(?<!{CAPITAL} ){called})(?={CAPITAL}{CAPITAL})"
            rf"(?:(?:{usual})(?: {word}){{1,4}}|{sure}{several})(?! {word})"
        )

    def _begins(self, things: dict[str, list[str]]) -> dict[str, str]:
        begins: dict[str, str] = {}
        for letter, terms in things.items():
            for word in {word for term in terms for word in first_words(self.form(term))}:
                for spelling in {word, other_tone(word)}:
                    printed = spelling[0].upper() + spelling[1:]
                    for variant in {printed, printed.replace("Đ", "Ð")}:
                        begins[variant] = begins.get(variant, "") + letter
        return begins

    def _follows(self, things: dict[str, list[str]]) -> dict[str, str]:
        follows: dict[str, str] = {}
        for letter, terms in things.items():
            ends = {self.form(term).split()[-1] for term in terms}
            if letter == "t":  # "Ông" begins a sentence; "Anh" is a name and a country besides
                ends |= {word.capitalize() for word in ends if word in terms and word != "anh"}
            for word in ends:
                for spelling in {word, other_tone(word)}:
                    follows[spelling] = follows.get(spelling, "") + letter
        return follows
