"""Learns the weights of the Party classifier from the tuned half of the labels.

    python -m benchmarks.party_weights          print the weights
    python -m benchmarks.party_weights --write  write them to pipelines/data/party_weights.json

Logistic regression by projected gradient descent, in plain Python and without chance, so that the same labels
give the same weights. The penalty draws a weight towards the group's `prior` in `party.json`, so that a group
that is rare among the labels weighs what a reader would give it; its sign never changes, and a section's name
never weighs more than `SECTION_MOST`, however well it tells on one portal. A source counts for the square
root of its articles, or the recording's one portal would decide everything.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from benchmarks.cases import ROOT
from benchmarks.party_cases import PartyCase, party_cases
from pipelines.classify import ZONES, Features, Zone, read
from pipelines.lexicon import load_data

WEIGHTS = ROOT / "pipelines" / "data" / "party_weights.json"
SECTION_MOST = 0.4
PENALTY = 0.004
LEAN = 0.4  # the chance from which an article is called Party: best in five-fold trials on the tuned half
# What the groups' expected weights are multiplied by, in each part of an article.
ZONE_PRIOR: dict[Zone, float] = {"headline": 1.0, "opening": 1.0, "body": 0.7, "section": 0.1}
STEPS = 4000
RATE = 2.0

Key = tuple[Zone, str]


def learn(cases: Sequence[PartyCase]) -> tuple[float, dict[Key, float]]:
    """Return the intercept and the weight of every feature."""
    priors = {group["name"]: group["prior"] for group in load_data("party.json")["groups"]}
    rows = [
        ({key: value for key, value in read(case.article).features.items() if priors[key[1]]}, case.party)
        for case in cases
    ]
    sizes = Counter(case.source for case in cases)
    shares = [1 / math.sqrt(sizes[case.source]) for case in cases]
    whole = sum(shares)
    shares = [share / whole for share in shares]
    expected = {key: priors[key[1]] * ZONE_PRIOR[key[0]] for features, _ in rows for key in features}
    intercept, weights = 0.0, dict(expected)
    for _ in range(STEPS):
        slope, slopes = 0.0, {key: 2 * PENALTY * (weight - expected[key]) for key, weight in weights.items()}
        for (features, party), share in zip(rows, shares, strict=True):
            error = share * (_chance(intercept, weights, features) - party)
            slope += error
            for key, value in features.items():
                slopes[key] += error * value
        intercept -= RATE * slope
        for key, down in slopes.items():
            weights[key] = _allowed(key, weights[key] - RATE * down, expected[key])
    return intercept + math.log((1 - LEAN) / LEAN), weights


def _chance(intercept: float, weights: dict[Key, float], features: Features) -> float:
    sum_ = intercept + sum(weights[key] * value for key, value in features.items())
    return 1 / (1 + math.exp(-sum_))


def _allowed(key: Key, weight: float, prior: float) -> float:
    weight = max(weight, 0.0) if prior > 0 else min(weight, 0.0)
    return min(weight, SECTION_MOST) if key[0] == "section" else weight


@click.command()
@click.option("--write", is_flag=True, help="Write the weights to pipelines/data/party_weights.json.")
def main(write: bool) -> None:
    """Learn the weights from the tuned half."""
    cases = [case for case in party_cases() if case.split == "tune"]
    intercept, weights = learn(cases)
    counts = Counter(case.source for case in cases)
    found: dict[str, Any] = {
        "learnt_from": {**counts, "all": len(cases)},
        "intercept": round(intercept, 3),
        "weights": {
            zone: {
                group: round(weight, 3)
                for (where, group), weight in sorted(weights.items())
                if where == zone and abs(weight) >= 0.02
            }
            for zone in ZONES
        },
    }
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    click.echo(text)
    if write:
        WEIGHTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
