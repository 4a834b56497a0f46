"""Candidates come from filtered layers and drawn files, with terms of their own."""

import geopandas as gpd
import pytest
import shapely

from siting.assemble import assemble
from siting.assemble.candidate import candidate_sites
from siting.assemble.ground import site_table
from siting.assemble.hub import all_hubs
from siting.assemble.hub.shared import shared_site_table
from siting.assemble.hub.technology import processes
from siting.errors import ConfigError

FROM = "from: [eco_towns, recycling_ports, case_study_sites]"
POINT = "lat: 31.52, lon: 130.53"
HALL = 'municipality: "15202"'


def found(config, layers):
    return candidate_sites(config, config.study, layers)[0]


def said(config, layers):
    with pytest.raises(ConfigError) as caught:
        candidate_sites(config, config.study, layers)
    return str(caught.value)


@pytest.mark.parametrize("name", ["長岡市", "Nagaoka-shi", "nagaoka-shi"])
def test_municipality_is_found_by_name(edited, layers, name):
    assert found(edited(HALL, f"municipality: {name}"), layers).loc["X02", "muni_code"] == "15202"


def test_municipality_named_twice_in_japan_is_told_with_both(edited, layers):
    text = said(edited(HALL, "municipality: 府中市"), layers)
    assert 'municipality \'府中市\' is ambiguous: "13206" 東京都, "34208" 広島県' in text
    assert "Did you mean '長岡市'?" in said(edited(HALL, "municipality: 長岡巿"), layers)


def test_site_at_an_eco_town_stands_before_it_and_is_priced_as_one(edited, layers):
    sites = found(edited(POINT, "eco_town: ET15"), layers)
    assert "ET15" not in sites.index
    assert sites.loc["X03", "detail"] == "eco_towns"
    assert "ET15" in sites.loc["X03", "points"]


def test_site_at_a_case_study_site_lies_there(edited, layers):
    sites = found(edited(POINT, "case_study_site: CS04"), layers)
    place = layers.case_study_sites.geometry["CS04"]
    assert (sites.loc["X03", "lat"], sites.loc["X03", "lon"]) == (place.y, place.x)


def test_layer_may_be_filtered(edited, layers):
    where = "from: [{layer: ports, where: {port_class: international_strategic}}]"
    sites = found(edited(FROM, where), layers)
    strategic = layers.ports[layers.ports["port_class"] == "international_strategic"]
    assert set(sites.index[~sites["own"]]) <= set(strategic.index)
    assert len({point for own in sites["points"] for point in own}) == len(strategic) + 3
    text = said(edited(FROM, "from: [{layer: ports, where: {port_class: huge}}]"), layers)
    assert "ports: no feature is left with port_class = huge; there is" in text
    assert text.split(":")[1].isdigit()


def test_screening_is_not_there_before_land_is_screened(edited, layers):
    assert "the land is not screened yet" in said(edited(FROM, "from: [screening]"), layers)


def drawn(tmp_path, name, **columns):
    """Write two features drawn in another CRS: a point, and a square of 400 m."""
    point = gpd.GeoSeries([shapely.Point(134.0, 34.2)], crs="EPSG:4326").to_crs("EPSG:6690")[0]
    square = shapely.transform(point.buffer(200, cap_style="square"), lambda xy: xy + 9_000)
    frame = gpd.GeoDataFrame(columns, geometry=[point, square], crs="EPSG:6690")
    frame.to_file(tmp_path / name)


@pytest.mark.parametrize("name", ["drawn.gpkg", "drawn.geojson"])
def test_drawn_file_gives_sites_with_terms(edited, layers, tmp_path, name):
    config = edited(FROM, f"from: [{{file: {name}}}]")
    drawn(tmp_path, name, id=["D1", "D2"], name_ja=["甲", "乙"],
          technologies=["pv_recycling", None], sizes=["small;medium", None])  # fmt: skip
    sites = found(config, layers)
    assert sites.loc["D1", "name_ja"] == "甲"
    assert sites.loc["D1", "technologies"] == ["pv_recycling"]
    assert sites.loc["D1", "sizes"] == ["small", "medium"]
    assert sites.loc["D1", ["lat", "lon"]].tolist() == pytest.approx([34.2, 134.0], abs=1e-6)
    assert sites.loc["D1", "pref_ja"] == "香川県"
    assert sites.loc["D2", "plot_m2"] == pytest.approx(160_000, rel=0.01)
    assert sites.loc["D2", "technologies"] is None


def test_csv_gives_sites_and_tells_every_row_that_is_none(edited, layers, tmp_path):
    config = edited(FROM, "from: [{file: sites.csv}]")
    path = tmp_path / "sites.csv"
    path.write_text("id,lat,lon,plot_m2,existing_t_per_yr\nC1,34.2,134.0,5000,pv_recycling:900\n")
    sites = found(config, layers)
    assert sites.loc["C1", "plot_m2"] == 5000
    assert sites.loc["C1", "existing_t_per_yr"] == {"pv_recycling": 900}
    path.write_text("id,lat,lon,sizes\nC1,134.0,34.2,\nC2,34.2,134.0,huge\n")
    text = said(config, layers)
    assert "feature 1: it: lat 134, lon 34.2 is not in Japan. They look swapped" in text
    assert "feature 2: sizes.0: Input should be 'small', 'medium' or 'large'" in text
    path.unlink()
    assert "sites.csv: there is no such file beside the study" in said(config, layers)


def test_site_with_terms_is_not_merged_away(edited, layers):
    near = "lat: 35.2, lon: 135.2, never: true}\n    - {id: X04, lat: 35.2001, lon: 135.2"
    text = said(edited(POINT, f"{near}, plot_m2: 9"), layers)
    assert "site 'X04' has terms of its own and counts as the same place as 'X03'" in text


def hubs_of(config, layers, figures, rules):
    """Return the hubs and the site table of a study."""
    sites = site_table(layers, found(config, layers))
    offered = processes(config, config.study, rules.technologies, layers, sites)
    return all_hubs(config, config.study, figures, offered, rules, sites)[0], sites


def test_terms_of_a_site_shape_its_hubs(edited, layers, figures, rules):
    plain, _ = hubs_of(edited(POINT, POINT), layers, figures, rules)
    terms = (
        "sizes: [small], plot_m2: 7000, opening_factor: 1.5, existing_t_per_yr: {pv_recycling: 900}"
    )
    hubs, sites = hubs_of(edited(POINT, f"{POINT}, {terms}"), layers, figures, rules)
    assert set(hubs.loc["X03"].index.unique("size")) == {"small", "existing"}
    small = ("X03", "pv_recycling", "small")
    assert hubs.loc[small, "opening_jpy"] == pytest.approx(1.5 * plain.loc[small, "opening_jpy"])
    standing = hubs.loc["X03", "pv_recycling", "existing"]
    assert (standing["capacity_t"], standing["stands"], standing["opening_jpy"]) == (900, 1, 0)
    study = edited(POINT, POINT).study
    table = shared_site_table(figures, study, sites, hubs.index[:0].unique("site"))
    assert table.loc["X03", "plot_m2"] == 7000
    assert table.loc["X03", "opening_jpy"] == pytest.approx(1.5 * table.loc["X02", "opening_jpy"])


def test_site_with_never_has_no_hub_but_what_stands(edited, layers, figures, rules):
    never = f"{POINT}, never: true"
    hubs, _ = hubs_of(edited(POINT, never), layers, figures, rules)
    assert "X03" not in hubs.index.unique("site")
    stands = f"{never}, existing_t_per_yr: {{pv_recycling: 900}}"
    hubs, _ = hubs_of(edited(POINT, stands), layers, figures, rules)
    assert hubs.loc["X03"].index.unique("size").tolist() == ["existing"]


def test_terms_may_be_set_for_a_site_of_a_layer(edited, layers, figures, rules):
    config = edited("merge_within_km: 1.0", "merge_within_km: 1.0\n  terms: {ET15: {never: true}}")
    hubs, _ = hubs_of(config, layers, figures, rules)
    assert not hubs.loc[hubs["stands"] == 0].index.isin(["ET15"], level="site").any()
    config = edited("merge_within_km: 1.0", "merge_within_km: 1.0\n  terms: {ET99: {never: true}}")
    assert "candidate 'ET99' is unknown. Did you mean" in said(config, layers)


def test_must_open_becomes_orders_and_a_line_that_cannot_be_is_told(
    written, reduced_text, layers, roads, figures, rules
):
    must = "{technology: elv_dismantling, size: SIZE, from: 2030}"
    site = f"{{id: X1, lat: 34.2, lon: 134.0, must_open: [{must}]}}"
    text = reduced_text.replace("  only: [香川", f"  sites: [{site}]\n  only: [香川")
    config = written(text.replace("SIZE", "medium"))
    orders = assemble(config, config.study, layers, roads, figures, rules).instance.orders
    mine = orders.xs("X1", level="site")
    assert mine.index.get_level_values("period").tolist() == [2030, 2035, 2040]
    assert set(mine["min_lines"]) == {1.0}
    config = written(text.replace("SIZE", "huge"))
    with pytest.raises(ConfigError, match=r"'X1' must have elv_dismantling, huge, from 2030, but"):
        assemble(config, config.study, layers, roads, figures, rules)
