"""A portal's class as text, put into the file of its province."""

from __future__ import annotations

import ast
import json
from urllib.parse import urlsplit

from crawler.portal import Portal
from crawler.upkeep.naming import class_name
from crawler.upkeep.new import Draft
from crawler.upkeep.portal_rules import MOST_LINES
from pipelines.provinces import ended, kinds, provinces, successor

_LONGEST = 110  # characters of a line


def source(draft: Draft, day: str) -> str:
    """Return the text of a draft's class; what nobody knows is followed by `# ?` and the question.

    Sections that find no room in `MOST_LINES` are left out, the last first. Raises DeclarationError where
    the class could not be loaded.
    """
    about = draft.named
    host = urlsplit(draft.home).hostname
    doc = f'    """{about.body}, {about.province}. Drafted by \'tinso new\' from {host} on {day}."""'
    if len(doc) > _LONGEST or set(about.body) & set('"\\'):
        doc = f'    """Drafted by \'tinso new\' from {host} on {day}."""'
    question = "" if about.is_sure else "  # ? whose is it (this is the title)"
    before = [
        f"class {class_name(about.name)}({draft.base.__name__}):",
        doc,
        "",
        f"    name = {_text(about.name)}",
        f"    province = {_text(about.province)}",
        f"    body = {_text(about.body)}{question}",
        f"    home = {_text(draft.home)}",
    ]
    after = [] if about.kind == "tttt" else [f"    kind = {_text(about.kind)}"]
    life = _life(draft)
    after += [f"    {name} = {_text(value)}" for name, value in life.items()]
    newest = max((page.article.date_published or "" for page in draft.pages), default="")[:10]
    if life and newest > life["valid_to"]:
        after[-1] += f"  # ? an article is of {newest}: whose is the portal now"
    if draft.article_path is not None:
        after.append(f"    article_path = {_raw(draft.article_path)}")
    sections = list(draft.sections.items())
    while len(before + (lines := _sections(sections)) + after) > MOST_LINES and len(sections) > 1:
        sections.pop()
    _try(draft, dict(sections))
    return "\n".join([*before, *lines, *after]) + "\n"


def with_class(text: str, base: type[Portal], added: str, province: str) -> str:
    """Return a province's file with a class added at its end and the base imported; "" begins a new file."""
    if not text.strip():
        text = f'"""{province}."""\n\nfrom __future__ import annotations\n'
    tree, lines = ast.parse(text), text.rstrip("\n").split("\n")
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    ours = [node for node in imports if (node.module or "").startswith("crawler.")]
    names = {(node.module or "", alias.name) for node in ours for alias in node.names}
    modules: dict[str, list[str]] = {}
    for module, name in sorted(names | {(base.__module__, base.__name__)}):
        modules.setdefault(module, []).append(name)
    block = [f"from {module} import {', '.join(names)}" for module, names in modules.items()]
    for node in reversed(ours):
        del lines[node.lineno - 1 : node.end_lineno]
    if ours:
        at = ours[0].lineno - 1
    else:
        at = max((node.end_lineno or 0 for node in [*imports, *tree.body[:1]]), default=0)
        block.insert(0, "")
    lines[at:at] = block
    return "\n".join(lines).rstrip("\n") + "\n\n\n" + added


def _life(draft: Draft) -> dict[str, str]:
    """Return since when the body is no more, as the class says it; {} where it lives on."""
    province = draft.named.province
    is_merged = len(provinces()[successor(province)].formed_from) > 1
    ends = (kinds()[draft.named.kind].ended, ended(province) if is_merged else None)
    days = [day for day in ends if day]
    return {"state": "frozen", "valid_to": min(days)} if days else {}


def _try(draft: Draft, sections: dict[str, str]) -> None:
    about = draft.named
    own = {} if draft.article_path is None else {"article_path": draft.article_path}
    type(
        class_name(about.name),
        (draft.base,),
        {
            "name": about.name,
            "province": about.province,
            "body": about.body,
            "home": draft.home,
            "kind": about.kind,
            "sections": sections,
            **_life(draft),
            **own,
        },
    )


def _sections(sections: list[tuple[str, str]]) -> list[str]:
    pairs = [f"{_text(name)}: {_text(address)}" for name, address in sections]
    one_line = f"    sections = {{{', '.join(pairs)}}}"
    if len(one_line) <= _LONGEST:
        return [one_line]
    return ["    sections = {", *(f"        {pair},{_mute(pair)}" for pair in pairs), "    }"]


def _mute(pair: str) -> str:
    return "  # noqa: E501 (the portal's own address)" if len(pair) + 9 > _LONGEST else ""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _raw(pattern: str) -> str:
    return _text(pattern) if '"' in pattern or pattern.endswith("\\") else f'r"{pattern}"'
