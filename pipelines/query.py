"""What a reader typed: terms that must occur, terms that must not, each with the ways it may be written.

`"quoted words"` stand together, `-word` must not occur, and operators say where a word belongs:
`tỉnh:Thanh Hóa`, `năm:2015` or `năm:2014-2016`, `người:Nguyễn Văn A`, `văn bản:05-CT/TW`. All may be typed
without marks. Every term says in itself how it is to be found, so that the whole query is one FTS5 expression
and works wherever Datasette takes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipelines import typed_date, typed_document, typed_together
from pipelines.lexicon import load_data
from pipelines.provinces import name_of
from pipelines.text import clean, exact, fold, unmark

NOTHING = '""'  # a valid expression that matches no row

# The tokenizer (unicode61) splits at everything that is no letter, number or private-use character.
_WORDS = re.compile(r"[^\W_]+")
_MOST_TERMS = 64  # of a query count: a pasted article must not become a statement that runs for minutes
_MOST_PARTS = 4 * _MOST_TERMS
_MOST_WORDS_OF_A_NAME = 8
_MOST_YEARS = 50

_OPERATORS = {
    "place": ("tỉnh", "thành phố", "province"),
    "year": ("năm", "year"),
    "person": ("người", "person"),
    "document": ("văn bản", "document"),
}
# As typed: with or without marks, with or without the space.
_OPERATOR_OF = {fold(name).replace(" ", ""): kind for kind, names in _OPERATORS.items() for name in names}
_NAMES = "|".join(
    form.replace(" ", r"\s*")
    for names in _OPERATORS.values()
    for name in names
    for form in (name, fold(name))
)
_PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?<![^\s-])(?P<operator>{_NAMES}):\s*)?"
    r'(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))',
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:tinh|thanh pho|tp)\b")
_QUOTES = str.maketrans("“”„«»", '"""""')
_I_OR_Y = frozenset(first + last for first in ("h", "k", "l", "m", "s", "t", "qu") for last in "iy")
_AS_I, _AS_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị"), str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
# Words that no text must have because they were typed; without marks only those that are no other word.
_LITTLE = frozenset(("các", "cho", "của", "những", "ở", "và", "về", "với", "cac", "nhung", "va", "voi"))
_YEARS = re.compile(r"(?P<first>\d{4})(?:\s*[-–]\s*(?P<last>\d{4}))?")


def whole_words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that begin with a word, none overlapping; to end with one is the pattern's part.

    A pattern that begins with letters is looked for three times as fast as one that looks behind it first.
    """
    at = 0
    while found := pattern.search(text, at):
        start, end = found.span()
        if start and text[start - 1].isalnum():
            at = start + 1
            continue
        yield found
        at = end


class Phrase(NamedTuple):
    """Words that must stand together, in the form in which they are compared.

    `marked` is True where a mark was typed, so that marks count ("đảng" is not "đang").
    """

    words: tuple[str, ...]
    marked: bool

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the phrase stands in a text of its form: `exact` where marked, `fold` where not."""
        together = r"[\W_]+".join(map(re.escape, self.words))
        for found in whole_words(re.compile(rf"{together}(?![^\W_])"), text):
            yield found.span()


class Term(NamedTuple):
    """One thing asked for: any of its phrases must occur; a place or a year beside the text."""

    phrases: tuple[Phrase, ...]
    kind: str = "text"  # text, place, year, person, document

    @property
    def expression(self) -> str:
        """The term as an FTS5 expression."""
        return _either([_columns(phrase, self.kind) for phrase in self.phrases])

    @property
    def is_word(self) -> bool:
        """True for a word of the text; not for a name, a day, a number, or what was quoted."""
        return self.kind == "text" and len(self.phrases[0].words) == 1

    @property
    def spelled(self) -> tuple[Term, ...]:
        """The words of what also has a short form, each a term; any other term itself."""
        first = self.phrases[0]
        if self.is_word or self.kind != "text" or fold(" ".join(first.words)) not in _other_forms():
            return (self,)
        return tuple(Term((Phrase((word,), first.marked and word != fold(word)),)) for word in first.words)

    @property
    def is_little(self) -> bool:
        """True for a word that says nothing by itself."""
        return self.is_word and self.phrases[0].words[0] in _LITTLE


class Query(NamedTuple):
    """What was asked: `wanted` in the order in which it was typed, and what must not occur."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def texts(self) -> tuple[Term, ...]:
        """The terms that are looked for in the text itself."""
        return tuple(term for term in self.wanted if term.kind not in {"place", "year"})

    @property
    def required(self) -> tuple[Term, ...]:
        """The terms that must occur, each once: all but little words ("và", "của") beside others."""
        every = tuple(dict.fromkeys(self.wanted))
        return tuple(term for term in every if not term.is_little) or every

    @property
    def unmarked(self) -> Query:
        """The same, asked for without marks."""
        return self._replace(wanted=tuple(_unmarked(term) for term in self.wanted))


class _Part(NamedTuple):
    text: str
    kind: str
    is_minus: bool
    is_quoted: bool


@lru_cache(maxsize=256)  # a page asks for it with every article that it shows
def parse(typed: str) -> Query:
    """Return what was typed as terms; a word that was typed twice is two of them."""
    read = [(term, part.is_minus) for part in _joined(_parts(typed)) if (term := _term(part))]
    return Query(
        tuple(term for term, is_minus in read[:_MOST_TERMS] if not is_minus),
        tuple(term for term, is_minus in read[:_MOST_TERMS] if is_minus),
    )


def _unmarked(term: Term) -> Term:
    bare = (Phrase(tuple(map(unmark, phrase.words)), False) for phrase in term.phrases)
    return term._replace(phrases=tuple(dict.fromkeys(bare)))


def phrases(typed: str) -> list[Phrase]:
    """Return what a text is to be marked by: every phrase that was asked for, in every way it is written."""
    return list(dict.fromkeys(phrase for term in parse(typed).texts for phrase in term.phrases))


def fts_expression(typed: str) -> str:
    """Return an FTS5 MATCH expression; never one that FTS5 refuses, whatever was typed.

    All terms must occur. A word typed with marks must match with its marks ("đảng" is not "đang"); one
    typed without matches any marks. Words in quotation marks, or joined without a space ("05-CT/TW"),
    must stand together. Text in decomposed form or with the other tone placement matches the same.
    """
    query = parse(typed)
    return without(" AND ".join(dict.fromkeys(term.expression for term in query.required)), query)


def named_term(name: str, kind: str) -> Term | None:
    """Return what finds a name as texts have it; of the kind "place" or "year" it stands beside the text."""
    phrase = Phrase(tuple(_WORDS.findall(exact(name))), True)
    return Term((phrase,), kind) if phrase.words else None


def without(expression: str, query: Query) -> str:
    """Return an expression less what the query does not want; `NOTHING` for an empty one."""
    if not expression or not query.unwanted:
        return expression or NOTHING
    return f"({expression}) NOT {_either([term.expression for term in query.unwanted])}"


def _parts(typed: str) -> Iterator[_Part]:
    for found in _PART.finditer(clean(typed).translate(_QUOTES)):
        operator = "".join(fold(found["operator"] or "").split())
        text = found["bare"] if found["quoted"] is None else found["quoted"]
        kind = _OPERATOR_OF.get(operator, "text")
        yield _Part(text, kind, bool(found["minus"]), found["quoted"] is not None)


def _joined(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Yield the parts; plain words that are one name, or the full form of an abbreviation, are one part."""
    waiting = list(parts)[:_MOST_PARTS]
    while waiting:
        part = waiting.pop(0)
        words = [part.text, *(each.text for each in takewhile(_is_plain, waiting))]
        taken = 1 if part.is_quoted else _JOINED[part.kind](words)
        del waiting[: taken - 1]
        yield part._replace(text=" ".join(words[:taken]))


def with_names(typed: str, length: Callable[[str, list[str]], int]) -> str:
    """Return what was typed with the names of people and places behind operators in quotation marks.

    `length(kind, words)` says how many of the words behind it are a name; 0 leaves them as they are.
    """
    text = clean(typed).translate(_QUOTES)
    found = list(_PART.finditer(text))
    written, end = [], 0
    for place, part in enumerate(found):
        kind = _OPERATOR_OF.get("".join(fold(part["operator"] or "").split()), "text")
        if kind not in {"person", "place"} or part["bare"] is None:
            continue
        name = [part, *takewhile(lambda other: other.group() == other["bare"], found[place + 1 :])]
        words = [word["bare"] for word in name]
        if count := length(kind, words):
            written += [text[end : part.start("bare")], f'"{" ".join(words[:count])}"']
            end = name[count - 1].end()
    return "".join([*written, text[end:]])


def _is_plain(part: _Part) -> bool:
    return part.kind == "text" and not part.is_quoted and not part.is_minus


def _longest(is_name: Callable[[str], object]) -> Callable[[list[str]], int]:
    """Return what tells how many of the first words are a name: the most that are, at least one."""

    def count(words: list[str]) -> int:
        lengths = range(min(len(words), _MOST_WORDS_OF_A_NAME), 1, -1)
        return next((length for length in lengths if is_name(" ".join(words[:length]))), 1)

    return count


def _capitals(words: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda word: word[:1].isupper(), words[:_MOST_WORDS_OF_A_NAME]))


def _place(words: list[str]) -> int:
    known = _longest(name_of)(words)
    return known if name_of(" ".join(words[:known])) else max(1, _capitals(words))


@cache
def _other_forms() -> dict[str, list[str]]:
    """Return what else may be written for what was typed, by its form without marks.

    Also what shortens a part of it: "sở tt&tt" for "sở thông tin và truyền thông".
    """
    shorts: dict[str, list[str]] = load_data("abbreviations.json")["abbreviations"]
    pairs = [(short, form) for short, full in shorts.items() for form in full]
    forms: dict[str, list[str]] = {}
    for short, full in shorts.items():
        inner = [
            form.replace(part, part_short)
            for form in full
            for part_short, part in pairs
            if part != form and f" {part} " in f" {form} "
        ]
        for each in (short, *full):
            others = forms.setdefault(fold(each), [])
            others += [other for other in (short, *full, *inner) if other != each and other not in others]
    return forms


_JOINED: dict[str, Callable[[list[str]], int]] = {
    "text": _longest(lambda words: _other_forms().get(fold(words)) or _typed(words) or _of_province(words)),
    "place": _place,
    "person": lambda words: _capitals(words) or len(words),  # in lower case: `known.settled`
    "document": lambda words: 1,
    "year": lambda words: 1,
}


def _term(part: _Part) -> Term | None:
    if part.kind == "year":
        written = _years(part.text)
    elif part.kind == "place":
        written = [name_of(part.text) or part.text]
    else:
        written = _typed(part.text) or _spellings(part.text)
    found = [phrase for each in written if (phrase := _phrase(each)).words]
    if part.kind in {"text", "person"}:
        found += [_with_vowel(phrase, vowels) for vowels in (_AS_I, _AS_Y) for phrase in found]
    return Term(tuple(dict.fromkeys(found)), part.kind) if found else None


def _typed(text: str) -> list[str]:
    return typed_date.spellings(text) or typed_document.spellings(text)


def _of_province(text: str) -> list[str]:
    """Return the spellings of a province's name without title: Đắc Lắc is Đắk Lắk too; else none."""
    name = name_of(text)
    if not name or _TITLE.match(fold(text)):
        return []
    typed = text if exact(text) == exact(name) else fold(text)  # with some marks it is taken as without
    has_as_many_words = len(name.split()) == len(text.split())
    return [typed, name] if fold(name) != fold(text) and (has_as_many_words or " " not in text) else [typed]


def _with_vowel(phrase: Phrase, vowels: dict[int, int]) -> Phrase:
    """Return the phrase with one of the two accepted spellings: kỷ or kỉ, liệt sỹ or liệt sĩ."""
    words = (w.translate(vowels) if unmark(w) in _I_OR_Y else w for w in phrase.words)
    return phrase._replace(words=tuple(words))


def _spellings(text: str) -> list[str]:
    others = _other_forms().get(fold(text))
    if not others:
        return _of_province(text) or [text, *typed_together.apart(text)]
    # A full form of which not all marks were typed is taken as typed without.
    is_known = any(exact(text) in forms for forms in _other_forms().values())
    return [text if is_known else fold(text), *others]


def _years(text: str) -> list[str]:
    found = _YEARS.fullmatch(text.strip())
    if not found:
        return [text]
    first, last = sorted((int(found["first"]), int(found["last"] or found["first"])))
    return [str(year) for year in range(first, min(last, first + _MOST_YEARS) + 1)]


def _phrase(text: str) -> Phrase:
    # FTS5 has no phrase over two columns: with any mark typed, the whole phrase is taken as marked.
    words = tuple(_WORDS.findall(exact(text)))
    return Phrase(words, any(word != fold(word) for word in words))


def _columns(phrase: Phrase, kind: str) -> str:
    text = "headline body meta" if phrase.marked else "headline_folded body_folded meta"
    return f'{{{"meta" if kind in {"place", "year"} else text}}} : "{" ".join(phrase.words)}"'


def _either(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"
