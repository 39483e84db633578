"""What an article has several of, with a table each: field of the record → columns beside the key."""

from __future__ import annotations

_EVIDENCE = ("start", "end", "field")
PARTS: dict[str, tuple[str, ...]] = {
    "images": ("url", "caption", "credit"),
    "attachments": ("url", "name", "media_type"),
    "people": ("name", "office", "body", *_EVIDENCE),
    "organisations": ("name", "kind", *_EVIDENCE),
    "documents": ("number", "type", "date", "issuer", *_EVIDENCE),
    "figures": ("kind", "value", "text", *_EVIDENCE),
}
NAMED = ("people", "organisations", "documents", "figures")  # by the stage `entities`


def columns(table: str) -> str:
    """Return the columns of a part's table for SQL, in the order of the record ("end" is a word of SQL's)."""
    return ", ".join(f'"{name}"' if name == "end" else name for name in PARTS[table])
