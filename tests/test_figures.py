"""Every figure has one key, a number, a source and a confidence, and is noted when used."""

import re
import shutil
from pathlib import Path

import pytest

from siting.assemble.region import key_for
from siting.errors import ConfigError, MissingDataError
from siting.figures import KEYS, Figures, read_csv, read_figures
from siting.layers import data_folder
from siting.layers.read import read_layer
from siting.layers.spec import PREFECTURES
from siting.units import parsed

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
    assert figures.amount(FIXED, "JPY/trip") == 21_600


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
    assert figures.amount(FIXED, "JPY/trip", "low") == 14_040
    assert figures.amount(FIXED, "JPY/trip", "high") == 23_760


def test_override_replaces_value_and_says_so():
    changed = read_figures(PARAMS, {FIXED: 12_345})
    assert changed.amount(FIXED, "JPY/trip") == 12_345
    assert changed.amount(FIXED, "kJPY/trip") == 12.345
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
        figures.amount("transport/truck/truck_10t/trip_fixe", "JPY/trip")


def test_figure_is_converted_to_the_unit_asked_for(figures):
    fleet = "transport/truck/fleet_average/co2_tkm_fy2021"
    assert figures.amount(fleet, "gCO2e/(t*km)") == 216
    assert figures.amount(fleet, "kgCO2e/(t*km)") == 0.216
    assert figures.amount(FIXED, "kJPY/trip") == 21.6
    assert figures.amount(
        "facility/transfer_station/labour/medium", "person/(t/yr)"
    ) == pytest.approx(6e-4)
    assert figures.amount("transport/port/yard/dwell_time_shiplot", "h", "high") == 720


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        (FIXED, "JPY/container"),
        ("transport/truck/truck_10t/cost_per_vehicle_km", "JPY/(t*km)"),
        ("transport/rail/jr_12ft/cost_per_km_rail", "JPY/km"),
        ("transport/fuel/diesel/co2_factor", "kg/L"),
        ("transport/port/berth/berth_due", "JPY/(t*h)"),
        ("transport/truck/overnight_cost", "JPY/trip"),
        ("emissions/baseline/incinerate_plastics/ef", "1"),
        ("prices/fx/USDJPY/price", "1"),
        ("prices/carbon/j_credit/price", "JPY/t"),
    ],
)
def test_figure_of_another_kind_is_a_fault_of_its_row(figures, key, unit):
    place, own = figures.table.loc[key, ["place", "unit"]]
    with pytest.raises(ConfigError) as caught:
        figures.amount(key, unit)
    assert str(caught.value) == (
        f"{place}: '{key}' is in {own}, expected {unit} or a unit of the same kind. "
        "Correct the unit of the row."
    )


def test_refused_figure_is_no_assumption():
    fresh = read_figures(PARAMS, {})
    with pytest.raises(ConfigError):
        fresh.amount(FIXED, "JPY/t")
    assert fresh.assumptions().empty


def test_row_is_named_by_file_and_line(figures):
    text = (PARAMS / "transport.csv").read_text(encoding="utf-8").splitlines()
    line = 1 + next(i for i, row in enumerate(text) if "truck_10t,any,any,trip_fixed," in row)
    assert figures.table.loc[FIXED, "place"] == f"{PARAMS / 'transport.csv'}:{line}"


def test_blank_and_broken_lines_do_not_shift_the_place_of_a_row(params):
    edited(params, "choices", "\n", "\n\n")
    edited(params, "choices", "no published price of", '"no published\n price of')
    edited(params, "choices", "coke ovens or crackers", 'coke ovens or crackers"')
    places = read_figures(params, {}).table["place"]
    assert places["choices/market/chem_feed/price"].endswith("choices.csv:3")
    assert places["choices/market/bf_steelworks/demand_share"].endswith("choices.csv:5")


def test_unit_that_does_not_parse_is_a_fault_with_file_and_line(params):
    edited(params, "choices", "35000,JPY/t,", "35000,JPY/tt,")
    with pytest.raises(ConfigError) as caught:
        read_figures(params, {})
    assert str(caught.value) == (
        f"{params / 'choices.csv'}:2:39: 'choices/market/chem_feed/price': "
        "unit 'JPY/tt' is unknown. "
        "Did you mean 'JPY/t'?"
    )


def test_all_wrong_units_of_a_table_are_told_at_once(params):
    edited(params, "transport", ",JPY/(t*km),", ",JPY/(t*kn),")
    edited(params, "transport", ",gCO2e/(t*km),", ",gCO2/(t*km),")
    edited(params, "transport", ",km/h,", ",,")
    with pytest.raises(ConfigError, match=r"transport.csv: 3 faults") as caught:
        read_figures(params, {})
    lines = str(caught.value).splitlines()[1:]
    assert all(re.match(r"  - \d+:\d+: 'transport/[^']+': unit '", row) for row in lines)
    assert "Did you mean 'gCO2e/(t*km)'?" in str(caught.value)
    assert "Did you mean 'JPY/(t*km)'?" in str(caught.value)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_unit_of_the_shipped_tables_parses(name):
    units = set(read_csv(PARAMS / f"{name}.csv")["unit"])
    assert units
    assert all(parsed(unit).base > 0 for unit in units)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_basis_stands_beside_the_unit(name):
    columns = list(read_csv(PARAMS / f"{name}.csv").columns)
    assert columns[columns.index("unit") + 1] == "basis"


def edited(params, name, old, new):
    path = params / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_value_that_is_no_number_is_named(params):
    edited(params, "choices", "market,chem_feed,price,0,", "market,chem_feed,price,nothing,")
    with pytest.raises(
        ConfigError, match=r"choices.csv:2:\d+: '[a-z_/]+price': value is no number"
    ):
        read_figures(params, {})


def test_empty_value_is_named(params):
    edited(params, "choices", "market,chem_feed,price,0,", "market,chem_feed,price,,")
    with pytest.raises(
        ConfigError, match=r"choices.csv:2:\d+: '[a-z_/]+price': value is no number"
    ):
        read_figures(params, {})


def test_key_that_stands_twice_is_named(params):
    path = params / "choices.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(
        ConfigError, match=rf"choices.csv:{len(lines) + 1}:18: '[a-z_/]+price': stands twice"
    ):
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
        unit, value = fresh.table.loc[key, ["unit", "value"]]
        assert fresh.amount(key, unit) == value
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
    carriers = read_csv(PARAMS / "carriers.csv").set_index("vehicle").loc[sorted(vehicles)]
    trucks = carriers[carriers["mode"] == "truck"]
    needed = ["trip_fixed", "cost_per_vehicle_km", "payload_t", "payload_m3", "speed_avg"]
    keys = [f"{key}/{name}" for key in trucks["key"] for name in needed]
    keys += [f"{key}/fuel_economy" for key in trucks["class_key"]]
    assert len(trucks) > 0
    assert sorted(key for key in keys if key not in figures) == []


CAPEX = "facility/*/capex_reference"
HEADER = "lever_id,instrument,value,confidence,figure_keys,apply,modelled,why_not"


@pytest.fixture
def lever(params):
    """Return a function that reads the figures with one lever of its own pulled."""

    def read(apply, value, keys=FIXED, overrides=None):
        rows = f"{HEADER}\nT1,Test lever,{value},compiled,{keys},{apply},yes,\n"
        (params / "policy_levers.csv").write_text(rows, encoding="utf-8")
        return read_figures(params, overrides or {}, ["T1"])

    return read


@pytest.mark.parametrize(
    ("apply", "value", "expected"),
    [
        ("multiply", 0.5, (10_800, 7_020, 11_880)),
        ("add", 400, (22_000, 14_440, 24_160)),
        ("set", 9_000, (9_000, 9_000, 9_000)),
    ],
)
def test_lever_changes_value_low_and_high(lever, apply, value, expected):
    pulled = lever(apply, value)
    levels = ("value", "low", "high")
    assert tuple(pulled.amount(FIXED, "JPY/trip", level) for level in levels) == expected


def test_lever_names_itself_as_the_source(lever, figures):
    pulled = lever("multiply", 0.5)
    pulled.amount(FIXED, "JPY/trip")
    row = pulled.assumptions().iloc[0]
    before = figures.table.loc[FIXED, "source"]
    assert row["source"] == f"policy lever T1 (Test lever) on: {before}"
    assert row["confidence"] == "compiled"


def test_lever_changes_every_figure_of_its_patterns_once(lever, figures):
    pulled = lever("multiply", 0.5, f"{CAPEX};facility/rpf/*_reference")
    ratio = pulled.table["value"] / figures.table["value"]
    changed = set(ratio.index[ratio == 0.5])
    named = figures.table.index
    assert changed == {key for key in named if re.fullmatch(r"facility/\w+/capex_reference", key)}


def test_override_goes_before_a_lever(lever):
    assert lever("multiply", 0.5, overrides={FIXED: 100}).amount(FIXED, "JPY/trip") == 100


def test_lever_that_matches_no_figure_is_told(lever):
    with pytest.raises(ConfigError, match="no figure matches 'facility/nothing' \\(T1\\)"):
        lever("multiply", 0.5, "facility/nothing")


def test_lever_that_does_what_nobody_knows_is_told(lever):
    with pytest.raises(ConfigError, match="apply of lever 'T1' is 'double', expected one of"):
        lever("double", 2)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("L99", "lever 'L99' is unknown, expected a lever_id of policy_levers.csv. Did you mean"),
        ("L02b", "lever 'L02b' \\(Subsidy budget cap\\) is not modelled: a cap on the sum"),
    ],
)
def test_lever_that_is_none_is_told(name, message):
    with pytest.raises(ConfigError, match=message):
        read_figures(PARAMS, {}, [name])


def test_folder_without_levers_has_none(params):
    (params / "policy_levers.csv").unlink()
    assert read_figures(params, {}).amount(FIXED, "JPY/trip") == 21_600
    with pytest.raises(ConfigError, match="lever 'L02' is unknown"):
        read_figures(params, {}, ["L02"])
