"""Imports are sources on the quay: their price, no baseline, no target."""

import pandas as pd
import pytest

from siting.assemble.source.imports import import_tables
from siting.errors import ConfigError

COLUMNS = ["commodity", "port", "supply_key", "price_key", "extra_cost_key", "growth"]
SUPPLY, PRICE = "choices/import/e_scrap/supply_akita", "choices/import/e_scrap/price"
CONSENT = "choices/import/e_scrap/basel_cost"
E_SCRAP = {"import-P013", "import-P027", "import-P066", "import-P108"}


def bring(japan, study, layers, figures, commodities, *rows):
    """Return the tables of a study that imports `commodities` as `rows` say."""
    rules = pd.DataFrame(rows, columns=COLUMNS)
    importing = study.model_copy(update={"imports": commodities})
    return import_tables(japan, importing, layers, figures, rules, {"e_scrap", "lib"})


def test_import_is_a_source_at_its_port(reduced, layers):
    places = reduced.places
    found = places[places["detail"] == "import"]
    assert set(found.index) == E_SCRAP
    assert (found["kind"] == "source").all()
    port = layers.ports.loc["P066"]
    assert found.loc["import-P066", ["lat", "lon"]].tolist() == [port.geometry.y, port.geometry.x]
    assert found.loc["import-P066", "pref_ja"] == "香川県"


def test_import_costs_its_price_and_consent(reduced):
    rows = reduced.instance.supply.loc[("import-P066", "e_scrap")]
    assert rows["supply_t"].tolist() == [73_000] * 4
    assert rows["acquisition_jpy_per_t"].tolist() == [3_650_000 + 25_000] * 4


def test_import_has_no_baseline_and_no_target_counts_it(reduced):
    supply, baseline = reduced.instance.supply, reduced.instance.baseline
    is_import = supply.index.get_level_values("source").str.startswith("import-")
    assert (baseline[is_import] == 0).all(axis=None)
    assert (supply.loc[is_import, "counts_to_target"] == 0).all()
    assert (supply.loc[~is_import, "counts_to_target"] == 1).all()
    assert (supply["collectable_share"] == 1).all()


def test_import_reaches_every_site_that_takes_it(reduced):
    arcs = reduced.instance.arcs.xs("import-P066", level="origin").index
    hubs = reduced.instance.hubs.index
    takers = hubs[hubs.get_level_values("technology") == "escrap_preprocessing"].unique("site")
    assert set(arcs.unique("destination")) == set(takers)
    assert set(arcs.unique("commodity")) == {"e_scrap"}


def test_import_without_extra_cost_costs_its_price(japan, study, layers, figures):
    row = ("e_scrap", "秋田港", SUPPLY, PRICE, "", "flat")
    supply, _, places = bring(japan, study, layers, figures, ["e_scrap"], row)
    assert list(places.index) == ["import-P013"]
    assert (supply["acquisition_jpy_per_t"] == 3_650_000).all()


def test_import_may_grow_as_a_scenario_of_the_layer(japan, study, layers, figures):
    row = ("lib", "P013", SUPPLY, PRICE, CONSENT, "high_supply")
    supply, _, _ = bring(japan, study, layers, figures, ["lib"], row)
    index = layers.growth["index_2025"].loc["lib", "high_supply"]
    found = supply["supply_t"].droplevel(["source", "commodity"])
    assert found.to_dict() == pytest.approx({t: 20_000 * index[t] for t in study.periods.years})
    assert found[2050] > found[2025]


def test_study_without_imports_has_none(japan, study, layers, figures):
    row = ("e_scrap", "P013", SUPPLY, PRICE, CONSENT, "flat")
    supply, baseline, places = bring(japan, study, layers, figures, [], row)
    assert supply.empty
    assert baseline.empty
    assert places.empty


def test_imports_nobody_knows_or_takes_are_told_with_their_places(written, layers, figures, rules):
    text = "study: a\ntitle_ja: あ\ntitle_en: A\ndiscount_rate: 0.05\ncarbon_price: none\n"
    text += "periods: {start: 2025, end: 2030, step_years: 5}\ngrowth: {elv: base}\n"
    text += "technologies: [elv_dismantling]\ncandidates: {from: [eco_towns]}\n"
    config = written(text + "imports: [uco, e_scrpa]\n")
    with pytest.raises(ConfigError) as caught:
        import_tables(config, config.study, layers, figures, rules.imports, {"elv"})
    assert "10:16: import 'e_scrpa' is unknown. Did you mean 'e_scrap'?" in str(caught.value)
    assert "10:11: no technology of the study takes 'uco'. Leave it out." in str(caught.value)
