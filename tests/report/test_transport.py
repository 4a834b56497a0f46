"""Money and gases of the legs are those of the plan, and the section says what travels how."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from toy_legs import TRUCK_MJ_PER_T_KM

from siting.carriage import carried, handled_t, moving
from siting.outcome import Outcome
from siting.report import facts
from siting.report.page import report_html
from siting.report.paper.transport import shares, transport_section
from siting.report.words import mode_label


def by_truck_alone(outcome: Outcome) -> Outcome:
    """Return `outcome` with the flows by truck only."""
    flows = outcome.plan.flows
    flows = flows[flows.index.get_level_values("mode") == "truck"]
    return replace(outcome, plan=replace(outcome.plan, flows=flows))


@pytest.mark.parametrize("amount", ["cost_jpy", "kgco2e", "tkm"])
def test_legs_sum_to_the_flows_of_the_plan(built: Outcome, amount: str) -> None:
    found = facts.modes(built)[amount].groupby(level="period").sum()
    expected = built.plan.flows[amount].groupby(level="period").sum()
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_legs_sum_to_the_transport_cost_of_the_plan(built: Outcome) -> None:
    cost = built.plan.costs["cost_jpy_per_yr"].xs("transport", level="part").droplevel("block")
    found = facts.modes(built)["cost_jpy"].groupby(level="period").sum()
    np.testing.assert_allclose(found, cost, rtol=1e-12)


def test_legs_sum_to_the_transport_emissions_of_the_plan(built: Outcome) -> None:
    emitted = built.plan.kgco2e["kgco2e_per_yr"].xs("transport", level="part")
    found = facts.modes(built)["kgco2e"].groupby(level="period").sum()
    np.testing.assert_allclose(found, emitted, rtol=1e-12)


def test_handling_and_preparation_have_a_kind_and_no_mode(built: Outcome) -> None:
    table = facts.modes(built)
    still = table.xs("", level="leg_mode")
    assert set(still.index.unique("kind")) == {"handling", "preparation"}
    key = ("handling", "", "", "pv_panel", "collection", 2040)
    assert table.loc[key, "cost_jpy"] == 2000.0 * 1400
    assert table.loc[key, "tkm"] == 0


def test_line_and_hauls_of_a_chain_have_their_own_modes(built: Outcome) -> None:
    table = facts.modes(built)
    line = ("line", "ship", "coastal_499GT", "pv_panel", "collection", 2040)
    haul = ("haul", "truck", "truck_10t", "pv_panel", "collection", 2040)
    assert table.loc[line, "flow_t"] == 1400
    assert table.loc[line, "mean_km"] == 660
    assert table.loc[haul, "flow_t"] == 2 * 1400
    assert table.loc[haul, "driver_h"] == pytest.approx(0.4 * 1400)


def test_energy_adds_up_along_the_chain(built: Outcome) -> None:
    found = facts.at(facts.modes(built), 2040)["mj"].sum()
    trucks = TRUCK_MJ_PER_T_KM * (2600 * 40 + 5700 * 25 + 2800 * 120)
    assert found == pytest.approx(trucks + 1400 * 350 + 4560 * 320)


def test_energy_that_a_leg_does_not_say_stays_unknown(built: Outcome) -> None:
    legs = built.legs.assign(
        mj_per_t=built.legs["mj_per_t"].where(built.legs["leg_mode"] != "rail")
    )
    table = facts.modes(replace(built, legs=legs))
    assert table.xs("rail", level="leg_mode")["mj"].isna().all()
    assert table.xs("ship", level="leg_mode")["mj"].notna().all()


def test_flow_without_legs_is_a_line_with_the_money_of_the_plan(built: Outcome) -> None:
    table = facts.modes(replace(built, legs=built.legs.iloc[:0]))
    assert set(table.index.unique("kind")) == {"line"}
    assert set(table.index.unique("leg_mode")) == {"truck", "rail", "ship"}
    total = table[["cost_jpy", "kgco2e", "tkm"]].sum()
    np.testing.assert_allclose(total, built.plan.flows[total.index].sum(), rtol=1e-12)
    assert table["driver_h"].isna().all()


def test_tonne_is_handled_once_at_each_of_its_terminals(built: Outcome) -> None:
    found = handled_t(built, moving(carried(built))).xs(2040, level="period")
    assert found.droplevel("commodity").to_dict() == {
        "P1": 1400.0, "P2": 1400.0, "R1": 4560.0, "R2": 4560.0,
    }  # fmt: skip


def test_split_counts_tkm_on_all_legs_and_tonnes_on_lines(built: Outcome) -> None:
    table = facts.at(facts.modes(built), 2040)
    lines = table.xs("line", level="kind")["flow_t"]
    modes = ["truck", "ship", "rail"]
    all_t = 2600 + 1400 + 5700 + 2800 + 4560
    assert shares(lines, modes) == pytest.approx([11_100 / all_t, 1400 / all_t, 4560 / all_t])
    tkm = {"rail": 4560 * 450, "ship": 1400 * 660,
           "truck": 2600 * 40 + 1400 * 40 + 5700 * 25 + 2800 * 120 + 4560 * 50}  # fmt: skip
    expected = [tkm[mode] / sum(tkm.values()) for mode in modes]
    assert shares(table["tkm"], modes) == pytest.approx(expected)


def test_section_has_split_costs_and_terminals(built: Outcome) -> None:
    section = transport_section(built, "en")
    (chart,) = section.charts
    words = [node.text for node in ET.fromstring(chart.drawing).iter() if node.text]
    assert {"t·km", "Tonnes"} <= set(words)
    assert sum(word.startswith(("Truck", "Rail", "Coastal ship")) for word in words) == 6
    by_mode, by_leg, terminals = section.grids
    assert by_mode.total[2] == "17.1"
    assert by_leg.total[1:3] == ["124.3", "100.0 %"]
    assert by_leg.total[4] == "3.95"
    assert [row[0] for row in by_leg.rows] == [
        "Preparation (baling, packing)", "Hauls to and from terminals", "Handling at terminals",
        "Door to door: Truck", "Line: Rail", "Line: Coastal ship",
    ]  # fmt: skip
    assert ["Port", "Shiogama port", "Tohoku", "1.40"] in terminals.rows
    assert len(terminals.rows) == 4


def test_plan_by_truck_alone_says_so(built: Outcome) -> None:
    section = transport_section(by_truck_alone(built), "ja")
    assert len(section.charts) == 1
    assert len(section.grids) == 2
    assert "トラックだけで運ぶ" in section.remark
    assert "トラックだけで運ぶ" not in transport_section(built, "ja").remark


def test_unknown_energy_is_no_number_in_the_report(built: Outcome) -> None:
    bare = replace(built, legs=built.legs.iloc[:0])
    by_leg = transport_section(bare, "en").grids[1]
    assert {tuple(row[3:5]) for row in [*by_leg.rows, by_leg.total]} == {("-", "-")}
    assert ">nan" not in report_html(bare)


def test_mode_of_a_service_is_named_by_both() -> None:
    assert mode_label("ship:Kanmon", "en") == "Coastal ship (Kanmon)"
    assert mode_label("ship:Kanmon", "ja") == "内航船 (Kanmon)"
    assert mode_label("truck+rail", "en") == "Truck+Rail"


def test_arc_of_two_periods_has_its_legs_in_both(built: Outcome) -> None:
    rows = carried(built)
    rail = rows[rows["mode"] == "rail"]
    assert list(rail["period"]) == [2030] * 5 + [2040] * 5
    assert list(rail["leg"]) == [0, 1, 2, 3, 4] * 2
    pd.testing.assert_series_equal(
        rail.groupby("period")["flow_t"].first(),
        built.plan.flows["flow_t"].xs("rail", level="mode").groupby(level="period").sum(),
    )
