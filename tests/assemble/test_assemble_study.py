"""The national study comes out whole: places, arcs, notes and the figures it rests on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.assemble import PLACE_COLUMNS, assemble_inline
from siting.assemble.arc import Haulage, arc_table, turned
from siting.assemble.region import key_for, regional, tariff_index
from siting.config import read_config
from siting.errors import ConfigError
from siting.network.road import Reach, shortest_routes
from siting.network.truck import haul

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
    assert whole.notes[0].startswith("31")
    assert "与那国町" in whole.notes[0]


def test_every_municipality_reaches_every_site_that_takes_its_resource(whole):
    hubs = whole.instance.hubs.index.droplevel("size").unique()
    sites = hubs[hubs.get_level_values("technology") == "pv_recycling"].unique("site")
    arcs = whole.instance.arcs.xs("pv_panel", level="commodity")
    assert len(arcs) == 1741 * len(sites)
    assert set(arcs.index.unique("destination")) == set(sites)


def test_arcs_are_finite_and_cost_something(whole):
    arcs = whole.instance.arcs
    assert np.isfinite(arcs).all(axis=None)
    assert (arcs["cost_jpy_per_t"] > 0).all()
    assert arcs.index.is_unique


def test_arc_is_the_haul_along_the_shortest_route(whole, towns, sites, roads, figures, rules):
    ends = sites.loc[["X01"]], towns.loc[["27100"]]
    reach = Reach(25.0, figures["choices/network/detour/factor"])
    routes = turned(shortest_routes(roads, *ends, reach))
    kinki = np.array([[figures["transport/truck/regional_tariff_index_Kinki"]]])
    carried = haul(figures, rules.loading, "steel_scrap", routes, kinki)
    row = whole.instance.arcs.loc[("27100", "X01", "truck", "steel_scrap")]
    assert row["distance_km"] == pytest.approx(routes.distance_km.item(), abs=1e-4)
    assert row["cost_jpy_per_t"] == pytest.approx(carried.cost_jpy_per_t.item(), abs=1e-4)
    assert row["kgco2e_per_t"] == pytest.approx(carried.kgco2e_per_t.item(), abs=1e-4)


def test_commodity_without_a_vehicle_is_told(figures, rules, roads, towns, sites):
    haulage = Haulage(figures, rules.loading, roads, Reach())
    with pytest.raises(ConfigError, match=r"loading.csv: no row for 'moon_dust'\. Add its form"):
        arc_table(haulage, "moon_dust", None, towns, sites)


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
    assert regional(figures, "", pd.Series(["Kanto", "Kansai"])).tolist() == [0.0, 0.0]


def test_study_with_its_own_tables_needs_no_layers():
    toy = assemble_inline(read_config(CONFIGS / "toy.yaml").study)
    assert toy.places.columns.tolist() == PLACE_COLUMNS
    assert toy.assumptions.empty
    assert toy.notes == []
    assert len(toy.instance.hubs)
