"""The site that a browser is put before, and what a page is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def fits(page: Any) -> bool:
    """True where nothing makes the page wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve a data directory as `tinso serve` does it; give the address."""
    command = [sys.executable, "-m", "web", "--data", str(data), "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split(" at ")[1].split()[0]
        server.terminate()
