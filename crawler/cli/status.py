"""tinso status"""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from crawler import registry
from crawler.alarm import TEST
from crawler.alarm_channels import AlarmFailed, channels
from crawler.cli import books, options
from crawler.cli.alarms import told
from crawler.clock import now
from crawler.exceptions import UnknownPortal
from crawler.health.conclude import assess, assess_machine, keep
from crawler.health.history import History
from crawler.health.judge import Health
from crawler.health.storage import Storage, storage
from pipelines.schema import open_corpus


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--alarm", is_flag=True, help="Tell people what has changed since they were last told.")
@click.option("--test-alarm", is_flag=True, help="Send every channel a test message instead.")
@click.option("--accept", metavar="NAME", help="What this portal looks like now is as it should be.")
@options.data
def command(as_json: bool, alarm: bool, test_alarm: bool, accept: str | None, data: Path) -> None:
    """Tell how every portal does, compared with its own history, and how long the disk will last.

    Exit code 1 where a portal, or tinso itself, needs a person, and where an alarm could not be sent. Alarms
    go by those that are set of TINSO_ALARM_COMMAND, TINSO_ALARM_MAIL (smtp://host:25/?from=a@b&to=c@d) and
    TINSO_ALARM_WEBHOOK; a crawl sends them too when it ends.
    """
    if test_alarm:
        sys.exit(_test())
    at, alarms = now(), channels()
    with (
        closing(open_corpus(data / "corpus.db", read_only=True)) as corpus,
        closing(History(data / "health.db")) as history,
    ):
        if accept:
            if accept not in history.last_visits():
                raise UnknownPortal(f"{accept!r} was never crawled here")
            history.forget(accept)
        found = assess(history, corpus, at)
        machine = assess_machine(history, corpus, data, at)
        if alarm or accept:
            keep(history, [*found, machine], at)
        kept = storage(data, history.sizes(""))
    found.sort(key=lambda health: (not health.is_red, health.suspicion is None, health.portal))
    unvisited = sorted(registry.portals().keys() - {health.portal for health in found})
    if as_json:
        content = {
            "at": at,
            "tinso": _plain(machine),
            "portals": [_plain(health) for health in found],
            "never_crawled": unvisited,
            "storage": {**asdict(kept), "size": kept.size, "days_left": kept.days_left},
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        _print(found, machine, kept, unvisited)
    failed = alarm and not told(data, alarms)
    sys.exit(failed or any(health.is_red for health in (*found, machine)))


def _plain(health: Health) -> dict[str, Any]:
    return {
        "portal": health.portal,
        "state": health.state,
        "is_red": health.is_red,
        "since": health.since,
        "reason": health.reason.english,
        "reason_vi": health.reason.vietnamese,
        "suspicion": health.suspicion.english if health.suspicion else None,
        "last_success": health.last_success,
        "newest": health.newest,
        "usual_gap_days": health.usual_gap,
    }


def _print(found: list[Health], machine: Health, kept: Storage, unvisited: list[str]) -> None:
    table = Table(
        "portal", "state", "since", "last read", "newest", "usual gap", "why", box=None, pad_edge=False
    )
    table.columns[5].justify = "right"
    for health in found:
        style = "bold red" if health.is_red else "yellow" if health.suspicion else "green"
        why = health.reason.english
        if health.suspicion and not health.is_red:
            why = f"last time: {health.suspicion.english}"
        gap = f"{health.usual_gap:.0f} d" if health.usual_gap else "?"
        times = [(moment or "never")[:16].replace("T", " ") for moment in (health.since, health.last_success)]
        table.add_row(
            health.portal, Text(health.state, style), *times, health.newest or "none", gap, Text(why)
        )
    console = books.console()
    if found:
        console.print(table)
    if machine.is_red:
        console.print(Text(f"tinso itself: {machine.reason.english}", "bold red"))
    states = Counter(str(health.state) for health in found)
    counted = ", ".join(f"{count} {state}" for state, count in states.most_common())
    lines = [f"{len(found)} portals: {counted}" if found else "no portal has been crawled live yet"]
    if unvisited:
        lines.append(f"{len(unvisited)} declared portals were never crawled; 'tinso portals' lists them")
    lines.append(_storage(kept))
    console.print("\n".join(lines), markup=False, highlight=False)


def _storage(kept: Storage) -> str:
    """Return what is kept, in words: everything, for as long as the disk lasts."""
    databases = ", ".join(f"{name} {_bytes(size)}" for name, size in kept.databases.items())
    text = f"archive {_bytes(kept.archive)} in {kept.files} files; {databases}; nothing is ever deleted\n"
    if kept.growth is None:
        return f"{text}{_bytes(kept.free)} free; how fast it fills is known after two days with crawls"
    if kept.days_left is None:
        return f"{text}{_bytes(kept.free)} free; it does not fill"
    left = f"{kept.days_left / 365:.0f} years" if kept.days_left > 1000 else f"{kept.days_left:.0f} days"
    return f"{text}{_bytes(kept.free)} free, {_bytes(kept.growth)} a day: full in {left}"


def _bytes(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _test() -> bool:
    """Send every channel a test; return whether one failed, or none is set."""
    found = channels()
    failed = not found
    if not found:
        click.echo("no alarm is set; see 'tinso status --help'", err=True)
    for channel in found:
        try:
            channel.send(TEST)
            click.echo(f"alarm by {channel.name}: sent")
        except AlarmFailed as error:
            failed = True
            click.echo(f"alarm by {channel.name}: not sent: {error}", err=True)
    return failed
