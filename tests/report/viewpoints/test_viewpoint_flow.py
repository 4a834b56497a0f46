"""What flows: balances close, regions and modes add up, catchments and buyers by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from siting.outcome import Outcome
from siting.report.viewpoints.flow.feedstock import feedstock, overlap
from siting.report.viewpoints.flow.logistics import logistics
from siting.report.viewpoints.flow.material import CLOSED, balance, material
from siting.report.viewpoints.flow.offtake import offtake
from siting.report.viewpoints.place import OVERSEAS, weighted_quantile


@pytest.mark.parametrize("name", ["built", "rich", "empty"])
def test_material_balance_closes(name: str, request: pytest.FixtureRequest) -> None:
    table = balance(request.getfixturevalue(name))
    assert len(table)
    assert (table["closing_share"] < CLOSED).all()


def test_balance_that_loses_its_residue_stays_open(rich: Outcome) -> None:
    lost = replace(rich, plan=replace(rich.plan, disposals=rich.plan.disposals.iloc[:0]))
    assert balance(lost).loc[("residue", 2040), "closing_share"] == 1.0


def test_balance_tells_imports_from_what_arises(rich: Outcome) -> None:
    row = balance(rich).loc[("pv_panel", 2040)]
    assert row["supply_t"] == 5000
    assert row["uncollected_t"] == 1000
    assert row["imports_t"] == 500
    assert row["collected_t"] == row["processed_t"] == 4500
    glass = balance(rich).loc[("glass_cullet", 2040)]
    assert glass["made_t"] == pytest.approx(3150)
    assert glass["sold_t"] == 3150


def test_sink_overseas_is_an_export(rich: Outcome) -> None:
    places = rich.places.copy()
    places.loc["J01", "detail"] = "export"
    row = balance(replace(rich, places=places)).loc[("glass_cullet", 2040)]
    assert (row["sold_t"], row["exported_t"]) == (0, 3150)


def test_flows_between_regions_sum_to_all_flows(rich: Outcome) -> None:
    table = material(rich).table("interflow")["flow_t"]
    assert table.sum() == pytest.approx(rich.plan.flows["flow_t"].sum())
    assert table["collection", OVERSEAS, "北海道", 2040] == 500
    assert table["collection", "東北", "北海道", 2040] == 1400
    assert table["delivery", "北海道", "関東", 2040] == 3150 + 4560


def test_region_that_treats_its_own_waste_is_self_sufficient(rich: Outcome) -> None:
    table = material(rich).table("self_sufficiency")
    assert table.loc[("北海道", 2040), "treated_here_share"] == 1.0
    assert table.loc[("東北", 2040), "treated_here_share"] == 0.0
    assert table.loc[("関東", 2040), "bought_t"] == 3150 + 4560
    assert OVERSEAS not in table.index.unique("region")


def test_mean_haul_is_tonne_kilometres_per_tonne(rich: Outcome) -> None:
    row = material(rich).table("mean_haul").loc[("pv_panel", 2040)]
    assert row["mean_km"] == pytest.approx((2600 * 40 + 1400 * 700 + 500 * 10) / 4500)


def test_fee_of_a_missed_target_pulls_nothing_back(empty: Outcome) -> None:
    assert material(empty).table("leakage")["fee_jpy_per_t"].isna().all()


def test_modal_split_counts_hauls_in_tkm_and_lines_in_tonnes(built: Outcome) -> None:
    table = logistics(built).table("modal_split")
    assert table.loc[("ship", 2040), "line_t"] == 1400
    truck_tkm = 2600 * 40 + 1400 * 40 + 5700 * 25 + 2800 * 120 + 4560 * 50
    assert table.loc[("truck", 2040), "tkm"] == pytest.approx(truck_tkm)
    assert table["tkm_share"].groupby(level="period").sum().to_list() == pytest.approx([1, 1])


def test_driver_hours_are_those_of_a_hub_s_arcs(built: Outcome) -> None:
    row = logistics(built).table("driver_hours").loc[("S01", 2040)]
    assert row["inbound_driver_h"] == pytest.approx(2600 * 0.1 + 1400 * 0.4)
    assert row["outbound_driver_h"] == pytest.approx(2800 * 0.1)


def test_full_loads_are_tonnes_over_the_lot(built: Outcome) -> None:
    table = logistics(built).table("full_loads")["full_loads_count"]
    assert table["ship", "coastal_499GT", 2040] == 140


def test_terminal_handles_a_tonne_once(built: Outcome) -> None:
    table = logistics(built).table("terminals")["handled_t"]
    assert table["port", "P1", 2040] == 1400
    assert table["station", "R2", 2030] == 2880


def test_catchment_by_hand(rich: Outcome) -> None:
    row = feedstock(rich).table("catchment").loc[("S01", "pv_panel", 2040)]
    assert row["received_t"] == 4500
    assert row["sources_count"] == 2
    assert row["mean_km"] == pytest.approx(242)
    assert row["reach_km"] == 700
    assert row["import_share"] == pytest.approx(500 / 4500)


def test_hub_is_as_full_as_its_lines(rich: Outcome) -> None:
    table = feedstock(rich).table("utilisation")["utilisation_share"]
    assert table["S02", "plastic_recycling", 2040] == pytest.approx(0.95)


@pytest.mark.parametrize(("km", "expected"), [(25.0, 1.0), (50.0, 0.35)])
def test_overlap_is_what_another_hub_could_reach(
    built: Outcome, km: float, expected: float
) -> None:
    arc = ["origin", "destination", "mode", "commodity"]
    columns = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"]
    rows = [("04100", "S02", "truck", "pv_panel", 30.0, 1.0, 1.0, 1.0),
            ("01100", "S02", "truck", "pv_panel", km, 1.0, 1.0, 1.0)]  # fmt: skip
    arcs = pd.DataFrame(rows, columns=[*arc, *columns]).set_index(arc)
    hubs = built.instance.hubs
    twin = hubs.loc[[("S01", "pv_recycling", "medium")]].rename(index={"S01": "S02"})
    data = replace(built.instance, hubs=pd.concat([hubs, twin]).sort_index())
    data = replace(data, arcs=pd.concat([built.instance.arcs, arcs]).sort_index())
    both = pd.DataFrame(
        [("04100", "S01", 1400.0, 700.0), ("01100", "S01", 2600.0, 40.0),
         ("04100", "S02", 100.0, 30.0)],
        columns=["source", "site", "flow_t", "distance_km"],
    ).assign(commodity="pv_panel", period=2040)  # fmt: skip
    table = overlap(replace(built, instance=data), both)["overlap_share"]
    assert table["S01", "pv_panel", 2040] == pytest.approx(expected)
    assert table["S02", "pv_panel", 2040] == 1.0


def test_hub_alone_shares_its_catchment_with_none(built: Outcome) -> None:
    assert (feedstock(built).table("overlap")["overlap_share"] == 0).all()


def test_coverage_is_demand_in_reach_over_output(rich: Outcome) -> None:
    sinks = rich.instance.sinks.copy()
    glass = sinks.index.isin(["glass_cullet"], level="commodity")
    sinks.loc[glass, ["demand_t", "contracted_t"]] = [6300.0, 1575.0]
    data = replace(rich.instance, sinks=sinks)
    row = offtake(replace(rich, instance=data)).table("coverage").loc[("glass_cullet", 2040)]
    assert row["output_t"] == pytest.approx(3150)
    assert row["coverage_share"] == pytest.approx(2.0)
    assert row["contracted_share"] == pytest.approx(0.5)
    assert row["unused_t"] == pytest.approx(3150)


def test_demand_without_a_limit_has_no_coverage(rich: Outcome) -> None:
    assert offtake(rich).table("coverage")["coverage_share"].isna().all()


def test_largest_buyer_and_contracts_are_named(rich: Outcome) -> None:
    view = offtake(rich)
    assert view.table("concentration").loc[("glass_cullet", "J01", 2040), "largest_share"] == 1.0
    assert view.table("contracts")["shortfall_t"].sum() == 350


def test_quantile_weighs_its_values() -> None:
    km, tonnes = pd.Series([10.0, 30.0, 20.0]), pd.Series([5.0, 1.0, 4.0])
    assert weighted_quantile(km.to_numpy(), tonnes.to_numpy(), 0.9) == 20.0
    assert weighted_quantile(km.to_numpy(), tonnes.to_numpy(), 0.91) == 30.0
