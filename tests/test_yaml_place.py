"""Every value of a YAML knows its line and column."""

import pytest

from siting.yaml_place import dotted, load_yaml

TEXT = """\
a: 1
b:
  - {c: x, d: 2.5}
  - e: [true, null]
"""


def test_values_are_those_of_yaml():
    content, _ = load_yaml(TEXT)
    assert content == {"a": 1, "b": [{"c": "x", "d": 2.5}, {"e": [True, None]}]}


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        ((), "1:1"),
        (("a",), "1:4"),
        (("b",), "3:3"),
        (("b", 0, "d"), "3:15"),
        (("b", 1, "e", 1), "4:15"),
    ],
)
def test_value_knows_its_place(loc, place):
    assert load_yaml(TEXT)[1].at(loc) == place


def test_key_knows_its_place():
    assert load_yaml(TEXT)[1].at(("b", 0, "d"), key=True) == "3:12"


def test_what_is_not_there_is_told_at_what_holds_it():
    places = load_yaml(TEXT)[1]
    assert places.at(("b", 0, "z")) == places.at(("b", 0))
    assert places.at(("z", "y")) == "1:1"


@pytest.mark.parametrize("code", ["01106", "01202", "08999", "00"])
def test_code_without_quotes_keeps_its_zero_and_is_a_fault(code):
    content, places = load_yaml(f"code: {code}\n")
    assert content == {"code": code}
    assert places.faults == [
        (
            "1:7",
            f'code is {code} without quotes, which YAML reads as another number. Write "{code}".',
        )
    ]


@pytest.mark.parametrize("value", ['"01106"', "'01106'", "0", "0.05", "10", "2025-01-01"])
def test_other_values_are_no_fault(value):
    assert load_yaml(f"value: {value}\n")[1].faults == []


def test_key_that_stands_twice_is_a_fault():
    assert load_yaml("a:\n  b: 1\n  b: 2\n")[1].faults == [("3:3", "a.b stands twice.")]


def test_empty_text_is_nothing():
    assert load_yaml("")[0] is None


def test_place_is_written_with_dots_and_brackets():
    assert dotted(("candidates", "sites", 0, "lat")) == "candidates.sites[0].lat"
    assert dotted(()) == "the study"
