"""Power and heat cost and emit what the region of the site says."""

from dataclasses import replace

import pandas as pd
import pyomo.environ as pyo
import pytest
from model_case import LARGE, SMALL, coefficients, rows_of, with_column

from models import Instance, InstanceError, build_model
from siting.solve import Effort, solve


@pytest.fixture
def priced(toy: Instance) -> Instance:
    """Return the toy with 2 MJ/t of heat, in a region with tariffs and factors."""
    regions = pd.MultiIndex.from_tuples([("Shikoku", "H")], names=["region", "node"])
    return replace(
        with_column(toy, "hubs", heat_mj_per_t=2.0),
        regions=pd.DataFrame(index=regions),
        energy=rows_of(
            "energy", ("Shikoku", 2025, 20, 3, 0.4, 0.05), ("Shikoku", 2030, 25, 3, 0.1, 0.05)
        ),
    )


def test_energy_cost_is_power_and_heat_at_the_tariff(priced: Instance) -> None:
    cost = build_model(priced).energy_cost
    assert coefficients(cost[2025]) == pytest.approx(
        dict.fromkeys([f"throughput[{SMALL},2025]", f"throughput[{LARGE},2025]"], 500 * 20 + 2 * 3)
    )
    assert coefficients(cost[2030])[f"throughput[{SMALL},2030]"] == pytest.approx(500 * 25 + 6)


def test_emissions_take_the_factors_of_the_region(priced: Instance) -> None:
    emitted = build_model(priced).kgco2e_conversion
    assert coefficients(emitted[2025])[f"throughput[{SMALL},2025]"] == pytest.approx(
        500 * 0.4 + 2 * 0.05 + 20
    )


def test_site_in_no_priced_region_pays_nothing_and_has_the_national_grid(
    toy_model: pyo.ConcreteModel,
) -> None:
    assert coefficients(toy_model.energy_cost[2025]) == {}
    factor = coefficients(toy_model.kgco2e_conversion[2025])[f"throughput[{SMALL},2025]"]
    assert factor == pytest.approx(500 * 0.3 + 20)


def test_plan_tells_the_energy_of_each_hub(priced: Instance) -> None:
    plan = solve(priced, Effort(gap=0, time_limit_s=20))
    used = plan.hubs.xs(2030, level="period")
    t = used["throughput_t"].sum()
    assert used["kwh"].sum() == pytest.approx(500 * t)
    assert used["energy_jpy"].sum() == pytest.approx((500 * 25 + 2 * 3) * t)
    year = plan.costs["cost_jpy_per_yr"].loc[("energy", "energy", 2030)]
    assert year == pytest.approx(used["energy_jpy"].sum())


def test_site_in_two_priced_regions_is_refused(priced: Instance) -> None:
    twice = pd.MultiIndex.from_tuples([("Shikoku", "H"), ("Kansai", "H")], names=["region", "node"])
    both = pd.concat([priced.energy, priced.energy.rename(index={"Shikoku": "Kansai"})])
    with pytest.raises(InstanceError, match="two regions with tariffs"):
        replace(priced, regions=pd.DataFrame(index=twice), energy=both)
