"""The national study comes out whole: places, arcs, notes and the figures it rests on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.assemble import PLACE_COLUMNS, assemble_inline
from siting.assemble.region import key_for, regional, tariff_index
from siting.config import read_config
from siting.freight.leg import Terms, Ways
from siting.freight.load import forms_of, read_carriers
from siting.freight.truck import road_leg
from siting.network.road import Reach, shortest_routes

CONFIGS = Path(__file__).parents[2] / "configs"


def test_every_place_is_named_and_placed(whole):
    assert whole.places.columns.tolist() == PLACE_COLUMNS
    assert whole.places.index.is_unique
    assert whole.places[["kind", "name_ja", "pref_ja", "lat", "lon"]].notna().all(axis=None)
    counts = whole.places["kind"].value_counts()
    assert counts["source"] == 1741
    assert counts["sink"] == 223


def test_every_node_of_the_instance_is_a_place(whole):
    arcs = whole.instance.arcs.index
    nodes = {*arcs.unique("origin"), *arcs.unique("destination")}
    assert nodes <= set(whole.places.index)


def test_islands_without_a_road_are_noted(whole):
    assert whole.notes[0].startswith("37市町村")
    assert whole.notes[1].startswith("1候補地は道路網にフェリーでのみ届く(香川県直島町")
    assert "与那国町" in whole.notes[0]


def test_every_municipality_reaches_every_site_that_takes_its_resource(whole):
    hubs = whole.instance.hubs.index.droplevel("size").unique()
    sites = hubs[hubs.get_level_values("technology") == "pv_recycling"].unique("site")
    arcs = whole.instance.arcs.xs("pv_panel", level="commodity")
    pairs = arcs.index.droplevel("mode")
    sources = whole.instance.supply.xs("pv_panel", level="commodity").index.unique("source")
    assert pairs.nunique() == len(sources) * len(sites)
    assert len(sources) == 1733
    assert set(arcs.index.unique("destination")) == set(sites)
    assert set(arcs.index.unique("mode")) == {"truck", "rail", "ship"}


def test_terminals_are_places_of_their_kind(whole, layers):
    kinds = whole.places["kind"].value_counts()
    assert (kinds["port"], kinds["station"]) == (len(layers.ports), len(layers.rail_stations))


def test_only_places_are_joined_by_arcs(whole):
    arcs = whole.instance.arcs.index
    ends = {*arcs.unique("origin"), *arcs.unique("destination")}
    assert not {"port", "station"} & set(whole.places.loc[list(ends), "kind"])


def test_arcs_are_finite_and_cost_something(whole):
    arcs = whole.instance.arcs
    assert np.isfinite(arcs).all(axis=None)
    assert (arcs["cost_jpy_per_t"] > 0).all()
    assert arcs.index.is_unique


def test_truck_arc_is_the_haul_along_the_shortest_route(whole, towns, sites, roads, figures, rules):
    ends = sites.loc[["X01"]], towns.loc[["27100"]]
    reach = Reach(25.0, figures.amount("choices/network/detour/factor", "1"))
    routes = shortest_routes(roads, *ends, reach).turned()
    kinki = np.array([[figures.amount("transport/truck/regional_tariff_index_Kinki", "1")]])
    terms, ways = Terms(figures), Ways(routes, kinki, np.zeros((1, 1), dtype=bool))
    (form,) = forms_of(terms, rules.loading, read_carriers(rules.carriers), "steel_scrap")
    carried = min(
        (road_leg(terms, form, truck, ways) for truck in form.of_kind("road")),
        key=lambda leg: leg.cost_jpy_per_t.item(),
    )
    (lane,) = [
        lane for lane in whole.lanes if lane.commodity == "steel_scrap" and "27100" in lane.origins
    ]
    best = lane.offers["truck"].best(np.array([lane.origins.get_loc("27100")]))
    cost = best.cost_jpy_per_t[0, lane.destinations.get_loc("X01")]
    assert cost == pytest.approx(carried.cost_jpy_per_t.item())


def test_every_arc_is_no_dearer_than_the_truck_at_some_carbon_price(whole):
    arcs = whole.instance.arcs.xs("steel_scrap", level="commodity")
    prices = whole.instance.periods["carbon_price_jpy_per_t"].unique() / 1000
    trucks = arcs.xs("truck", level="mode")
    others = arcs.drop("truck", level="mode").droplevel("mode")
    pairs = others.join(trucks.add_suffix("_truck"), how="inner")
    asked = [
        pairs["cost_jpy_per_t"] + p * pairs["kgco2e_per_t"]
        <= pairs["cost_jpy_per_t_truck"] + p * pairs["kgco2e_per_t_truck"]
        for p in prices
    ]
    assert len(pairs)
    assert np.any(asked, axis=0).all()


def test_assumptions_name_source_and_confidence(whole):
    rows = whole.assumptions
    assert not rows.duplicated(["table", "name"]).any()
    assert (rows["source"].str.len() > 0).all()
    assert (rows["confidence"].str.len() > 0).all()
    assert {"transport", "facility", "prices", "emissions", "choices"} == set(rows["table"])


@pytest.mark.parametrize(
    ("region", "index"),
    [("Kanto", 1.0), ("Kansai", 0.954), ("Tokai", 0.921), ("Okinawa", 0.735), ("Tohoku", 0.855)],
)
def test_tariff_follows_the_region_or_the_wider_one(figures, region, index):
    assert tariff_index(figures, pd.Series([region])).tolist() == [index]


def test_own_figure_of_a_region_goes_before_that_of_the_wider_one(figures):
    price = "prices/product/steel_H2_EAF_purchase/{region}/price"
    assert key_for(figures, price, "Hokuriku") == price.format(region="Hokuriku")
    assert key_for(figures, price, "Tokai") == price.format(region="Chubu")


def test_no_key_costs_nothing(figures):
    assert regional(figures, "", "JPY/t", pd.Series(["Kanto", "Kansai"])).tolist() == [0.0, 0.0]


def test_study_with_its_own_tables_needs_no_layers():
    toy = assemble_inline(read_config(CONFIGS / "toy.yaml").study)
    assert toy.places.columns.tolist() == PLACE_COLUMNS
    assert toy.assumptions.empty
    assert toy.notes == []
    assert len(toy.instance.hubs)
