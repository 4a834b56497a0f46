"""Shikoku screened: what excludes, what is absent, and what a layer that is brought changes."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from pyproj import Transformer
from screening_case import STUDY, at_corner, write_catalog, write_raster

from siting.config import read_config
from siting.errors import ConfigError, LayerError
from siting.figures import params_folder, read_csv
from siting.proposal import propose, write_proposal
from siting.screening import screen
from siting.screening.output import candidate_table

EXCLUSIONS = """\
  only: [land_share, port, heavy_rain, settlement]
  criteria:
    port: {exclude_above: 40}
    heavy_rain: {exclude_above: 70}
    settlement: {exclude_above: 30, in_prefectures: {高知県: {exclude_above: 1}}}
"""
ELEVATION = """\
  layers: mine
  only: [elevation, port]
"""


def screened(config, layers):
    return screen(config, config.study, layers, params_folder(config.path), lambda _: None)


@pytest.fixture(scope="module")
def shikoku(layers, tmp_path_factory):
    path = tmp_path_factory.mktemp("shikoku") / "study.yaml"
    path.write_text(STUDY + EXCLUSIONS, encoding="utf-8")
    config = read_config(path)
    params = params_folder(path)
    return propose(config, config.study, layers, params, lambda _: None)


def test_shipped_layers_serve_most_criteria_and_the_rest_are_named(written, layers):
    found = screened(written(), layers)
    assert len(found.criteria) >= 8
    assert {"population_5km", "elevation", "flood_depth", "interchange"} <= set(found.absent.index)
    assert (found.absent["note"].str.startswith("bring")).all()
    assert set(found.amounts) == set(found.criteria.index)
    assert found.score.between(0, 1).all()


def test_pixels_are_those_of_the_raster(shikoku, layers):
    cells = shikoku.screened.grid.cells.iloc[::500]
    with rasterio.open(layers.folder / "heavy_rain.tif") as raster:
        there = [v[0] / 10 for v in raster.sample(zip(cells["lon"], cells["lat"], strict=True))]
    found = shikoku.screened.amounts["heavy_rain"].loc[cells.index]
    assert found.tolist() == pytest.approx(there)


def test_value_of_a_municipality_is_its_own(shikoku, layers):
    cells = shikoku.screened.grid.cells.iloc[::500]
    towns = layers.municipalities.loc[cells["muni_code"]]
    density = (towns["population"] / towns["habitable_ha"]).to_numpy()
    assert shikoku.screened.amounts["settlement"].loc[cells.index].to_numpy() == pytest.approx(
        density
    )


def test_score_is_the_weighted_mean_of_the_scores(shikoku):
    one = shikoku.screened.amounts.iloc[1234]
    port = np.clip((50 - one["port"]) / 50, 0, 1)
    rain = np.clip((90 - one["heavy_rain"]) / 50, 0, 1)
    people = np.clip((50 - one["settlement"]) / 45, 0, 1)
    assert shikoku.screened.score.iloc[1234] == pytest.approx((2 * port + rain + 2 * people) / 5)


def test_criteria_say_how_many_cells_each_removed(shikoku):
    amounts, table = shikoku.screened.amounts, shikoku.screened.criteria
    kochi = shikoku.screened.grid.cells["pref_code"] == "39"
    fails = pd.DataFrame(
        {
            "land_share": amounts["land_share"] < 12.5,
            "port": amounts["port"] > 40,
            "heavy_rain": amounts["heavy_rain"] > 70,
            "settlement": amounts["settlement"] > np.where(kochi, 1, 30),
        }
    )
    assert table["removed"].to_dict() == fails.sum().to_dict()
    alone = fails[fails.sum(axis=1) == 1].sum()
    assert table["removed_alone"].to_dict() == alone.to_dict()
    assert table["left"].iloc[-1] == shikoku.screened.passes.sum() == (~fails.any(axis=1)).sum()
    assert (table["removed"] > 0).all()


def test_proposed_sites_pass_keep_apart_and_lie_in_the_region(shikoku):
    cells = shikoku.screened.grid.cells.loc[shikoku.sites["cell"]]
    assert len(shikoku.sites) == 3
    assert set(cells["region"]) == {"Shikoku"}
    assert shikoku.screened.passes.loc[cells.index].all()
    places = shikoku.sites.to_crs("EPSG:6690").geometry
    apart = [a.distance(b) for n, a in enumerate(places) for b in places.iloc[n + 1 :]]
    assert min(apart) > 19_900
    covering = shikoku.coverings["Shikoku"]
    assert covering.bound == pytest.approx(covering.worth, rel=1e-4)


def test_candidates_are_judged_by_the_cell_they_lie_in(shikoku):
    table = shikoku.judged
    assert set(table["detail"]) == {"eco_towns", "screening"}
    town = table[table["detail"] == "eco_towns"].iloc[0]
    middle = shikoku.screened.grid.cells.loc[town["cell"]]
    assert abs(middle["lat"] - town["lat"]) <= 0.0101
    again = candidate_table(shikoku.screened, table)
    assert again["score"].tolist() == table["score"].tolist()
    failed = table[~table["passes"]]
    assert (failed["excluded_by"] != "").all()


def test_geotiff_lies_where_the_cells_are(shikoku, tmp_path):
    folder = write_proposal(shikoku, tmp_path)
    cells, passes = shikoku.screened.grid.cells, shikoku.screened.passes
    with rasterio.open(folder / "suitability.tif") as raster:
        assert raster.crs.to_epsg() == 4326
        points = list(zip(cells["lon"], cells["lat"], strict=True))
        bands = np.array(list(raster.sample(points)))
        assert raster.read(1, masked=True).count() == passes.sum()
    score = shikoku.screened.score.where(passes, -1).to_numpy()
    assert bands[:, 0] == pytest.approx(score, abs=1e-6)
    assert bands[:, 1].tolist() == shikoku.screened.fails.sum(axis=1).tolist()
    assert pd.read_parquet(folder / "cells.parquet")["passes"].tolist() == passes.tolist()


def elevation_study(written, tmp_path, crs):
    """Return the study with a smooth elevation in `crs`."""
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    if crs == "EPSG:4326":
        east, north, size, many = 132.0, 34.8, 0.005, (640, 480)
    else:
        east, north, size, many = 200_000.0, 3_870_000.0, 500.0, (640, 600)
    x = east + size * (np.arange(many[0]) + 0.5)
    y = north - size * (np.arange(many[1]) + 0.5)
    to_degrees = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(*np.meshgrid(x, y))
    heights = 20 + 15 * np.sin(lon * 3) * np.cos(lat * 3)
    write_raster(folder / "dem.tif", heights, at_corner(east, north, size), crs)
    write_catalog(folder, ("elevation", "dem.tif", "raster", crs))
    return written(ELEVATION)


def test_layer_that_is_brought_counts_and_gives_the_same_scores_in_another_crs(
    written, layers, tmp_path
):
    plain = screened(elevation_study(written, tmp_path, "EPSG:4326"), layers)
    flat = screened(elevation_study(written, tmp_path, "EPSG:6690"), layers)
    assert plain.criteria.loc["elevation", "covered_share"] == 1
    assert plain.amounts["elevation"].std() > 1
    assert flat.amounts["elevation"].to_numpy() == pytest.approx(
        plain.amounts["elevation"].to_numpy(), abs=0.1
    )
    assert flat.score.to_numpy() == pytest.approx(plain.score.to_numpy(), abs=0.005)


def flood_study(written, tmp_path, more):
    """Return the study with flood areas of the western half of Shikoku."""
    folder = tmp_path / "mine"
    folder.mkdir()
    frame = gpd.GeoDataFrame(
        {"depth_m": [5.0, 0.5]},
        geometry=[shapely.box(132.5, 33.2, 132.8, 34.2), shapely.box(132.3, 32.6, 133.2, 33.1)],
        crs="EPSG:4326",
    )
    frame.to_crs("EPSG:6690").to_file(folder / "flood.gpkg")
    write_catalog(folder, ("flood", "flood.gpkg", "vector", "EPSG:6690"))
    return written(f"  layers: mine\n  only: [flood_depth]\n{more}")


def test_layer_of_half_the_land_is_refused_unless_the_study_says_what_to_do(
    written, layers, tmp_path
):
    config = flood_study(written, tmp_path, "")
    with pytest.raises(LayerError, match=r"'flood' covers \d\d% .* 徳島県.*uncovered: neutral"):
        screened(config, layers)
    more = (
        "  criteria: {flood_depth: {uncovered: UNCOVERED}}\n  layers: mine\n  only: [flood_depth]\n"
    )
    neutral = screened(written(more.replace("UNCOVERED", "neutral")), layers)
    bare = neutral.amounts["flood_depth"].isna()
    assert bare.any()
    assert neutral.passes[bare].all()
    assert not neutral.passes[neutral.amounts["flood_depth"] > 3].any()
    strict = screened(written(more.replace("UNCOVERED", "exclude")), layers)
    assert not strict.passes[bare].any()


def test_changed_layer_is_refused(written, layers, tmp_path):
    config = flood_study(written, tmp_path, "")
    catalog = tmp_path / "mine" / "catalog.yaml"
    text = catalog.read_text(encoding="utf-8")
    digest = text.split("sha256: ")[1][:64]
    catalog.write_text(text.replace(digest, "f" * 64), encoding="utf-8")
    with pytest.raises(LayerError, match=r"flood\.gpkg: sha256 starts with"):
        screened(config, layers)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  only: [prot]", "criterion 'prot' is unknown. Did you mean 'port'?"),
        ("  criteria: {odd: {weight: 1}}", "'odd' is not in screening.csv, and has no title_ja"),
        ("  criteria: {port: {worst: 0}}", "'port' has worst and best 0.0. Set them apart."),
        ("  criteria: {land_share: {weight: 1}}", "'land_share' has a weight, and no worst"),
        ("  layers: nowhere", "there is no catalog.yaml in"),
        ("  criteria: {port: {in_prefectures: {大阪: {exclude_above: 1}}}}", "prefecture '大阪'"),
    ],
)  # fmt: skip
def test_fault_of_a_screening_says_where_it_stands(written, layers, more, said):
    config = written(more + "\n")
    with pytest.raises(ConfigError) as caught:
        screened(config, layers)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{config.path}:")


def test_every_default_names_rules_that_exist_and_keeps_its_origin():
    params = params_folder(Path(__file__))
    table = read_csv(params / "screening.csv")
    rules = read_csv(params / "site_criteria.csv").set_index("id")
    named = {rule for text in table["rules"] for rule in text.split(";") if rule}
    assert named <= set(rules.index)
    assert set(table["confidence"]) | set(rules["confidence"]) <= {
        "published",
        "compiled",
        "estimate",
    }
    assert (table["source"] != "").all()
    assert table["criterion"].is_unique
