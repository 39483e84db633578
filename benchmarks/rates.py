"""Answers counted, and what share of them is right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Rates:
    """Answers that were right, that were too many, and that are missing."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 1 where there are none."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found; 1 where nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0
