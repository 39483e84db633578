"""The rooms and the arrows between them: spiders → crawler → pipelines, web → pipelines (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("spiders", "crawler", "pipelines", "web")
MAY_IMPORT = {
    "spiders": {"crawler"},
    "crawler": {"pipelines"},
    "pipelines": set(),
    "web": {"pipelines"},
}
# What the site shares with the writing side: text and queries, the record, and how both are read.
WEB_MAY_SEE = {
    "activities",
    "article",
    "exceptions",
    "export",
    "facets",
    "feeds",
    "known",
    "load",
    "outcomes",
    "patience",
    "provinces",
    "query",
    "schema",
    "search",
    "selection",
    "snippet",
    "suggest",
    "text",
}
MOST_LINES = 400


def files(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if ".venv" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, by its full name; `from a import b` is a.b."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{name.name}" for name in node.names)


def everything() -> list[tuple[str, Path, str]]:
    return [(room, path, module) for room in ROOMS for path in files(room) for module in imports(path)]


def test_imports_go_one_way() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for room, path, module in everything()
        if (target := module.partition(".")[0]) in ROOMS and target != room and target not in MAY_IMPORT[room]
    ]
    assert wrong == []


def test_the_pipelines_know_scrapy_in_one_file_only() -> None:
    knowing = {
        path.name
        for room, path, module in everything()
        if room == "pipelines" and module.partition(".")[0] in {"scrapy", "twisted"}
    }
    assert knowing <= {"scrapy_adapter.py"}


def test_the_site_knows_of_the_pipelines_only_what_reading_needs() -> None:
    seen = {
        module.split(".")[1]
        for room, _, module in everything()
        if (room, module[:10]) == ("web", "pipelines.")
    }
    assert seen <= WEB_MAY_SEE


def test_the_site_and_the_spiders_fetch_nothing() -> None:
    fetching = {"scrapy", "twisted", "requests", "urllib3", "httpx", "aiohttp"}
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for room, path, module in everything()
        if room in {"spiders", "web"} and module.partition(".")[0] in fetching
    ]
    assert wrong == []


def test_the_crawler_knows_no_portal_by_name() -> None:
    names = {
        node.value.value
        for path in files("spiders")
        for declaration in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(declaration, ast.ClassDef)
        for node in declaration.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if [target.id for target in node.targets if isinstance(target, ast.Name)] == ["name"]
    }
    strings = {
        node.value
        for path in files("crawler")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert names and not names & strings


def test_no_portal_file_has_a_loop_or_a_function() -> None:
    """A portal is declared."""
    acts = (ast.For, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.comprehension, ast.Try)
    wrong = {
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
        for path in files("spiders")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, acts)
    }
    assert wrong == set()


@pytest.mark.parametrize("room", [*ROOMS, "tests", "benchmarks"])
def test_every_file_says_what_it_is_and_is_short(room: str) -> None:
    for path in files(room):
        text = path.read_text("utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{path}: no docstring"
        assert len(text.splitlines()) <= MOST_LINES, f"{path}: too long"
        assert path.stem not in {"utils", "helpers", "common", "misc", "manager"}, path


def test_errors_say_who_raises_them() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for room in ("crawler", "pipelines")
        for path in [ROOT / room / "exceptions.py"]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
        and not (ast.get_docstring(node) or "").startswith(("Raised ", "Base of "))
    ]
    assert silent == []


def test_no_error_passes_in_silence() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ROOMS
        for path in files(room)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
        and not any(isinstance(inner, ast.Raise | ast.Call) for inner in ast.walk(node))
    ]
    assert silent == []
