"""A study of two prefectures: what is made at one site goes on to another, plants stand."""

import numpy as np
import pytest

from siting.assemble.ends import transfer_ends
from siting.assemble.source.supply import baseline_tables, supply_table


def between_sites(instance, commodity):
    """Return the pairs of sites that arcs of `commodity` join."""
    arcs = instance.arcs.xs(commodity, level="commodity").index
    sites = instance.hubs.index.unique("site")
    is_transfer = arcs.get_level_values("origin").isin(sites)
    is_transfer &= arcs.get_level_values("destination").isin(sites)
    return set(arcs[is_transfer].droplevel("mode"))


@pytest.mark.parametrize("commodity", ["elv_hulk", "escrap_boards", "chem_feed"])
def test_every_maker_can_send_to_every_taker_but_itself(reduced, commodity):
    instance = reduced.instance
    recipes = instance.recipes.xs(commodity, level="commodity")
    makers = recipes.index[recipes["yield_t_per_t"] > 0]
    takers = recipes.index[recipes["input_t_per_t"] > 0]
    technology = instance.hubs.index.get_level_values("technology")
    origins = instance.hubs.index[technology.isin(makers)].unique("site")
    destinations = instance.hubs.index[technology.isin(takers)].unique("site")
    expected = {(o, d) for o in origins for d in destinations if o != d}
    assert between_sites(instance, commodity) == expected
    assert expected


def test_only_what_a_technology_takes_goes_between_sites(reduced):
    assert between_sites(reduced.instance, "steel_shredded") == set()


def test_nothing_is_carried_from_a_place_to_itself(reduced):
    arcs = reduced.instance.arcs.index
    assert (arcs.get_level_values("origin") != arcs.get_level_values("destination")).all()


def test_one_site_that_makes_and_takes_has_nothing_to_carry(reduced):
    hubs, recipes = reduced.instance.hubs, reduced.instance.recipes
    assert {ends[0] for ends in transfer_ends(hubs, recipes)} >= {"elv_hulk"}
    alone = hubs[hubs.index.get_level_values("site") == "CS04"]
    assert transfer_ends(alone, recipes) == []


def test_intermediates_do_not_arise(reduced):
    supplied = reduced.instance.supply.index.unique("commodity")
    assert sorted(supplied) == ["e_scrap", "elv", "ship", "waste_plastic"]


def test_sources_lie_in_the_scope(reduced, layers):
    sources = reduced.instance.supply.index.unique("source")
    towns = sources[~sources.str.startswith("import-")]
    assert set(layers.municipalities.loc[towns, "pref_code"]) == {"23", "37"}
    places = reduced.places
    kept = places.index[(places["kind"] == "source") & (places["detail"] != "import")]
    assert set(layers.municipalities.loc[kept, "pref_code"]) == {"23", "37"}


def test_what_a_municipality_pays_does_not_depend_on_the_scope(reduced, whole):
    here = reduced.instance.supply.xs("waste_plastic", level="commodity")
    here = here["acquisition_jpy_per_t"].xs(2030, level="period")
    all_of_it = whole.instance.supply.xs("waste_plastic", level="commodity")
    nationwide = all_of_it["acquisition_jpy_per_t"].xs(2030, level="period")
    np.testing.assert_allclose(here, nationwide.loc[here.index])
    assert here.max() > 0


def test_source_of_nothing_is_left_out(reduced):
    most_t = reduced.instance.supply["supply_t"].groupby(level=["source", "commodity"]).max()
    assert (most_t > 0).all()


def test_candidates_are_those_the_study_names(reduced):
    sites = reduced.places[reduced.places["kind"] == "site"]
    assert set(sites["pref_ja"]) == {"香川県", "愛知県", "秋田県"}
    assert "ET08" in sites.index


def test_site_says_what_it_stands_for(reduced):
    places = reduced.places
    assert places.loc["ET15", "points"].split(";")[0] == "ET15"
    assert "CS05b" in places.loc["ET15", "points"].split(";")
    assert (places.loc["ET15", "case"], places.loc["CS04", "case"]) == (5, 4)
    assert (places.loc[places["kind"] != "site", "case"] == 0).all()


def test_plants_stand_in_the_scope(reduced):
    hubs = reduced.instance.hubs
    plants = hubs.xs("existing", level="size")
    assert plants["capacity_t"].to_dict() == {
        ("CS04", "ship_recycling"): 352_941,
        ("ET08", "cu_smelter_escrap"): 120_000,
        ("ET15", "cu_smelter_escrap"): 110_000,
    }
    assert plants["stands"].tolist() == [0, 1, 1]
    sites = reduced.instance.sites["opening_jpy"]
    assert set(sites.index[sites == 0]) == {"CS04", "ET08", "ET15"}


def test_every_asset_has_its_salvage(reduced):
    salvage = reduced.instance.salvage
    assets = {*reduced.instance.recipes.index.unique("technology"), *reduced.instance.sites.index}
    assert set(salvage.index.unique("asset")) == assets
    life_yr = 12.0
    assert salvage.loc[("escrap_preprocessing", 2040), "paid_share"] == pytest.approx(
        1.05**-15 * (1 - (1 - 5 / life_yr) * 1.05**-5)
    )


def test_virgin_material_is_that_of_the_market_rule(reduced, rules, figures):
    rows = rules.markets[rules.markets["commodity"] == "recycled_pellet"]
    (key,) = set(rows["virgin_key"])
    sinks = reduced.instance.sinks.xs("recycled_pellet", level="commodity")
    assert set(sinks["virgin_t_per_t"]) == {figures.amount(key, "t/t")}


def test_price_of_supply_needs_its_rule(japan, study, layers, figures, rules, towns):
    amounts = supply_table(japan, study, layers, {"steel_scrap"}, set())
    supply, baseline = baseline_tables(figures, rules.baselines, amounts, towns)
    assert supply.index.equals(baseline.index)
    assert list(supply.index.unique("commodity")) == ["steel_scrap"]
