"""`make bench`: extraction and lists beside the peers, as Markdown."""

from __future__ import annotations

from benchmarks import extraction, lists
from benchmarks.hanoi import recording

if __name__ == "__main__":
    extraction.main([], standalone_mode=False)
    if recording():
        lists.main([], standalone_mode=False)
