"""What became of every URL in a run: each one taken up is settled once."""

from __future__ import annotations

import logging
from collections import Counter

from crawler.clock import now
from crawler.frontier import Frontier
from crawler.target import Target
from pipelines.outcomes import Outcome

logger = logging.getLogger(__name__)

HOST_TROUBLES = frozenset(
    {Outcome.CHALLENGED, Outcome.HTTP_ERROR, Outcome.TLS_ERROR, Outcome.DNS_ERROR, Outcome.TIMEOUT}
)
# These end a page without its host having been asked.
_SAYS_NOTHING = frozenset({Outcome.OFF_SITE, Outcome.SKIPPED_BUDGET, Outcome.BLOCKED_BY_ROBOTS})


class Ledger:
    """The run's books over all portals. `counts` maps (portal, kind, outcome) to a number of URLs."""

    def __init__(self, frontier: Frontier) -> None:
        self.frontier = frontier
        self.counts: Counter[tuple[str, str, Outcome]] = Counter()
        # By portal: pages running that ended in one of HOST_TROUBLES, and requests running without an answer.
        self.troubles: Counter[str] = Counter()
        self.unanswered: Counter[str] = Counter()
        # With the digest of its body, and the day on which the article was born.
        self._open: dict[tuple[str, str], tuple[Target, str | None, str | None]] = {}
        self._taken: set[tuple[str, str]] = set()

    def take(self, target: Target) -> bool:
        """Take a URL up; False where this run has had it already."""
        key = (target.portal, target.url)
        if key in self._taken:
            return False
        self._taken.add(key)
        self._open[key] = (target, None, target.born)
        return True

    def read(self, target: Target, body_digest: str, born: str | None) -> None:
        """Remember what was learnt of the page just read, for when the page is settled."""
        key = (target.portal, target.url)
        if key in self._open:
            self._open[key] = (target, body_digest, born or target.born)

    def settle(
        self,
        portal: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
    ) -> None:
        """Write how a URL ended. A second outcome for one URL is a defect of ours: logged, not counted."""
        opened = self._open.pop((portal, url), None)
        if opened is None:
            logger.error("%s: %s was settled twice, now as %s (%s)", portal, url, outcome, reason)
            return
        target, body_digest, born = opened
        self.counts[portal, target.kind, outcome] += 1
        if outcome in HOST_TROUBLES:
            self.troubles[portal] += 1
        elif outcome not in _SAYS_NOTHING:
            self.troubles[portal] = 0
        if outcome.failed or outcome is Outcome.INCOMPLETE:
            logger.warning("%s: %s: %s (%s)", portal, url, outcome, reason)
        self.frontier.settle(
            portal, url, outcome, at=now(), reason=reason, body_digest=body_digest, born=born
        )

    def settle_open(self, portal: str, reason: str) -> None:
        """Settle as skipped what a portal's crawl leaves unanswered when it is stopped."""
        for name, url in [key for key in self._open if key[0] == portal]:
            self.settle(name, url, Outcome.SKIPPED_BUDGET, reason)

    def of(self, portal: str) -> Counter[tuple[str, Outcome]]:
        """Return a portal's numbers of URLs by (kind, outcome)."""
        return Counter(
            {(kind, outcome): n for (name, kind, outcome), n in self.counts.items() if name == portal}
        )
