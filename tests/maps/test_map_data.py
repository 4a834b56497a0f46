"""The numbers of the page are those of the plan."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from map_studies import plan_data

from siting.errors import LayerError
from siting.maps import data
from siting.maps.extent import first_view, insets
from siting.maps.key import Keys, number_runs, runs, short
from siting.maps.outline import prefecture_rings, steps
from siting.maps.plan.source import source_columns
from siting.maps.style import discs, letter, lines
from siting.maps.words import WORDS, mode_names, proof, rounded_up
from siting.outcome import Outcome


def test_short_numbers_are_the_nearest_of_their_digits() -> None:
    values = [1234.6, -0.0123456, 99996.0, 2.5e-9, 7e12, 0.0, float("nan")]
    assert short(np.array(values), 4) == [1235, -0.01235, 100000, 2.5e-9, 7000000000000, 0, 0]


def test_runs_of_numbers_are_those_of_any_values() -> None:
    for values in ([], [3], [0, 0, 0], [-1, -1, 2, 2, 2, -1]):
        assert number_runs(np.array(values, int)) == runs(values)


def test_a_source_that_never_has_anything_is_none_of_the_page() -> None:
    names = ["commodity", "source"]
    every = pd.MultiIndex.from_product([["pv"], ["a", "b", "c"]], names=names)
    keys = Keys([2025], {"a": 4, "c": 7}, {"pv": 0}, {}, {})
    assert source_columns(every.drop(("pv", "b")), keys) == {
        "steps": [4, 1, 3, 1],
        "commodity": [0, 2],
    }


def test_places_are_numbered_in_sorted_order(small: Outcome) -> None:
    assert plan_data(small)["places"]["key"] == ["a", "b", "h", "j", "spare"]


def test_hub_keeps_capacity_throughput_and_lines(small: Outcome) -> None:
    (hub,) = plan_data(small)["hubs"]
    assert hub["place"] == 2
    assert hub["capacity_t"] == [100, 200]
    assert hub["throughput_t"] == [60, 102]
    assert hub["sizes"] == [[["小規模", "small"], [1, 2]]]


def test_flow_that_starts_later_is_nothing_before(small: Outcome) -> None:
    flows = plan_data(small)["flows"]
    modes = ["rail", "ship", "truck"]
    assert [1, 2, modes.index("rail"), 2, [0, 30]] in flows


def test_site_without_hub_is_a_candidate(small: Outcome) -> None:
    assert [row[0] for row in plan_data(small)["candidates"]] == [4]


def test_sources_stand_in_runs_and_courses(small: Outcome) -> None:
    made = plan_data(small)
    assert made["sources"] == {"steps": [0, 1, 1, 1], "commodity": [2, 2]}
    (supply,) = made["supplies"]
    assert supply["largest"] == [120, 50]
    assert supply["courses"] == [[0.833, 1], [0.8, 1]]
    assert made["share"] == [[60, 2], None]


def test_source_belongs_to_the_site_that_takes_most_of_it(small: Outcome) -> None:
    made = plan_data(small)
    assert made["catchment"] == [[2, 1, -1, 1], [2, 2]]


def test_site_sums_count_all_flows(small: Outcome) -> None:
    site = plan_data(small)["sites"]["2"]
    assert site["in_n"] == [1, 2]
    assert site["in_flow_t"] == [60, 102]
    assert site["out_flow_t"] == [67.2, 81.6]


def test_totals_are_sums_over_the_plan(small: Outcome) -> None:
    totals = plan_data(small)["totals"]
    assert totals["supply_t"] == [140, 170]
    assert totals["collected_t"] == [84, 102]


def test_imports_are_no_part_of_what_arises(small: Outcome) -> None:
    supply = small.instance.supply
    bought = supply.index.get_level_values("source") == supply.index[0][0]
    table = supply.assign(counts_to_target=np.where(bought, 0.0, 1.0))
    imports = replace(small, instance=small.instance.with_tables(supply=table))
    totals, home = plan_data(imports)["totals"], small.plan.sources[~bought]
    for name in ("supply_t", "collected_t"):
        assert totals[name] == home[name].groupby(level="period").sum().tolist()
    assert totals["supply_t"] != plan_data(small)["totals"]["supply_t"]


def test_smaller_flows_are_counted_and_summed(
    small: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "TOP_FLOWS", 1)
    monkeypatch.setattr(data, "LEAST_TOP_FLOWS", 1)
    made = plan_data(small)
    assert made["others"][2] == [[0, 1], [0, 30]]
    drawn = sum(sum(row[4]) for row in made["flows"])
    assert drawn + 30 == pytest.approx(small.plan.flows["flow_t"].sum())


def test_bare_plan_has_no_marks_but_all_places(bare: Outcome) -> None:
    made = plan_data(bare)
    assert made["hubs"] == made["flows"] == made["modes"] == []
    assert made["candidates"] == [[2, "unbuilt"], [4, "unbuilt"]]


def test_place_without_position_is_refused_by_name(small: Outcome) -> None:
    lost = small.places.drop(index="j")
    with pytest.raises(LayerError, match="'j' have no lat and lon"):
        plan_data(replace(small, places=lost))


def test_first_view_leaves_out_far_islands_of_a_national_study() -> None:
    places = pd.DataFrame({"lat": [35.0, 43.0, 26.0], "lon": [135.0, 141.0, 127.0]})
    assert first_view(places) == [[35.0, 135.0], [43.0, 141.0]]


def test_first_view_of_an_island_study_is_the_island() -> None:
    (south, west), (north, east) = first_view(pd.DataFrame({"lat": [26.0], "lon": [127.0]}))
    assert south < 26.0 < north
    assert west < 127.0 < east


def test_short_numbers_are_whole_where_they_can_be() -> None:
    assert short(pd.Series([1.0, 12345.6, 0.123456, float("nan")])) == [1, 12350, 0.1235, 0]


def test_outline_steps_lead_back_to_the_start() -> None:
    ring = steps(shapely.get_coordinates(shapely.box(135.0, 34.0, 136.0, 35.0)))
    assert ring[:2] == [136000, 34000]
    assert sum(ring[2::2]) == sum(ring[3::2]) == 0


def test_outlines_come_in_the_order_of_their_codes() -> None:
    land = gpd.GeoDataFrame(
        {"pref_code": ["02", "01"], "name_ja": ["青森県", "北海道"], "name_en": ["A", "H"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)],
    )
    assert [row["name"][0] for row in prefecture_rings(land)] == ["北海道", "青森県"]
    assert prefecture_rings(None) == []


def test_gap_sentence_never_promises_too_much() -> None:
    assert rounded_up(0.5123) == "0.52"
    assert rounded_up(2.0) == "2.0"
    assert rounded_up(0.0301) == "0.031"
    assert proof(0.005, "optimal")[0] == "これより 0.50 % 以上安い計画は存在しない。"
    assert proof(0.0, "optimal")[1] == "No plan can be cheaper."
    assert "time limit" in proof(0.1, "limit")[1]


def test_ship_is_a_vessel_among_modes() -> None:
    assert mode_names("ship") == ["内航船", "Coastal ship"]
    assert mode_names("truck+rail") == ["トラック+鉄道", "Truck+Rail"]


def test_every_word_has_two_languages() -> None:
    assert all(ja and en for ja, en in WORDS.values())


def test_no_two_modes_look_alike() -> None:
    looks = lines(["truck", "rail", "ship", "barge", "truck+rail"])
    assert len({look.colour for look in looks.values()}) == 5
    assert len({look.dash for look in looks.values()}) == 5


def test_no_two_technologies_share_a_letter() -> None:
    assert len({disc.letter for disc in discs([str(i) for i in range(60)]).values()}) == 60
    assert letter(26) == "A1"


def test_islands_left_out_come_into_an_inset() -> None:
    places = pd.DataFrame(
        {"kind": "source", "lat": [35.0, 43.0, 26.0, 24.0], "lon": [135.0, 141.0, 128.0, 124.0]}
    )
    both_north = places.iloc[[0, 1]]
    far = pd.DataFrame({"kind": "source", "lat": [27.0], "lon": [142.2]})
    assert insets(both_north) == []
    assert insets(pd.concat([places, both_north, far])) == [
        {"name": "south_west", "view": [[24.0, 124.0], [26.0, 128.0]]},
        {"name": "ogasawara", "view": [[26.9, 142.1], [27.1, 142.3]]},
    ]
