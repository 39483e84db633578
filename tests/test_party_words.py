"""What the words of Party news promise, and the weights learnt for them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from pipelines.activities import ACTIVITIES
from pipelines.classify import ZONES
from pipelines.lexicon import Acts, Lexicon, load_data, senses_of, terms_of
from pipelines.text import exact

WORDS = load_data("party.json")
GROUPS: list[dict[str, Any]] = WORDS["groups"]
FAMILIES = [(group["name"], family) for group in GROUPS for family in group["families"]]


@cache
def lexicon() -> Lexicon:
    return Lexicon(senses_of(WORDS))


def found_in(text: str) -> set[str]:
    formed = exact(text)
    return {formed[start:end] for _, start, end in lexicon().find(formed)}


def terms(family: dict[str, Any]) -> set[str]:
    return {exact(term) for term in terms_of(family, WORDS["slots"])}


def named_in(text: str, family: dict[str, Any]) -> set[str]:
    found = found_in(text)
    return terms(family) & (found | {re.sub(r"\d+", "#", term) for term in found})


def does(text: str) -> bool:
    formed, acts = exact(text), Acts(WORDS["acts"], exact)
    bodies = [found[1:] for found in lexicon().find(formed) if found[0].group in WORDS["acts"]["of"]]
    return any(acts.find(formed, start, end) for start, end in bodies)


@pytest.mark.parametrize(
    ("group", "family"), FAMILIES, ids=[f"{name}-{i}" for i, (name, _) in enumerate(FAMILIES)]
)
def test_words_are_found_in_their_examples_and_not_in_their_counter_examples(
    group: str, family: dict[str, Any]
) -> None:
    assert family["examples"] and family["counter_examples"]
    assert all(named_in(example, family) for example in family["examples"])
    assert not any(named_in(example, family) for example in family["counter_examples"])


def test_a_committees_act_is_told_from_anothers() -> None:
    assert [text for text in WORDS["acts"]["examples"] if not does(text)] == []
    assert [text for text in WORDS["acts"]["counter_examples"] if does(text)] == []


def test_every_word_of_the_lists_is_found_as_it_stands() -> None:
    every = {term.replace("#", "30") for _, family in FAMILIES for term in terms(family)}
    assert [term for term in every if term not in found_in(f"({term})")] == []


def test_a_word_stands_in_one_group_only() -> None:
    with pytest.raises(ValueError, match="chi bộ"):
        senses_of({"groups": [{"name": name, "families": [{"terms": ["chi bộ"]}]} for name in ("a", "b")]})


def test_words_count_whole_and_the_longest_wins() -> None:
    assert found_in("Chi bộ phận nào?") == {"chi bộ"}  # no list of words can know better
    assert found_in("xchi bộ, chi bộx, chi bộ1") == set()
    assert found_in("жchi bộ, ²chi bộ, _chi bộ, ªchi bộ, 中chi bộ") == set()  # letters and digits all
    assert found_in("2×chi bộ") == found_in("chi bộ÷chi bộ") == {"chi bộ"}  # signs among letters
    assert found_in("Phó Bí thư Đảng ủy") == {"phó bí thư đảng ủy"}
    assert found_in("trao Huy hiệu 65 năm tuổi Đảng") == {"trao huy hiệu 65 năm tuổi đảng"}


def test_a_word_that_begins_with_a_sign_is_found_with_the_sign_alone() -> None:
    assert found_in("Chỉ thị 12-CT/TW") == found_in("-CT/TW") == {"-ct/tw"}
    assert found_in("CT/TW") == found_in("12.CT/TW") == found_in("12-CT/TWA") == set()
    assert found_in("Bí thư Huyện ủy, Chủ tịch UBND huyện") == {"bí thư huyện ủy", ", chủ tịch ubnd"}


def test_learnt_weights_keep_the_sign_that_a_reader_gave_the_group() -> None:
    priors = {group["name"]: group["prior"] for group in GROUPS}
    weights = load_data("party_weights.json")["weights"]
    assert set(weights) == set(ZONES)
    assert all(
        priors[group] * weight > 0 for of_zone in weights.values() for group, weight in of_zone.items()
    )
    assert max(weights["section"].values()) < min(0.5, weights["headline"]["to_chuc_dang"] / 4)


def test_every_kind_that_words_name_has_a_label() -> None:
    assert {kind for _, family in FAMILIES for kind in family.get("kinds", ())} == set(ACTIVITIES)
    assert len({activity.label for activity in ACTIVITIES.values()}) == len(ACTIVITIES)
