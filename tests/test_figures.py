"""Every figure has one key, a number, a source and a confidence, and is noted when used."""

import shutil
from pathlib import Path

import pytest

from siting.assemble.region import key_for
from siting.errors import ConfigError, MissingDataError
from siting.figures import KEYS, Figures, read_csv, read_figures
from siting.layers import data_folder
from siting.layers.read import read_layer
from siting.layers.spec import PREFECTURES

PARAMS = Path(__file__).parents[1] / "configs" / "params"
FIXED = "transport/truck/truck_10t/trip_fixed"
RULES = ["markets", "baselines", "disposals", "loading"]


@pytest.fixture(scope="session")
def figures() -> Figures:
    """Return the shipped figures, for tests that do not look at what was used."""
    return read_figures(PARAMS, {})


@pytest.fixture(scope="session")
def regions() -> list[str]:
    """Return the regions of the prefectures."""
    return sorted(read_layer(data_folder(), PREFECTURES)["region"].unique())


@pytest.fixture
def params(tmp_path):
    """Return a folder with a copy of the tables."""
    return shutil.copytree(PARAMS, tmp_path / "params")


def test_keys_are_unique(figures):
    assert figures.table.index.is_unique


def test_wildcards_are_left_out_of_keys(figures):
    assert "transport/truck/market_realisation_of_tariff" in figures
    assert "facility/plastic_sorting/scale_exponent" in figures
    assert "facility/plastic_sorting/capacity/medium" in figures
    assert figures[FIXED] == 21_600


def test_every_figure_has_source_confidence_and_unit(figures):
    for column in ("source", "confidence", "unit"):
        empty = figures.table.index[figures.table[column].str.strip() == ""]
        assert list(empty) == [], column


def test_every_value_lies_in_its_range(figures):
    table = figures.table
    slack = 1e-6 * table["value"].abs()
    inside = (table["low"] <= table["value"] + slack) & (table["value"] <= table["high"] + slack)
    assert list(table.index[~inside]) == []


def test_low_and_high_are_read_by_name(figures):
    assert figures.get(FIXED, "low") == 14_040
    assert figures.get(FIXED, "high") == 23_760


def test_override_replaces_value_and_says_so():
    changed = read_figures(PARAMS, {FIXED: 12_345})
    assert changed[FIXED] == 12_345
    row = changed.assumptions().iloc[0]
    assert (row["low"], row["high"]) == (12_345, 12_345)
    assert row["confidence"] == "override"
    assert row["source"] == "the study's overrides"


def test_override_leaves_the_other_figures(figures):
    changed = read_figures(PARAMS, {FIXED: 12_345})
    rest = figures.table.index != FIXED
    assert changed.table[rest].equals(figures.table[rest])


def test_unknown_override_suggests_a_near_key():
    with pytest.raises(ConfigError) as caught:
        read_figures(PARAMS, {"transport/truck/truck_10t/trip_fixd": 1.0})
    assert "overrides: 'transport/truck/truck_10t/trip_fixd' is no figure." in str(caught.value)
    assert f"Did you mean '{FIXED}'?" in str(caught.value)


def test_all_unknown_overrides_are_told_at_once():
    with pytest.raises(ConfigError, match="2 faults") as caught:
        read_figures(PARAMS, {"no/such": 1.0, "nor/this": 2.0})
    assert "'no/such'" in str(caught.value)
    assert "'nor/this'" in str(caught.value)


def test_unknown_figure_suggests_a_near_key(figures):
    with pytest.raises(ConfigError, match=f"Did you mean '{FIXED}'"):
        figures["transport/truck/truck_10t/trip_fixe"]


def edited(params, name, old, new):
    path = params / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_value_that_is_no_number_is_named(params):
    edited(params, "choices", "market,chem_feed,price,0,", "market,chem_feed,price,nothing,")
    with pytest.raises(ConfigError, match=r"'choices/market/chem_feed/price': value is no number"):
        read_figures(params, {})


def test_empty_value_is_named(params):
    edited(params, "choices", "market,chem_feed,price,0,", "market,chem_feed,price,,")
    with pytest.raises(ConfigError, match=r"'choices/market/chem_feed/price': value is no number"):
        read_figures(params, {})


def test_key_that_stands_twice_is_named(params):
    path = params / "choices.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"choices.csv: 'choices/market/chem_feed/price' stands"):
        read_figures(params, {})


@pytest.mark.parametrize("name", sorted(KEYS))
def test_missing_table_is_missing_data(params, name):
    (params / f"{name}.csv").unlink()
    with pytest.raises(MissingDataError, match=f"{name}.csv: the table is missing") as caught:
        read_figures(params, {})
    assert caught.value.exit_code == 5


def test_used_figures_are_the_assumptions_in_order():
    fresh = read_figures(PARAMS, {})
    assert fresh.assumptions().empty
    order = [FIXED, "choices/network/detour/factor", "facility/global/heat_price_ref"]
    for key in [*order, FIXED]:
        assert fresh[key] == fresh.table.loc[key, "value"]
    rows = fresh.assumptions()
    assert (rows["table"] + "/" + rows["name"]).tolist() == order
    assert {"value", "low", "high", "unit", "source", "confidence"} <= set(rows.columns)


def test_asking_whether_a_figure_is_there_does_not_use_it():
    fresh = read_figures(PARAMS, {})
    assert FIXED in fresh
    assert fresh.assumptions().empty


def named_keys(table):
    """Return the keys that the rules of `table` name, empty cells left out."""
    rows = read_csv(PARAMS / f"{table}.csv")
    columns = [name for name in rows.columns if name.endswith("_key")]
    return sorted({key for name in columns for key in rows[name]} - {""})


@pytest.mark.parametrize("table", RULES)
def test_rules_name_figures_that_exist_in_every_region(figures, regions, table):
    keys = {key_for(figures, key, region) for key in named_keys(table) for region in regions}
    assert sorted(key for key in keys if key not in figures) == []


@pytest.mark.parametrize("table", RULES)
def test_rules_name_some_figures(table):
    assert named_keys(table)


def test_vehicles_of_the_loading_table_have_all_their_figures(figures):
    vehicles = set(read_csv(PARAMS / "loading.csv")["vehicles"].str.split(";").explode())
    needed = ["trip_fixed", "cost_per_vehicle_km", "payload_t", "payload_m3", "speed_avg"]
    keys = [f"transport/truck/{vehicle}/{name}" for vehicle in vehicles for name in needed]
    assert sorted(key for key in keys if key not in figures) == []
