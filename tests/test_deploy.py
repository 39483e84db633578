"""The files in deploy/: what they start exists, and is started as it wants to be."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from crawler.cli import tinso as group
from tests.crawling import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield the arguments of every `tinso` that a file starts, with the file's name."""
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=\S+/tinso (.+)$", (DEPLOY / unit).read_text("utf-8"), re.M):
            yield unit, shlex.split(line)
    for line in re.findall(r"bin/tinso ([^|>\n]+)", (DEPLOY / "crontab").read_text("utf-8")):
        yield "crontab", shlex.split(line)
    for line in re.findall(r"^CMD (.+)$", DOCKERFILE, re.M):
        yield "Dockerfile", json.loads(line)
    for service in COMPOSE["services"].values():
        yield "compose.yaml", service["command"]


@pytest.mark.parametrize(("file", "arguments"), list(commands()))
def test_every_command_that_is_started_is_one_of_ours(file: str, arguments: list[str]) -> None:
    name, *rest = arguments
    command = group.get_command(None, name)  # type: ignore[arg-type]
    assert command, f"{file}: tinso {name}"
    command.make_context(name, rest)


def test_every_way_of_deploying_starts_something() -> None:
    files = [file for file, _ in commands()]
    assert {"crontab", "Dockerfile", "compose.yaml", "tinso-watch.service", "tinso-crawl.service"} <= {*files}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_nothing_wrong(unit: str, tmp_path: Path) -> None:
    for name in UNITS:  # a timer is verified with its service
        text = (DEPLOY / name).read_text("utf-8").replace("/opt/tinso/.venv/bin/tinso", sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True, timeout=60
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_what_the_image_copies_is_enough_to_run(tmp_path: Path) -> None:
    """In a folder of that alone the commands load our code and find their portals."""
    for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M):
        for name in line.split():
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tmp_path)
    program = (
        "import crawler, web, pathlib; "
        f"assert all(pathlib.Path(each.__file__).is_relative_to({str(tmp_path)!r}) for each in (crawler, web)); "
        "from crawler.cli import main; main()"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, "due", "--json", "--data", tmp_path / "data"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.returncode == 0, said.stderr
    assert len(json.loads(said.stdout)) > 100


def test_both_containers_have_the_volume_that_the_image_writes_to() -> None:
    volumes = [service["volumes"] for service in COMPOSE["services"].values()]
    assert volumes == [["corpus:/data"], ["corpus:/data"]]
    assert "TINSO_DATA=/data" in DOCKERFILE and "corpus" in COMPOSE["volumes"]
