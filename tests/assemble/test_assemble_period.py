"""A period is worth its discounted years and sees the prices of its middle."""

import pytest

from siting.assemble.period import at, period_table
from siting.errors import ConfigError

FIRST_FIVE = 1 + 1 / 1.05 + 1 / 1.05**2 + 1 / 1.05**3 + 1 / 1.05**4


@pytest.fixture(scope="module")
def periods(whole):
    """Return the periods of the national study."""
    return whole.instance.periods


def test_discounted_years_are_summed_from_the_first(periods):
    assert periods.loc[2025, "discount_yr"] == pytest.approx(FIRST_FIVE)
    assert periods.loc[2025, "discount_yr"] == pytest.approx(4.54595, abs=1e-5)
    assert periods.loc[2030, "discount_yr"] == pytest.approx(FIRST_FIVE / 1.05**5)
    assert periods.loc[2050, "discount_yr"] == pytest.approx(FIRST_FIVE / 1.05**25)


def test_every_period_has_its_years(periods):
    assert periods.index.tolist() == [2025, 2030, 2035, 2040, 2045, 2050]
    assert (periods["years"] == 5).all()


@pytest.mark.parametrize(
    ("period", "jpy_per_t"),
    [
        (2025, 3000 + (4840 - 3000) * 1.5 / 4),
        (2030, (4840 + 9000) / 2),
        (2035, (9000 + 14_000) / 2),
        (2040, 14_000),
        (2050, 14_000),
    ],
)
def test_carbon_price_is_that_of_the_middle_of_the_period(periods, period, jpy_per_t):
    assert periods.loc[period, "carbon_price_jpy_per_t"] == pytest.approx(jpy_per_t)


@pytest.mark.parametrize(
    ("period", "kgco2e"),
    [(2025, 0.438 + (0.25 - 0.438) * 5.5 / 8), (2030, 0.2125), (2035, 0.1375), (2040, 0.1)],
)
def test_grid_is_that_of_the_middle_of_the_period(periods, period, kgco2e):
    assert periods.loc[period, "grid_kgco2e_per_kwh"] == pytest.approx(kgco2e)


def test_value_is_linear_between_points_and_constant_outside():
    points = {2030: 10.0, 2020: 0.0}
    assert [at(points, year) for year in (2010, 2020, 2025, 2030, 2040)] == [0, 0, 5, 10, 10]


def test_no_carbon_price_is_zero(edited, figures):
    config = edited("carbon_price: scenario_base", 'carbon_price: "none"')
    assert (period_table(config, config.study, figures)["carbon_price_jpy_per_t"] == 0).all()


def test_without_discounting_a_year_is_a_year(japan, study, figures):
    flat = study.model_copy(update={"discount_rate": 0.0})
    assert (period_table(japan, flat, figures)["discount_yr"] == 5).all()


def test_unknown_carbon_price_is_told(edited, figures):
    config = edited("carbon_price: scenario_base", "carbon_price: scenario_bse ")
    with pytest.raises(ConfigError) as caught:
        period_table(config, config.study, figures)
    lines = config.path.read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "scenario_bse" in text)
    assert str(caught.value) == (
        f"{config.path}:{line}:15: carbon_price is 'scenario_bse', which has no rows "
        "price_<year>. Did you mean 'scenario_base'?"
    )
