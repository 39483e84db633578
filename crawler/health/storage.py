"""What a data directory holds, how fast it grows, how long the disk will last. Nothing is ever deleted."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MONTH = 30  # days that the growth is told from
_DATABASES = ("corpus.db", "state.db", "duplicates.db", "health.db")


@dataclass(frozen=True, slots=True)
class Storage:
    """Sizes in bytes; `growth` is bytes a day, None where it is not known yet."""

    archive: int
    files: int  # of the archive
    databases: dict[str, int]
    free: int
    growth: float | None = None

    @property
    def size(self) -> int:
        """All that is kept."""
        return self.archive + sum(self.databases.values())

    @property
    def days_left(self) -> float | None:
        """How many days the disk will last at the present growth, None where none is known."""
        return self.free / self.growth if self.growth and self.growth > 0 else None


def storage(data: Path, sizes: Sequence[tuple[str, int]] = ()) -> Storage:
    """Return what a data directory holds; `sizes` are (ISO day, bytes) of earlier days, in order."""
    files = [path.stat().st_size for path in (data / "archive").glob("*.warc.gz")]
    databases = {name: size for name in _DATABASES if (size := _database_size(data / name))}
    return Storage(sum(files), len(files), databases, shutil.disk_usage(data).free, growth(sizes))


def growth(sizes: Sequence[tuple[str, int]]) -> float | None:
    """Return the bytes a day by which a directory grew, None for fewer than two days."""
    if len(sizes) < 2:
        return None
    (first, was), (last, now) = sizes[0], sizes[-1]
    return (now - was) / (date.fromisoformat(last) - date.fromisoformat(first)).days


def _database_size(path: Path) -> int:
    """Return the size of a database with its write-ahead log, 0 where there is none."""
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*") if file.is_file())
