"""A unit is known, measures one kind of thing, and converts only to its own kind."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.errors import ConfigError
from siting.units import COUNTED, factor, parsed, same_kind

PARAMS = Path(__file__).parents[1] / "configs" / "params"
TABLES = ["transport", "facility", "prices", "emissions", "choices"]
SCALED = [
    ("t", "kg"),
    ("JPY/t", "kJPY/kg"),
    ("gCO2e/(t*km)", "kgCO2e/(kg*m)"),
    ("km/h", "m/min"),
    ("JPY/(30*min)", "JPY/d"),
    ("kWh", "MJ"),
    ("kL", "m^3"),
    ("person/(10000*t/yr)", "person*d/kg"),
    ("%", "1"),
    ("month", "h"),
]


def used_units():
    """Return every unit of the shipped tables."""
    found = set()
    for name in TABLES:
        with (PARAMS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            found |= {row["unit"] for row in csv.DictReader(file)}
    return sorted(found)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("t", "kg", 1000),
        ("t", "g", 1e6),
        ("gCO2e/(t*km)", "kgCO2e/(t*km)", 0.001),
        ("tCO2e", "kgCO2e", 1000),
        ("kJPY/t", "JPY/t", 1000),
        ("JPY/(30*min)", "JPY/h", 2),
        ("JPY/(50*km)", "JPY/km", 0.02),
        ("JPY/(12*GT*h)", "JPY/(GT*d)", 2),
        ("person/(10000*t/yr)", "person/(t/yr)", 1e-4),
        ("%", "1", 0.01),
        ("t/t", "1", 1),
        ("kWh", "MJ", 3.6),
        ("kL", "L", 1000),
        ("m^3", "L", 1000),
        ("t/m^3", "kg/L", 1),
        ("yr", "d", 365),
        ("yr", "month", 12),
        ("ha", "m^2", 10_000),
    ],
)
def test_factor_is_that_of_the_books(first, second, expected):
    assert factor(first, second) == expected


def test_unit_is_one_of_itself():
    assert [unit for unit in used_units() if factor(unit, unit) != 1.0] == []


@given(st.sampled_from(SCALED).flatmap(st.permutations))
def test_way_there_and_back_is_one(pair):
    first, second = pair
    assert factor(first, second) * factor(second, first) == pytest.approx(1.0, rel=1e-12)


@given(st.sampled_from(used_units()), st.sampled_from(used_units()))
def test_units_convert_both_ways_or_neither(first, second):
    if same_kind(first, second):
        assert factor(first, second) * factor(second, first) == pytest.approx(1.0, rel=1e-12)
    else:
        for pair in ((first, second), (second, first)):
            with pytest.raises(ConfigError, match="measure different things"):
                factor(*pair)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("JPY/km", "JPY/(t*km)"),
        ("JPY/(vehicle*km)", "JPY/km"),
        ("JPY", "USD"),
        ("kg", "kgCO2e"),
        ("GT", "t"),
        ("kW", "kWh"),
        ("t", "t/yr"),
        ("person", "1"),
    ],
)
def test_different_things_do_not_convert(first, second):
    message = f"units '{first}' and '{second}' measure different things."
    with pytest.raises(ConfigError) as caught:
        factor(first, second)
    assert str(caught.value) == message


def test_everything_counted_is_a_dimension_of_its_own():
    assert len({parsed(name).kind for name in (*COUNTED, "1", "t", "JPY")}) == len(COUNTED) + 3


@pytest.mark.parametrize(
    "text", ["m3", "T", "kgCO2", "JPY/tt", "(t", "t*", "t)", "JPY//t", "()", "JPY/0", "k", "a.b"]
)
def test_unit_of_another_vocabulary_is_unknown(text):
    with pytest.raises(ConfigError, match="is unknown"):
        parsed(text)


@pytest.mark.parametrize(
    "text", ["", "-", "t km", "JPY/t-km", "円/t", "m^1.5", "m^-1", "9^9^9", "x[0]", "t;t"]
)
def test_notation_is_compact(text):
    with pytest.raises(ConfigError, match="is not in compact notation"):
        parsed(text)


@pytest.mark.parametrize("text", ["JPY/t*km", "t/yr/km", "JPY/(t*km)*h", "m^2/t/yr"])
def test_what_follows_a_divisor_needs_brackets(text):
    with pytest.raises(ConfigError, match="can be read in two ways"):
        parsed(text)


@pytest.mark.parametrize("text", ["0", "0*t", "1e999"])
def test_unit_of_no_size_is_refused(text):
    with pytest.raises(ConfigError, match="is no positive amount"):
        parsed(text)


def test_gross_tonnage_is_no_gigatonne_of_cargo():
    assert parsed("GT").kind != parsed("Mt").kind


def test_help_of_the_command_line_does_not_wait_for_pint():
    code = "import sys, siting.cli, siting.figures; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
