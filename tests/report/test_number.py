"""Numbers keep their size, sign and promise of being an upper limit."""

import pytest

from siting.report.number import GAS, MASS, MONEY, full, percent_up, plain, scale


@pytest.mark.parametrize(
    ("jpy", "japanese", "english"),
    [
        (1.2345e12, "12,345億円", "1,234 bn JPY"),
        (4.8e9, "48.0億円", "4.80 bn JPY"),
        (5.884e7, "5,884万円", "58.8 m JPY"),
        (-4.6e9, "▲46.0億円", "-4.60 bn JPY"),
        (0.0, "0円", "0 JPY"),
    ],
)
def test_money_is_in_the_unit_people_use(jpy: float, japanese: str, english: str) -> None:
    assert full(MONEY, jpy, "ja") == japanese
    assert full(MONEY, jpy, "en") == english


def test_one_unit_holds_for_a_whole_table() -> None:
    unit = scale(MASS, [3.0, 12_000.0], "ja")
    assert (unit.text(12_000.0), unit.text(3.0), unit.unit) == ("12.0", "0.0", "千t")


def test_rounding_up_never_claims_too_little() -> None:
    assert percent_up(0.004301) == "0.44 %"
    assert percent_up(0.0043) == "0.43 %"
    assert full(MONEY, 1.01e9, "ja", up=True) == "10.1億円"
    assert full(MONEY, 1.011e9, "ja", up=True) == "10.2億円"


def test_nothing_is_shown_for_no_number() -> None:
    assert plain(float("nan"), 1, "ja") == "-"
    assert full(GAS, float("inf"), "en").startswith("-")


def test_minus_is_dropped_where_only_zeros_are_shown() -> None:
    assert plain(-0.001, 1, "ja") == "0.0"
