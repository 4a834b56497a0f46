"""Each named site of a case says what the plan does there."""

from dataclasses import replace

import pytest

from siting.outcome import Outcome
from siting.report.page import report_html
from siting.report.viewpoints.named import named_areas


@pytest.fixture
def case(built: Outcome) -> Outcome:
    """CS01a is a sink, CS01b lies beside J01, CS01c far off; CS01d and CS01e were merged."""
    places = built.places.assign(points="")
    near, far = places.loc["J01"].copy(), places.loc["01100"].copy()
    near["lat"] += 0.02
    far["lat"] += 1.0
    places.loc["CS01b"], places.loc["CS01c"], places.loc["CS02a"] = near, far, far
    places.loc["S01", "points"] = "S01;CS01d"
    places.loc["S02", "points"] = "S02;CS01e"
    hubs = built.plan.hubs
    hubs = hubs[hubs.index.get_level_values("site") == "S01"]
    return replace(built, case=1, places=places, plan=replace(built.plan, hubs=hubs))


def test_study_of_no_case_has_no_named_areas(built: Outcome) -> None:
    assert named_areas(built) is None
    assert "国が挙げた対象箇所" not in report_html(built)


def test_named_sites_of_the_case_have_their_state(case: Outcome) -> None:
    table = named_areas(case)
    assert table is not None
    state = {row[0]: row[2] for row in table.data.index}
    assert state == {
        "CS01b": "sink_near", "CS01c": "no_candidate", "CS01d": "runs", "CS01e": "not_chosen",
    }  # fmt: skip


def test_hub_at_a_named_site_has_its_year_and_tonnes(case: Outcome) -> None:
    table = named_areas(case)
    assert table is not None
    row = table.data.loc[("CS01d", "S01", "runs", "pv_recycling")]
    assert row.to_list() == [2030, 4000, 4000]


def test_named_site_that_is_a_sink_says_so(case: Outcome) -> None:
    places = case.places.copy()
    places.loc["J01", "points"] = "CS01f"
    table = named_areas(replace(case, places=places))
    assert table is not None
    assert ("CS01f", "J01", "is_sink", "") in table.data.index


def test_report_of_a_case_has_the_section_in_both_languages(case: Outcome) -> None:
    html = report_html(case)
    assert "国が挙げた対象箇所" in html
    assert "candidate, not chosen" in html
