"""What was found of portals that declare no sections: the archive alone does not tell it again."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

SURVEYS_SCHEMA = """
CREATE TABLE surveys (               -- what was found of portals that declare no sections
    portal TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    sections TEXT NOT NULL,          -- JSON: name → address
    article_path TEXT                -- pattern of the articles' addresses
) WITHOUT ROWID;
"""


class Survey(NamedTuple):
    """What was found of a portal that declares no sections; these are name → address."""

    portal: str
    home: str
    sections: dict[str, str]
    article_path: str | None


class Surveys:
    """The part of state.db that the frontier builds on."""

    connection: sqlite3.Connection

    def surveyed(self, survey: Survey) -> None:
        """Keep what was found of a portal that declares no sections."""
        self.connection.execute(
            "INSERT OR REPLACE INTO surveys (portal, home, sections, article_path) VALUES (?, ?, ?, ?)",
            (
                survey.portal,
                survey.home,
                json.dumps(survey.sections, ensure_ascii=False),
                survey.article_path,
            ),
        )

    def surveys(self) -> dict[str, Survey]:
        """Return by portal what was last found of those that declare no sections."""
        rows = self.connection.execute("SELECT portal, home, sections, article_path FROM surveys")
        return {portal: Survey(portal, home, json.loads(found), path) for portal, home, found, path in rows}
