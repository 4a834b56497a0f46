"""Candidates lie where the layers and the planner say, each once and on land."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from siting.assemble.candidate import candidate_sites, merged_sites
from siting.assemble.ground import site_table
from siting.assemble.hub.facility import hub_table
from siting.assemble.hub.technology import processes
from siting.config import read_config
from siting.errors import ConfigError
from siting.network.road import on_sphere

CONFIGS = Path(__file__).parents[2] / "configs"
IWAKUNI_PORT = (34.183, 132.249)
NAGAOKA_HALL = (37.4466, 138.8512)
KAGOSHIMA = (31.52, 130.53)
CANDIDATE_LAYERS = ("eco_towns", "recycling_ports", "case_study_sites")
PORT, HALL, POINT = "port: 岩国港", 'municipality: "15202"', "lat: 31.52, lon: 130.53"


def apart_km(site, place):
    lat, lon = np.array([site["lat"], place[0]]), np.array([site["lon"], place[1]])
    return float(np.linalg.norm(np.diff(on_sphere(lat, lon), axis=0)))


@pytest.fixture
def told(edited, layers):
    """Return a function that says where the study's fault stands, and what the fault is."""

    def fault(old, new):
        config = edited(old, new)
        with pytest.raises(ConfigError) as caught:
            candidate_sites(config, config.study, layers)
        path, line, column, said = str(caught.value).split(":", 3)
        assert path == str(config.path)
        lines = config.path.read_text(encoding="utf-8").splitlines()
        return lines[int(line) - 1][int(column) - 1 :], said.strip()

    return fault


def test_every_point_of_the_layers_is_a_candidate_or_merged(whole, layers, study):
    points = sum(len(getattr(layers, name)) for name in CANDIDATE_LAYERS)
    merged = next(note for note in whole.notes if "同じ場所として扱う" in note).split(" / ")[0]
    sites = whole.places[whole.places["kind"] == "site"]
    assert len(sites) == points + len(study.candidates.sites) - merged.count("=")
    assert merged.startswith(f"候補地{merged.count('=')}件は")


def test_one_note_names_both_sites_of_every_merger(whole):
    assert len([note for note in whole.notes if "RP11=ET04" in note]) == 1
    assert "RP11" not in whole.places.index
    assert "ET04" in whole.places.index


def test_no_two_candidates_are_nearer_than_the_merging_distance(sites, study):
    points = on_sphere(sites["lat"].to_numpy(), sites["lon"].to_numpy())
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > study.candidates.merge_within_km


def test_nothing_is_merged_within_zero_km_but_the_same_point(sites):
    kept, notes = merged_sites(sites.reset_index(), 0.0)
    assert len(kept) == len(sites)
    assert notes == []


@pytest.mark.parametrize(
    ("site", "place"), [("X01", IWAKUNI_PORT), ("X02", NAGAOKA_HALL), ("X03", KAGOSHIMA)]
)
def test_added_site_lies_at_its_place(sites, site, place):
    assert apart_km(sites.loc[site], place) < 3


@pytest.mark.parametrize(("site", "code"), [("X01", "35208"), ("X02", "15202")])
def test_added_site_knows_its_municipality(sites, site, code):
    assert sites.loc[site, "muni_code"] == code


@pytest.mark.parametrize(("site", "pref"), [("X01", "35"), ("X02", "15"), ("X03", "46")])
def test_added_site_knows_its_prefecture(sites, site, pref):
    assert sites.loc[site, "pref_code"] == pref


@pytest.mark.parametrize("port", ["Iwakuni", "P080"])
def test_port_is_found_by_english_name_and_by_id(edited, layers, port):
    config = edited(PORT, f"port: {port}")
    found, _ = candidate_sites(config, config.study, layers)
    assert apart_km(found.loc["X01"], IWAKUNI_PORT) < 3


def test_study_may_take_no_layer(edited, layers):
    config = edited("from: [eco_towns, recycling_ports, case_study_sites]", "from: []")
    found, _ = candidate_sites(config, config.study, layers)
    assert list(found.index) == ["X01", "X02", "X03"]


def test_study_may_add_no_site(japan, study, layers):
    bare = study.model_copy(
        update={"candidates": study.candidates.model_copy(update={"sites": []})}
    )
    found, _ = candidate_sites(replace(japan, study=bare), bare, layers)
    assert not found.index.str.startswith("X").any()
    assert found["technologies"].isna().all()


def test_site_runs_only_the_technologies_it_names(edited, layers, figures, rules):
    config = edited(HALL, f"{HALL}, technologies: [pv_recycling]")
    found, _ = candidate_sites(config, config.study, layers)
    offered = processes(config, config.study, rules.technologies, layers, found)
    hubs = hub_table(figures, config.study, offered, site_table(layers, found))
    assert list(hubs.loc["X02"].index.unique("technology")) == ["pv_recycling"]
    assert len(hubs.loc["X01"].index.unique("technology")) == len(config.study.technologies)


def test_unknown_technology_of_a_site_is_told(told):
    at, said = told(HALL, f"{HALL}, technologies: [pv_recycling, pv_dancing]")
    assert at.startswith("pv_dancing")
    assert "technology 'pv_dancing' is unknown. Did you mean 'pv_recycling'?" in said
    assert "'pv_recycling'" in said


def test_unknown_port_is_told_with_a_near_one(told):
    at, said = told(PORT, "port: 岩国")
    assert at.startswith("岩国")
    assert said == "port '岩国' is unknown. Did you mean 岩国港?"


def test_port_like_no_other_is_told(told):
    at, said = told(PORT, "port: Atlantis")
    assert at.startswith("Atlantis")
    assert said == "port 'Atlantis' is unknown."


def test_municipality_that_lost_its_zero_is_told(told):
    at, said = told(HALL, 'municipality: "1202"')
    assert at.startswith('"1202"')
    assert said == 'municipality "1202" lost its leading zero. Write "01202" (函館市).'


def test_unknown_municipality_is_told(told):
    at, said = told(HALL, 'municipality: "99999"')
    assert at.startswith('"99999"')
    assert said.startswith('municipality "99999" is unknown, expected a five-digit JIS code')


def test_candidate_in_the_sea_is_told(told):
    at, said = told(POINT, "lat: 31.5, lon: 134.5")
    assert at.startswith("{id: X03")
    assert "candidate 'X03' (lat 31.5, lon 134.5) lies in the sea" in said
    assert "expected at most 3 km. Correct its coordinates." in said


def test_candidates_may_be_those_of_named_places(edited, layers, study):
    config = edited("merge_within_km: 1.0", "merge_within_km: 1.0\n  only: [Fukuoka, CS05b]")
    found, _ = candidate_sites(config, config.study, layers)
    own = found[found["detail"] != "study"]
    assert set(own["pref_ja"]) == {"福岡県", "香川県"}
    assert list(own.index[own["pref_ja"] == "香川県"]) == ["ET15"]
    assert {"X01", "X02", "X03"} <= set(found.index)


def test_unknown_places_of_candidates_are_told_at_once(edited, layers):
    config = edited("merge_within_km: 1.0", "merge_within_km: 1.0\n  only: [ET99, 神奈川, ET01]")
    with pytest.raises(ConfigError) as caught:
        candidate_sites(config, config.study, layers)
    said = str(caught.value)
    assert "2 faults" in said
    assert "site or prefecture 'ET99' is unknown. Did you mean" in said
    assert "site or prefecture '神奈川' is unknown. Did you mean '神奈川県'?" in said


def test_study_without_candidates_left_is_told(edited, layers):
    bare = edited("from: [eco_towns, recycling_ports, case_study_sites]", "from: [eco_towns]")
    none = bare.study.candidates.model_copy(update={"only": ["長野県"], "sites": []})
    study = bare.study.model_copy(update={"candidates": none})
    sites, _ = candidate_sites(bare, study.model_copy(update={"candidates": none}), layers)
    assert set(sites["pref_ja"]) == {"長野県"}
    none = none.model_copy(update={"only": ["奈良県"]})
    with pytest.raises(ConfigError, match="no candidate lies there"):
        candidate_sites(bare, study.model_copy(update={"candidates": none}), layers)


def test_merged_site_stands_for_its_points_and_their_case(sites):
    assert sites.loc["ET15", "points"][0] == "ET15"
    assert "CS05b" in sites.loc["ET15", "points"]
    assert sites.loc["ET15", "case"] == 5
    assert sites.loc["CS04", ["case", "points"]].tolist() == [4, ["CS04"]]
    assert sites.loc["X01", "case"] == 0


@pytest.mark.parametrize("name", ["case11_kitakyushu", "case12_muroran"])
def test_hubs_of_a_regional_study_lie_in_its_region(name, layers):
    config = read_config(CONFIGS / f"{name}.yaml")
    sites, _ = candidate_sites(config, config.study, layers)
    assert len(sites) > 5
    assert set(sites["pref_ja"]) <= set(config.study.scope.prefectures)
