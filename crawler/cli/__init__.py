"""The `tinso` command. One file per command; each is loaded when it is called."""

from __future__ import annotations

import os
import sqlite3
import sys
from importlib import import_module

import click

from crawler import __version__
from crawler.exceptions import TinsoError, UnknownPortal
from pipelines.exceptions import CorpusError

_COMMANDS = (
    "backfill",
    "check",
    "crawl",
    "demo",
    "discover",
    "due",
    "export",
    "extract",
    "import",
    "new",
    "portals",
    "reprocess",
    "search",
    "serve",
    "status",
    "verify",
    "watch",
)
_MODULES = {"import": "import_articles"}  # a word of Python's is no name for a module


class _Commands(click.Group):
    """Commands by name, each imported when it is needed: Scrapy takes a second to load."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"crawler.cli.{_MODULES.get(name, name)}").command
        return command

    def invoke(self, context: click.Context) -> object:
        try:
            try:
                return super().invoke(context)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:  # `tinso export | head`: the reader has what it wanted
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tinso")
def tinso() -> None:
    """News of Vietnam's provincial departments: crawl, search, export.

    Exit codes: 0 done, 1 something failed, 2 wrong use.
    """


def main() -> None:
    """Run the command line; an error a person can mend is one line, without a traceback."""
    try:
        tinso()
    except (TinsoError, CorpusError) as error:
        click.echo(f"tinso: {error}", err=True)
        sys.exit(2 if isinstance(error, UnknownPortal) else 1)
    except sqlite3.DatabaseError as error:
        remedy = "'tinso verify' says what is wrong; or name another with --data"
        click.echo(f"tinso: the data directory cannot be used ({error}); {remedy}", err=True)
        sys.exit(1)
