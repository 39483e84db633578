"""The peers' own process: started here, asked in JSON lines (`peers.py`)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from benchmarks.cases import Case
from benchmarks.scoring import Reading

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv"
LOCK = HERE / "requirements-peers.lock"

BODY, ALL = frozenset({"body"}), frozenset({"body", "headline", "date", "author"})
PEERS = {
    "trafilatura": BODY,
    "trafilatura fast": BODY,
    "trafilatura + metadata": ALL,
    "readability-lxml": frozenset({"body", "headline"}),
    "newspaper4k": ALL,
    "news-please": ALL,
    "resiliparse": BODY,
    "htmldate": frozenset({"date"}),
}
"""Every peer and the fields that it looks for."""


def make_environment() -> Path:
    """Return the Python of the peers' environment, made from the lock file where it is not there yet.

    Raises:
        subprocess.CalledProcessError: an installer failed; its message stands above.
    """
    python = ENVIRONMENT / "bin" / "python"
    stamp = ENVIRONMENT / ".lock"
    if python.exists() and stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return python
    click.echo("making the peers' environment in benchmarks/.venv (a minute)", err=True)
    if uv := shutil.which("uv"):
        make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENVIRONMENT)]
        subprocess.run(make, check=True)
        sync = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), str(LOCK)]
    else:
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
        sync = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--requirement",
            str(LOCK),
        ]
    subprocess.run(sync, check=True)
    stamp.write_bytes(LOCK.read_bytes())
    return python


class Peers:
    """A running peers' process; a context manager."""

    def __init__(self) -> None:
        python = make_environment()
        self._process = subprocess.Popen(
            [python, "-W", "ignore", HERE / "peers.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # readers of broken pages grumble by the thousand
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Peers:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.terminate()
        self._process.wait()

    def show(self, case: Case) -> None:
        """Hand the peers the page that the next questions are about, decoded for them."""
        language = None if case.corpus == "aeb" else "vi"
        self._ask(html=case.html, url=case.url, language=language)

    def read(self, tool: str) -> Reading:
        """Return a peer's answer about the page on show."""
        answer = self._ask(tool=tool)
        return Reading(**answer, fields=PEERS[tool])

    def kept_links(self, tool: str, links: Iterable[str]) -> set[str]:
        """Return those of the links on show that a peer takes for article links."""
        return set(self._ask(filter=tool, links=list(links))["kept"])

    def _ask(self, **question: Any) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise BrokenPipeError(f"the peers' process ended at {question.get('tool', 'a new page')}")
        answer: dict[str, Any] = json.loads(line)
        return answer
