"""The summary is true, plain and printable where reports are read."""

from dataclasses import replace

import pytest

from siting.outcome import Outcome
from siting.report.summary import closing_summary, gap_in_words
from siting.text import Language


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["built", "empty"])
def test_summary_has_five_to_eight_sentences(
    name: str, language: Language, request: pytest.FixtureRequest
) -> None:
    assert 5 <= len(closing_summary(request.getfixturevalue(name), language)) <= 8


def test_summary_prints_on_a_japanese_console(built: Outcome) -> None:
    for language in ("ja", "en"):
        "".join(closing_summary(built, language)).encode("cp932")


def test_stated_gap_is_never_smaller_than_the_gap(built: Outcome) -> None:
    assert "0.44 % (58.9 m JPY)" in gap_in_words(built.plan, "en")
    wider = replace(built.plan, bound_jpy=built.plan.objective_jpy * (1 - 0.004401))
    assert "0.45 %" in gap_in_words(wider, "en")


def test_plan_on_its_bound_is_called_the_cheapest(empty: Outcome) -> None:
    assert "no cheaper plan exists" in gap_in_words(empty.plan, "en")


def test_missed_targets_are_named_with_their_tonnes(empty: Outcome) -> None:
    said = " ".join(closing_summary(empty, "en"))
    assert "misses 4 of 4 collection targets" in said
    assert "Waste plastics 5.70 kt" in said


def test_fee_that_only_repeats_the_penalty_is_not_quoted(empty: Outcome) -> None:
    assert "200,000" not in " ".join(closing_summary(empty, "en"))
