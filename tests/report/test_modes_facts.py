"""Every fact of the mode comparison is what arithmetic by hand gives."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from modes_example import GOODS, OFFERS, WASTE, comparison

from siting.outcome import Comparison
from siting.report.modes.facts.finding import Findings, findings
from siting.report.modes.facts.lane import lanes_of, parts
from siting.report.modes.facts.lot import is_rare, lot_table
from siting.report.modes.facts.run import is_within_gaps, kind, shares, some_periods
from siting.report.modes.facts.shift import close_calls, shifts

ALL = "truck+rail+ship"


@pytest.fixture(scope="module")
def found() -> Findings:
    return findings(comparison())


def without(*arcs: tuple[str, str, str, str]) -> Comparison:
    """Return the example without the offers of `arcs`."""
    made = comparison()
    gone = [(o, d, k, mode) for o, d, mode, k in arcs]
    own = made.legs.index.droplevel("leg")
    return replace(made, offers=made.offers.drop(gone), legs=made.legs[~own.isin(arcs)])


def legs_of(made: Comparison, arc: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return the legs of one offer."""
    return made.legs[made.legs.index.droplevel("leg").isin([arc])].reset_index()


def test_cost_and_carriage_are_present_values(found: Findings) -> None:
    # carriage 2030: 1,000 x 6,000 + 500 x 12,000 + 800 x 5,000 + 1,200 x 30,000 + 640 x 9,000
    early = 57_760_000.0
    truck = early * 8 + 2 * early * 5
    late = 2000 * 15_000 + 1000 * 17_000 + 1600 * 5000 + 3680 * 9000
    runs = found.runs
    assert runs.loc["truck", "transport_jpy"] == pytest.approx(truck)
    assert runs.loc["truck", "cost_jpy"] == pytest.approx(13 * 2e8 + truck)
    assert runs.loc[ALL, "transport_jpy"] == pytest.approx(early * 8 + late * 5)
    assert runs.loc[ALL, "cost_jpy"] == pytest.approx(8 * 2e8 + 5 * 1e8 + early * 8 + late * 5)
    assert runs.loc[ALL, "saving_jpy"] == pytest.approx(637_000_000.0)
    assert runs.loc[ALL, "saving_jpy_per_yr"] == pytest.approx(637e6 / 13)


def test_saving_lies_between_what_the_bounds_allow(found: Findings) -> None:
    truck, run = found.runs.loc["truck"], found.runs.loc[ALL]
    assert run["least_saving_jpy"] == pytest.approx(0.99 * 3_639_680_000 - 3_002_680_000)
    assert run["most_saving_jpy"] == pytest.approx(3_639_680_000 - 0.99 * 3_002_680_000)
    assert truck["least_saving_jpy"] == truck["most_saving_jpy"] == 0.0
    assert run["gap_jpy"] == pytest.approx(30_026_800)


def test_saving_smaller_than_a_gap_is_no_saving(found: Findings) -> None:
    assert found.runs.loc["truck+rail", "saving_jpy"] == pytest.approx(5e6)
    assert is_within_gaps(found.runs, "truck+rail", "truck")
    assert not is_within_gaps(found.runs, "truck+ship", "truck")


def test_haulage_counts_every_leg_by_its_own_mode(found: Findings) -> None:
    year = found.yearly[ALL].loc[2040]
    assert year["ship_tkm"] == 2000 * 600
    assert year["rail_tkm"] == 1000 * 730
    # trucks: 60 km to the port, twice 10 km to stations, 40 km and 350 km direct
    assert year["truck_tkm"] == 2000 * 60 + 1000 * 20 + 1600 * 40 + 3680 * 350
    assert year[["truck_t", "rail_t", "ship_t"]].tolist() == [5280.0, 1000.0, 2000.0]
    assert year["driver_h"] == 2000 * 0.5 + 1000 * 1.0 + 1600 * 1.0 + 3680 * 7.0
    assert year["mj"] == 2000 * 300 + 1000 * 230 + 1600 * 50 + 3680 * 450


def test_year_is_the_mean_of_the_horizon(found: Findings) -> None:
    carried = found.yearly[ALL]["driver_h"]
    assert found.runs.loc[ALL, "driver_h"] == pytest.approx((carried[2030] + carried[2040]) / 2)
    # carriage 2040: 2,000 x 28 + 1,000 x 15 + 1,600 x 4 + 3,680 x 35, beside 200 t of the rest
    late = 2000 * 28 + 1000 * 15 + 1600 * 4 + 3680 * 35
    early = 1000 * 6 + 500 * 15 + 800 * 4 + 1200 * 110 + 640 * 35
    assert found.runs.loc[ALL, "transport_kgco2e"] == pytest.approx((early + late) / 2)
    assert found.runs.loc[ALL, "kgco2e"] == pytest.approx((early + late + 3e5) / 2)


def test_sites_that_differ_are_named(found: Findings) -> None:
    assert found.runs["dropped_sites"].tolist() == [[], [], ["S01"], ["S01"]]
    assert found.runs["added_sites"].tolist() == [[], [], [], []]
    assert found.runs["sites"].tolist() == [2, 2, 1, 1]


def test_lane_joins_the_sources_of_a_prefecture(found: Findings) -> None:
    table = found.lanes.table
    assert table[["start", "destination", "commodity"]].to_numpy().tolist() == [
        ["北海道", "S02", WASTE],
        ["S02", "J01", GOODS],
        ["宮城県", "S02", WASTE],
    ]
    assert table["flow_t"].tolist() == [3000.0, 3680.0, 1600.0]
    assert table["cost_jpy"].tolist() == [47e6, 33.12e6, 8e6]
    assert table["chosen"].tolist() == ["ship", "truck", "truck"]
    assert table["is_area"].tolist() == [True, False, True]


def test_offers_of_a_lane_are_means_by_tonnes(found: Findings) -> None:
    lane = found.lanes.offers.loc[0]
    assert lane["share"].tolist() == pytest.approx([1 / 3, 2 / 3, 0.0])
    assert lane.loc["truck", "cost_jpy_per_t"] == pytest.approx((2 * 40e3 + 43e3) / 3)
    assert lane.loc["rail", "cost_jpy_per_t"] == pytest.approx((2 * 22e3 + 17e3) / 3)
    assert lane.loc["ship", "cost_jpy_per_t"] == pytest.approx((2 * 15e3 + 21e3) / 3)
    assert lane.loc["ship", "kgco2e_per_t"] == pytest.approx(28.0)
    assert lane.loc["truck", "driver_h_per_t"] == pytest.approx((2 * 16 + 19) / 3)
    assert lane.loc["rail", "hours"] == pytest.approx(16.0)


def test_cost_falls_into_its_parts(found: Findings) -> None:
    ship, rail = found.lanes.offers.loc[(0, "ship")], found.lanes.offers.loc[(0, "rail")]
    names = ["preparation", "first_haul", "handling", "line", "last_haul"]
    assert ship[names].tolist() == pytest.approx([1000, (2 * 6000 + 12e3) / 3, 1000, 7000, 0])
    assert rail[names].tolist() == pytest.approx([0, 2000, 0, (2 * 18e3 + 13e3) / 3, 2000])
    assert ship["first_haul_km"] == pytest.approx((2 * 60 + 180) / 3)
    assert ship[["line_km", "last_haul_km"]].tolist() == [600.0, 0.0]
    assert ship[["vehicle", "form", "from_node", "to_node"]].tolist() == [
        "coastal_499GT",
        "bale",
        "P1",
        "P2",
    ]
    total = found.lanes.offers[names].sum(axis=1)
    assert total.tolist() == pytest.approx(found.lanes.offers["cost_jpy_per_t"].tolist())


def test_modes_are_compared_where_each_has_an_offer() -> None:
    lanes = lanes_of(without(("01200", "S02", "ship", WASTE)))
    assert lanes.offers["cost_jpy_per_t"].loc[0].to_dict() == pytest.approx(
        {"rail": 22e3, "ship": 15e3, "truck": 40e3}
    )
    assert lanes.table.loc[0, "compared_share"] == pytest.approx(2 / 3)


def test_mode_with_few_offers_is_not_compared() -> None:
    lanes = lanes_of(without(("01100", "S02", "rail", WASTE)))
    costs = lanes.offers["cost_jpy_per_t"].loc[0]
    assert np.isnan(costs["rail"])
    assert costs["ship"] == pytest.approx(17e3)
    assert lanes.offers.loc[(0, "rail"), "share"] == pytest.approx(1 / 3)
    assert lanes.table.loc[0, "compared_share"] == 1.0


def test_lane_keeps_the_chosen_mode_where_offers_never_meet() -> None:
    gone = [("01100", "S02", mode, WASTE) for mode in ("truck", "rail")]
    alone = lanes_of(without(*gone, ("01200", "S02", "ship", WASTE)))
    assert alone.offers["cost_jpy_per_t"].loc[0].dropna().to_dict() == {"ship": 15e3}


def test_haul_is_the_last_only_after_the_line(found: Findings) -> None:
    legs = legs_of(found.comparison, ("01100", "S02", "ship", WASTE))
    assert parts(legs).tolist() == [
        "preparation", "first_haul", "handling", "line", "handling", "last_haul",
    ]  # fmt: skip


def test_close_call_is_within_a_tenth(found: Findings) -> None:
    assert found.close.index.tolist() == [1]
    row = found.close.loc[1]
    assert (row["chosen"], row["other"], row["flow_t"]) == ("truck", "rail", 3680.0)
    assert row["extra_jpy_per_t"] == pytest.approx(800)
    assert row["extra_share"] == pytest.approx(800 / 9000)


def test_far_cheaper_mode_makes_no_close_call(found: Findings) -> None:
    offers = found.lanes.offers.copy()
    offers.loc[(1, "rail"), "cost_jpy_per_t"] = 8200.0
    assert close_calls(replace(found.lanes, offers=offers)).loc[1, "extra_jpy_per_t"] == -800.0
    offers.loc[(1, "rail"), "cost_jpy_per_t"] = 7000.0
    assert close_calls(replace(found.lanes, offers=offers)).empty


def test_shift_is_extra_cost_over_emissions_saved(found: Findings) -> None:
    assert found.shifts.index.tolist() == [1, 0]
    assert found.shifts["other"].tolist() == ["rail", "rail"]
    prices = found.shifts["shift_jpy_per_tco2"].tolist()
    assert prices == pytest.approx([800 / 23 * 1000, (61 / 3 - 17) * 1000 / 13 * 1000])
    assert found.shifts["flow_t"].tolist() == [3680.0, 2000.0]


def test_shift_to_a_cheaper_mode_needs_no_price(found: Findings) -> None:
    offers = found.lanes.offers.copy()
    offers.loc[(1, "rail"), "cost_jpy_per_t"] = 8500.0
    assert shifts(replace(found.lanes, offers=offers)).loc[1, "shift_jpy_per_tco2"] == 0.0


def test_ship_waits_for_its_lot(found: Findings) -> None:
    row = found.lots.loc[("P1", "P2", WASTE, "coastal_499GT")]
    assert row.tolist() == pytest.approx([2000.0, 500.0, 4.0, 365 / 4])
    assert is_rare(found.lots).tolist() == [True]


def test_lots_are_unknown_without_their_column() -> None:
    made = comparison()
    lots = lot_table(replace(made, legs=made.legs.drop(columns="lot_t")))
    assert lots["flow_t"].tolist() == [2000.0]
    assert lots["days_between"].isna().all()
    assert not is_rare(lots).any()


def test_scheduled_service_counts_as_its_mode() -> None:
    assert kind(pd.Series(["ship:北航路", "truck", ""])).tolist() == ["ship", "truck", ""]


def test_service_is_compared_beside_the_tramp() -> None:
    made = comparison()
    arc = ("01100", "S02", "ship", WASTE)
    legs = legs_of(made, arc).assign(mode="ship:北航路")
    legs.loc[legs["kind"] == "line", "cost_jpy_per_t"] = 4000.0
    legs = legs.set_index(made.legs.index.names)
    offer = made.offers.loc[[("01100", "S02", WASTE, "ship")]].reset_index()
    offer = offer.assign(mode="ship:北航路", cost_jpy_per_t=12_000.0)
    offer = offer.set_index(made.offers.index.names)
    more = replace(made, offers=pd.concat([made.offers, offer]), legs=pd.concat([made.legs, legs]))
    costs = lanes_of(more).offers["cost_jpy_per_t"].loc[0]
    assert costs["ship:北航路"] == pytest.approx(12_000.0)
    assert costs["ship"] == pytest.approx(15_000.0)  # only the pair that both serve


def test_shares_sum_to_one_or_to_nothing(found: Findings) -> None:
    year = found.yearly[ALL].loc[2040]
    assert shares(year, "t") == pytest.approx(
        {"truck": 528 / 828, "rail": 100 / 828, "ship": 200 / 828}
    )
    assert shares(year * 0, "tkm") == {"truck": 0.0, "rail": 0.0, "ship": 0.0}


def test_chosen_periods_keep_both_ends() -> None:
    assert some_periods([2030, 2040]) == [2030, 2040]
    assert some_periods(list(range(2025, 2051))) == [2025, 2030, 2035, 2040, 2045, 2050]


def test_example_offers_every_arc_it_uses(found: Findings) -> None:
    used = {
        row[:4] for outcome in found.comparison.runs.values() for row in outcome.plan.flows.index
    }
    assert used <= set(OFFERS)
