"""What search engines may take from the site: robots.txt, RFC 9309."""

from __future__ import annotations

from datasette import Request, Response

from web.site import Policy, Site

# A search has endless addresses, and an archived copy is another's page: engines shall find the original.
_KEPT = ("/tim", "/ban-luu/", "/ngon-ngu/", "/goi-y", "/*.csv", "/*.ndjson", "/*.json", "/*?")
RULES: dict[Policy, str] = {
    "none": "User-agent: *\nDisallow: /\n",
    "articles": "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in _KEPT) + "Allow: /\n",
    "all": "User-agent: *\nDisallow:\n",
}


async def answer(datasette: Site, request: Request) -> Response:
    """Answer /robots.txt with the rules of the site's policy."""
    return Response.text(RULES[datasette.robots])
