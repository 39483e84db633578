"""The provinces before and after the merger of 1 July 2025."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def successors() -> dict[str, str]:
    """Return for every province name until 30 June 2025 (63) the name it has had since (34)."""
    text = (files("crawler") / "data" / "provinces.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["successors"])


def successor(province: str) -> str:
    """Return today's name of a province; a name that is today's already comes back as it is."""
    return successors().get(province, province)
