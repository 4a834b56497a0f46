"""What the shipped layers hold."""

import dataclasses

import generation
import pandas as pd
import pv
import pytest

from siting.errors import MissingDataError
from siting.layers import read_layers

COUNTS = {
    "municipalities": 1741,
    "prefectures": 47,
    "ports": 154,
    "eco_towns": 26,
    "recycling_ports": 22,
    "case_study_sites": 31,
    "sinks": 223,
    "rail_stations": 98,
    "rail_distance": 98 * 97 // 2,
    "sea_distance": 154 * 153 // 2,
    "port_services": 146,
    "overseas_ports": 12,
    "overseas_distance": 60 * 12,
    "generation": 1741 * 12,
    "pv_waste": 1741 * 31,
}
CENSUS_2020 = 126_146_099
CONFIDENCE = {"published", "compiled", "estimate"}


def tables(layers):
    """Return every frame of `layers` by its name."""
    found = {field.name: getattr(layers, field.name) for field in dataclasses.fields(layers)}
    return {name: frame for name, frame in found.items() if isinstance(frame, pd.DataFrame)}


@pytest.mark.parametrize(("name", "rows"), COUNTS.items())
def test_layer_is_complete(layers, name, rows):
    assert len(getattr(layers, name)) == rows


def test_every_row_says_its_source_and_confidence(layers):
    for name, frame in tables(layers).items():
        assert set(frame["confidence"]) <= CONFIDENCE, name
        assert (frame["source"].str.len() > 0).all(), name


def test_every_layer_is_sorted_by_a_unique_key(layers):
    for name, frame in tables(layers).items():
        assert frame.index.is_monotonic_increasing, name
        assert frame.index.is_unique, name


def test_population_is_the_census_total(layers):
    assert layers.municipalities["population"].sum() == CENSUS_2020
    assert layers.prefectures["population"].sum() == CENSUS_2020


def test_every_prefecture_has_a_valid_outline_and_a_region(layers):
    assert layers.prefectures.geometry.is_valid.all()
    assert layers.prefectures["region"].nunique() == 11


def test_municipality_codes_of_all_places_exist(layers):
    codes = layers.municipalities.index
    for name in ("ports", "eco_towns", "recycling_ports", "case_study_sites", "sinks"):
        assert getattr(layers, name)["muni_code"].isin(codes).all(), name


def test_a_place_lies_in_the_prefecture_of_its_municipality(layers):
    for name in ("ports", "eco_towns", "recycling_ports", "case_study_sites", "sinks"):
        frame = getattr(layers, name)
        assert (frame["muni_code"].str[:2] == frame["pref_code"]).all(), name


def test_recycling_ports_are_the_flagged_ports(layers):
    flagged = layers.ports.query("recycling_port == 1").index
    assert set(layers.recycling_ports["port_id"]) == set(flagged)


def test_sink_capacity_is_in_tonnes_only_where_its_unit_is(layers):
    in_tonnes = layers.sinks["capacity_unit"].str.startswith("t/y ")
    assert layers.sinks["capacity_t_per_yr"].notna().equals(in_tonnes)


def test_ports_of_services_and_distances_exist(layers):
    for name in ("port_services", "overseas_distance"):
        ports = getattr(layers, name).index.get_level_values("port_id")
        assert ports.isin(layers.ports.index).all(), name


def test_every_international_port_knows_its_way_to_every_gateway(layers):
    services = layers.port_services.index.to_frame(index=False)
    ports = services.loc[services["service"] == "container_international", "port_id"]
    every = pd.MultiIndex.from_product([sorted(ports), layers.overseas_ports.index])
    assert layers.overseas_distance.index.equals(every.set_names(["port_id", "overseas_id"]))


def test_published_distances_overseas_are_kept(layers):
    distance_km = layers.overseas_distance["distance_km"]
    assert distance_km["P040", "singapore"] == pytest.approx(2889 * 1.852, abs=0.05)
    assert distance_km["P063", "busan"] == pytest.approx(361 * 1.852, abs=0.05)


def test_ports_near_each_other_lie_as_far_overseas(layers):
    # Tokyo Bay, Osaka Bay, Ise Bay: a figure of the wrong port would show here
    distance_km = layers.overseas_distance["distance_km"].unstack()
    for near in (["P037", "P038", "P039", "P040"], ["P060", "P061", "P063"], ["P053", "P054"]):
        assert (distance_km.loc[near].max() / distance_km.loc[near].min()).max() < 1.04


def test_arisings_reproduce_the_national_figures(layers):
    built = layers.generation.groupby("commodity")["supply_t"].sum()
    national = generation.national_t()["supply_t"].reindex(built.index)
    assert len(built) == 12
    assert built.to_numpy() == pytest.approx(national.to_numpy(), rel=0.001)


def test_vehicles_weigh_what_the_base_says(layers):
    elv_t = layers.generation.xs("elv", level="commodity")["supply_t"].sum()
    assert elv_t == pytest.approx(2_560_000 * 1.15, rel=0.001)


def test_arisings_reproduce_the_prefectures(layers):
    assert generation.deviations(layers.generation.reset_index())["worst_pref"].max() < 0.001


def test_no_arising_is_negative(layers):
    assert (layers.generation["supply_t"] >= 0).all()
    assert (layers.pv_waste["supply_t"] >= 0).all()


def test_growth_starts_at_one(layers):
    assert (layers.growth.xs(2025, level="year")["index_2025"] == 1).all()


@pytest.mark.parametrize("year", pv.checked_years())
def test_pv_wave_lies_among_the_published_curves(layers, year):
    row = pv.wave(layers.pv_waste.reset_index()).loc[year]
    assert row["lowest_kt"] <= row["built_kt"] <= row["highest_kt"]


def test_pv_wave_peaks_in_the_forties(layers):
    assert 2040 <= layers.pv_waste.groupby("year")["supply_t"].sum().idxmax() <= 2047


def test_all_missing_files_are_named_at_once(tmp_path, folder):
    (tmp_path / "catalog.yaml").write_bytes((folder / "catalog.yaml").read_bytes())
    with pytest.raises(MissingDataError, match="20 faults") as caught:
        read_layers(tmp_path)
    assert "ports.gpkg" in str(caught.value)
    assert caught.value.exit_code == 2
