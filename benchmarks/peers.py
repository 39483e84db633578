"""The other extractors, each behind the same question: what is this page's article?

Runs inside `benchmarks/.venv` (`requirements-peers.lock`) and imports nothing of tinso. `extraction.py` and
`lists.py` start it and talk to it in JSON lines on standard input and output:

    {"html": "…", "url": "…", "language": "vi"}   → {"page": true}      the page that the next lines ask about
    {"tool": "trafilatura"}                       → {"seconds": 0.014, "body": "…", "headline": "…", …}
    {"filter": "courlan", "links": ["…"], "url"}  → {"kept": ["…"]}

`seconds` is CPU time of this process for that tool on that page. A tool that raises answers with `error`.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import htmldate
import lxml.html
import newspaper
import readability
import trafilatura
from courlan import extract_links
from newspaper.urls import valid_url
from newsplease import NewsPlease
from resiliparse.extract.html2text import extract_plain_text

Answer = dict[str, Any]


def text_of(fragment: str) -> str:
    """Return an HTML fragment's text, one block a line, for tools that answer with HTML."""
    tree: Any = lxml.html.document_fromstring(fragment)
    for block in tree.iter("p", "div", "li", "td", "tr", "br", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return tree.text_content()


def ask_trafilatura(html: str, url: str, language: str | None) -> Answer:
    return {"body": trafilatura.extract(html, url=url, include_comments=False)}


def ask_trafilatura_fast(html: str, url: str, language: str | None) -> Answer:
    return {"body": trafilatura.extract(html, url=url, include_comments=False, fast=True)}


def ask_trafilatura_metadata(html: str, url: str, language: str | None) -> Answer:
    document = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if document is None:
        return {}
    return {
        "body": document.text,
        "headline": document.title,
        "date": document.date,
        "author": document.author,
    }


def ask_readability(html: str, url: str, language: str | None) -> Answer:
    document = readability.Document(html, url=url)
    return {"body": text_of(document.summary()), "headline": document.short_title()}


def ask_newspaper(html: str, url: str, language: str | None) -> Answer:
    known = {"language": language} if language else {}
    article = newspaper.Article(url, fetch_images=False, **known)
    article.download(input_html=html)
    article.parse()
    return {
        "body": article.text,
        "headline": article.title,
        "date": article.publish_date.isoformat() if article.publish_date else None,
        "author": ", ".join(article.authors),
    }


def ask_news_please(html: str, url: str, language: str | None) -> Answer:
    article = NewsPlease.from_html(html, url=url, fetch_images=False)
    return {
        "body": article.maintext,
        "headline": article.title,
        "date": article.date_publish.isoformat() if article.date_publish else None,
        "author": ", ".join(article.authors or []),
    }


def ask_resiliparse(html: str, url: str, language: str | None) -> Answer:
    return {"body": extract_plain_text(html, main_content=True, alt_texts=False)}


def ask_htmldate(html: str, url: str, language: str | None) -> Answer:
    return {"date": htmldate.find_date(html, url=url, original_date=True, outputformat="%Y-%m-%dT%H:%M")}


TOOLS: dict[str, Callable[[str, str, str | None], Answer]] = {
    "trafilatura": ask_trafilatura,
    "trafilatura fast": ask_trafilatura_fast,
    "trafilatura + metadata": ask_trafilatura_metadata,
    "readability-lxml": ask_readability,
    "newspaper4k": ask_newspaper,
    "news-please": ask_news_please,
    "resiliparse": ask_resiliparse,
    "htmldate": ask_htmldate,
}


def kept_links(tool: str, html: str, url: str, links: list[str]) -> list[str]:
    """Return those of a list page's links that `tool` takes for article links."""
    if tool == "courlan":
        return sorted(extract_links(html, url, external_bool=False))
    return [link for link in links if valid_url(link)]


def measured(ask: Callable[[str, str, str | None], Answer], page: Answer) -> Answer:
    """Return a tool's answer about `page` with the CPU seconds that it took."""
    started = time.process_time()
    try:
        answer = ask(page["html"], page["url"], page["language"])
    except Exception as error:  # noqa: BLE001  a peer's failure is one of the things that are measured
        answer = {"error": repr(error)}
    answer["seconds"] = time.process_time() - started
    return answer


def main() -> None:
    """Answer questions until standard input ends."""
    logging.disable(logging.CRITICAL)
    answers, sys.stdout = sys.stdout, sys.stderr  # what a peer prints must not mix with our answers
    page: Answer = {}
    for line in sys.stdin:
        question = json.loads(line)
        if "html" in question:
            page, answer = question, Answer(page=True)
        elif "filter" in question:
            answer = {"kept": kept_links(question["filter"], page["html"], page["url"], question["links"])}
        else:
            answer = measured(TOOLS[question["tool"]], page)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
