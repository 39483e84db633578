"""What commands say of alarms: nothing where they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from crawler.alarm import tell
from crawler.alarm_channels import Channel
from crawler.clock import now


def told(data: Path, channels: Iterable[Channel]) -> bool:
    """Tell people what has changed; False, and the reason on standard error, where a channel failed."""
    failures = tell(data, channels, now())
    for failure in failures:
        click.echo(f"tinso: {failure}", err=True)
    return not failures
