"""Portals whose content system is their own, or not known."""

from __future__ import annotations

from crawler.portal import Portal


class GenericPortal(Portal):
    """A portal of which nothing need be known but where its lists are.

    Set `sections` to the lists; rows, pagers and every field of an article are found by evidence. Set
    `article_path` where an address tells the portal's own number (its groups are the identity; without it
    the address is), `row` where the list that evidence chooses is the wrong one, `layouts` where a field
    comes out wrong: `tinso extract --explain` shows why it did.

    Caveats: without `article_path`, one article at two addresses is two addresses fetched; it is still
    stored once where both print the same text.
    """

    platform = "generic"
