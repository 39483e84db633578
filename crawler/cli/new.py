"""tinso new"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import click

from crawler import registry
from crawler.cli import options
from crawler.cli.looking import looked
from crawler.clock import now
from crawler.exceptions import NotHtml, TinsoError
from crawler.look import Unreachable
from crawler.upkeep.check import why
from crawler.upkeep.connection import probe
from crawler.upkeep.naming import class_name, file_name
from crawler.upkeep.new import Draft, NameTaken, UnknownProvince, draft
from crawler.upkeep.portal_file import source, with_class
from crawler.upkeep.portal_pages import freeze
from pipelines.provinces import names_of, successor


@click.command("new")
@click.argument("url")
@options.look_from_archive
@click.option("--province", help="Whose portal it is, by the name at the time: 'Hà Nội' or 'ha noi'.")
@click.option("--name", help="Name of the portal; without it one is made of province and host.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that holds spiders/ and tests/; without it tinso's own checkout.",
)
def command(
    url: str, archives: tuple[Path, ...], province: str | None, name: str | None, into: Path | None
) -> None:
    """Write the class of a new portal, three frozen pages of it and what is read from them.

    Everything comes from the portal's home address: platform, sections, province, body. What cannot be told
    is marked '# ?' in the class. The pages' test fails until a person has reviewed them. Nothing is
    overwritten.
    """
    _check(url, province, name)
    into = into or _checkout()
    if not archives and not (connection := probe(url)).is_open:
        raise TinsoError(f"{url}: unreachable from here: {connection.tried[-1]}")
    try:
        found = looked(archives, lambda fetch: draft(url, fetch, province=province, name=name))
    except (Unreachable, NotHtml) as error:
        raise TinsoError(f"{url}: {why(error)}; 'tinso check' tells what was tried") from error
    except UnknownProvince as error:
        raise click.UsageError(str(error)) from error
    written = _write(found, into)
    _tell(found, written, into)


def _check(url: str, province: str | None, name: str | None) -> None:
    if not re.match(r"https?://[^/\s]+", url, re.IGNORECASE):
        raise click.UsageError(f"{url!r} is no address; begin with http:// or https://")
    if province and not names_of(province):
        raise click.UsageError(f"{province!r} is no province; see pipelines/data/provinces.json")
    if name and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise click.UsageError(f"--name {name!r}: use lower-case letters, digits and underscores")
    if owner := registry.owner(url):
        raise NameTaken(f"{url} is {owner.name}'s, declared already; 'tinso check {owner.name}' tries it")


def _checkout() -> Path:
    module = registry.project_settings()["NEWSPIDER_MODULE"]
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise TinsoError(f"there is no package {module!r}; say with --into where spiders/ is")
    return Path(spec.submodule_search_locations[0]).parent


def _write(found: Draft, into: Path) -> list[Path]:
    """Write class and pages; both or none. Return the files, the class's first.

    Raises:
        NameTaken: the name, or its folder of pages, is another portal's.
        TinsoError: the folders cannot be written.
    """
    about = found.named
    today = successor(about.province)
    spiders, pages = into / "spiders" / file_name(today), into / "tests" / "portals" / about.name
    if about.name in registry.portals() or pages.exists():
        raise NameTaken(f"{about.name!r} is a portal already; give another name with --name")
    try:
        before = spiders.read_text(encoding="utf-8") if spiders.exists() else ""
        if re.search(rf"^class {class_name(about.name)}\b|^    name = \"{about.name}\"$", before, re.M):
            raise NameTaken(f"{about.name!r} stands in {spiders} already; give another name with --name")
        text = with_class(before, found.base, source(found, now()[:10]), today)
        files = _frozen(found)
        _replace(spiders, text.encode("utf-8"))
        try:
            pages.mkdir(parents=True)
            for file, content in files.items():
                (pages / file).write_bytes(content)
        except OSError:
            _put_back(spiders, before)
            raise
    except OSError as error:
        raise TinsoError(
            f"{error.filename or into}: cannot be written ({error.strerror}); name another place with --into"
        ) from error
    except SyntaxError as error:
        raise TinsoError(f"{spiders}:{error.lineno}: {error.msg}; mend the file first") from error
    return [spiders, *(pages / file for file in files)]


def _frozen(found: Draft) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for number, page in enumerate(found.pages, start=1):
        files |= freeze(number, found.named.name, page.capture, page.hints, page.article)
    return files


def _replace(path: Path, content: bytes) -> None:
    draft_path = path.with_suffix(".new")
    draft_path.write_bytes(content)
    draft_path.replace(path)


def _put_back(path: Path, before: str) -> None:
    if before:
        _replace(path, before.encode("utf-8"))
    else:
        path.unlink()


def _tell(found: Draft, written: list[Path], into: Path) -> None:
    spiders, *pages = (path.relative_to(into) for path in written)
    name = found.named.name
    click.echo(f"written  {spiders}: class {class_name(name)}, on {found.base.__name__}")
    for page in pages:
        click.echo(f"written  {page}")
    click.echo("next     1. read the class; correct it, and answer what is marked '# ?'")
    click.echo(
        f'         2. compare each {pages[0].parent}/*.json with its page; correct it, say "reviewed": true'
    )
    click.echo(f"         3. python -m pytest tests/test_portal_pages.py -k {name}; tinso check {name}")
