"""tinso check"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import click

from crawler import registry
from crawler.cli import options
from crawler.cli.looking import looked
from crawler.exceptions import HomeUnknown, NoSections, NotHtml
from crawler.homes import VARIABLE
from crawler.look import Fetch, Unreachable
from crawler.portal import Portal
from crawler.settings import DOWNLOAD_DELAY
from crawler.survey import survey, worthwhile
from crawler.undeclared import undeclared
from crawler.upkeep.check import FIELDS, Check, ListChecked, check
from crawler.upkeep.connection import probe
from crawler.upkeep.corrections import below_normal, corrections, normal, notes

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@click.command("check")
@click.argument("source", metavar="NAME|URL")
@options.look_from_archive
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: str, archives: tuple[Path, ...], as_json: bool) -> None:
    """Try a portal as its class declares it, or an undeclared one by its home address; store nothing.

    Looks at robots.txt, TLS, home page, the sections' lists and five articles, with the crawl's delays, and
    says what to correct in the class. Exit code 1 where something is to correct or nothing could be had.
    """
    portal = _portal(source)
    report = looked(
        archives,
        lambda fetch: _checked(portal, fetch, live=not archives),
        DOWNLOAD_DELAY=max(DOWNLOAD_DELAY, portal.min_delay),
        DOWNLOAD_VERIFY_CERTIFICATES=portal.tls != "insecure",
    )
    wrong = corrections(report)
    if as_json:
        click.echo(json.dumps(_record(report, wrong), ensure_ascii=False, indent=2))
    else:
        _show(report, wrong)
    if wrong or not report.is_reached:
        raise click.exceptions.Exit(1)


def _portal(source: str) -> type[Portal]:
    portal = (
        registry.owner(source) or undeclared(source) if _ADDRESS.match(source) else registry.portal(source)
    )
    if not portal.home_is_certain:
        raise HomeUnknown(
            f"{portal.name}: no page names its host; give it: {VARIABLE}={portal.name}=http://…"
        )
    return portal


def _checked(portal: type[Portal], fetch: Fetch, *, live: bool) -> Check:
    connection = probe(portal.home) if live else None
    if not portal.sections and not portal.countable and (connection is None or connection.is_open):
        portal = _with_sections(portal, fetch)
    return check(portal, fetch, connection)


def _with_sections(portal: type[Portal], fetch: Fetch) -> type[Portal]:
    """Return the portal with the sections that discovery finds, unchanged where its home cannot be had."""
    try:
        discovery = survey(portal.home, fetch)
        sections = worthwhile(portal.home, discovery)
    except (Unreachable, NotHtml, NoSections):  # the check itself tells of it
        return portal
    found = {
        "sections": sections,
        "article_path": portal.article_path or discovery.article_pattern,
    }
    return type(portal.__name__, (portal,), found)


def _record(report: Check, wrong: list[str]) -> dict[str, Any]:
    portal, coverage, usual = report.portal, report.coverage(), normal(report.portal.platform)
    return {
        "portal": portal.name if portal.province else None,
        "home": portal.home,
        "reached": report.is_reached,
        "home_url": report.home_url,
        "robots": dataclasses.asdict(report.robots),
        "connection": dataclasses.asdict(report.connection) if report.connection else None,
        "platform": {"declared": portal.platform, "detected": dict(report.detected)},
        "sections": [_list_record(found) for found in report.lists],
        "undeclared_sections": [_list_record(found) for found in report.others],
        "articles": [
            {
                "url": checked.url,
                "headline": checked.article.headline if checked.article else None,
                "layout": checked.article.layout if checked.article else None,
                "problem": checked.problem,
            }
            for checked in report.articles
        ],
        "read": len(report.read),
        "coverage": {name: {"filled": coverage[name], "normal": usual.get(name)} for name in FIELDS},
        "failure": report.failure.reason if report.failure else None,
        "corrections": wrong,
        "notes": notes(report),
    }


def _list_record(found: ListChecked) -> dict[str, Any]:
    return {
        "name": found.name,
        "url": found.url,
        "rows": len(found.rows),
        "rows_by_evidence": len(found.by_evidence),
        "following_pages": found.following,
        "party_share": round(found.party_share, 2),
        "problem": found.problem,
    }


def _show(report: Check, wrong: list[str]) -> None:
    portal = report.portal
    _say("portal", f"{portal.name}  {portal.home}" if portal.province else f"undeclared  {portal.home}")
    if portal.province:
        _say("declared in", f"{inspect.getsourcefile(portal)}: {portal.__name__}")
    for step in report.connection.tried if report.connection else ("not looked at: a recording",):
        _say("connection", step)
    delay = f"; Crawl-delay {report.robots.crawl_delay:g} s" if report.robots.crawl_delay else ""
    _say("robots.txt", report.robots.said + delay)
    if report.failure:
        _say("home", f"GET {portal.home}: {report.failure.reason}")
    if report.is_reached:
        _show_found(report)
    elif report.robots.allows is False:
        _say("result", "robots.txt keeps us out: nothing may be crawled, ask the portal's office for leave")
    elif report.failure and report.failure.is_answer:
        _say("result", "the host answers, but with no page that can be read: look at it in a browser")
    else:
        _say("result", "unreachable from here; from another network, or later, it may answer")
    for line in wrong:
        _say("correct", line)
    for line in notes(report):
        _say("note", line)
    if report.is_reached and not wrong:
        _say("result", "nothing to correct")


def _show_found(report: Check) -> None:
    marks = ", ".join(f"{name} {score:.2f}" for name, score in report.detected[:3])
    _say("platform", f"declared {report.portal.platform}; marks of {marks or 'none known'}")
    for found in (*report.lists, *report.others):
        rows = found.problem or (
            f"{len(found.rows)} rows, {found.party_share:.0%} Party news, {found.following} pages follow"
        )
        _say("section" if found.is_declared else "undeclared", f"{found.name}  {found.url}  ({rows})")
    party = max(report.lists, key=lambda found: found.party_share, default=None)
    if party and party.party_share:
        _say("Party news", f"{party.party_share:.0%} of the rows of {party.name}")
    else:
        _say("Party news", "in none of the lists looked at")
    _say("articles", f"{len(report.read)} read of {len(report.articles)} tried")
    if report.read:
        layouts = Counter(article.layout or "generic" for article in report.read)
        _say("layouts", ", ".join(f"{layout} on {pages}" for layout, pages in layouts.most_common()))
        usual, low = normal(report.portal.platform), below_normal(report)
        for name, filled in report.coverage().items():
            beside = f"  normally {usual[name]:.0%}" if name in usual else ""
            below = "  BELOW" if name in low else ""
            _say("", f"{name:15} {filled} of {len(report.read)}{beside}{below}")


def _say(what: str, text: str) -> None:
    click.echo(f"{what:12}{text}")
