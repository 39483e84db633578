"""A reader of the site, in the test's own process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html as lxml_html

from web.site import site


class Reader:
    """A reader of a site: asks for pages as a browser would, without a network."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self._loop = asyncio.new_event_loop()
        self.datasette = site(corpus)
        self._loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, **options: Any) -> Any:
        return self._loop.run_until_complete(self.datasette.client.get(path, **options))

    def page(self, path: str) -> Any:
        response = self.get(path)
        assert response.status_code == 200, (path, response.text[:300])
        return lxml_html.fromstring(response.text)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._loop.run_until_complete(self.datasette.client.post(path, json=body))

    def found(self, typed: str) -> list[int]:
        response = self.get(f"/corpus/articles.json?_shape=array&_size=max&_search={quote(typed)}")
        assert response.status_code == 200, response.text
        return [row["id"] for row in response.json()]

    def close(self) -> None:
        self.datasette.close()
        self._loop.close()


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())
