"""The provinces before and after the merger of 1 July 2025, and the kinds of bodies that publish in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.lexicon import load_data
from pipelines.text import fold

_TITLES = re.compile(r"^(?:tinh|thanhpho|tp)(?=\w)")


@dataclass(frozen=True, slots=True)
class Province:
    """A province of today: where it lies (degrees, to 0.1) and which names it has taken over.

    `centre` is the administrative centre, named after the former province it lies in.
    """

    name: str
    formed_from: tuple[str, ...]
    centre: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of publishing body: its Vietnamese label, the day it ended and the kind that took over."""

    label: str
    ended: str | None = None
    became: str | None = None


@cache
def provinces() -> dict[str, Province]:
    """Return the 34 provinces of today by name."""
    return {
        row["name"]: Province(**row | {"formed_from": tuple(row["formed_from"])})
        for row in load_data("provinces.json")["provinces"]
    }


def renamed(province: str) -> str:
    """Return the day from which a name of before the merger no longer meant what it had meant (ISO date)."""
    data = load_data("provinces.json")
    day: str = data["renamed_before"].get(province, data["since"])
    return day


@cache
def successors() -> dict[str, str]:
    """Return for every province name until 30 June 2025 (63) the name it has had since (34)."""
    return {old: today.name for today in provinces().values() for old in today.formed_from}


def successor(province: str) -> str:
    """Return today's name of a province; a name that is today's already comes back as it is."""
    return successors().get(province, province)


def ended(province: str) -> str | None:
    """Return the day from which a province's name is history (ISO date), None for a name of today."""
    return None if province in provinces() else renamed(province)


def name_of(typed: str) -> str | None:
    """Return the province that something typed names, None where it is no province's.

    Marks, case, spaces, titles ("TP.", "tỉnh") and the usual other spellings do not matter; with a number
    ("Thanh Hóa 2015") it is none.
    """
    return None if any(map(str.isdigit, typed)) else _spellings().get(_key(typed))


def names_of(typed: str) -> frozenset[str]:
    """Return the province names that something typed asks for, empty where it is no province's.

    A name of today asks for all that became part of it; a former name for itself alone, and a name that is
    both for both. It may be typed as `name_of` takes it.
    """
    name = name_of(typed)
    if name is None:
        return frozenset()
    return frozenset({name, *provinces()[name].formed_from}) if name in provinces() else frozenset({name})


def key(province: str) -> str:
    """Return a province's name as names of portals begin with it: unmarked letters alone."""
    return re.sub(r"[^a-z]", "", fold(province))


def slug(province: str) -> str:
    """Return a province's name as addresses of pages hold it: "ba-ria-vung-tau"."""
    return re.sub(r"[^a-z]+", "-", fold(province)).strip("-")


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of publishing bodies by their key."""
    return {name: Kind(**row) for name, row in load_data("kinds.json")["kinds"].items()}


@cache
def _spellings() -> dict[str, str]:
    names = {_key(name): name for name in (*successors(), *provinces())}
    others = load_data("provinces.json")["aliases"].items()
    return {_key(other): name for name, spellings in others for other in spellings} | names


def _key(typed: str) -> str:
    return _TITLES.sub("", key(typed))
