"""Counts hold the sites that have a technology, bans keep two technologies apart."""

from dataclasses import replace

import pandas as pd
import pyomo.environ as pyo
import pytest
from model_case import SMALL, coefficients, limits, rows_of

from models import Instance, build_model
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)


def pair_table(name: str, *rows: tuple[str, ...]) -> pd.DataFrame:
    names = {"counted": ["count", "site", "technology"], "incompatible": ["technology", "other"]}
    index = pd.MultiIndex.from_tuples(rows, names=names[name])
    return pd.DataFrame(index=index)


def counted(toy: Instance, at_most: int) -> Instance:
    return replace(
        toy,
        hub_counts=rows_of("hub_counts", ("few", at_most)),
        counted=pair_table("counted", ("few", "H", "plastic_recycling")),
    )


@pytest.fixture
def two_technologies(toy: Instance) -> Instance:
    """Return the toy with the same process under a second name."""
    hubs = toy.hubs.rename(index={"plastic_recycling": "other"}, level="technology")
    recipes = toy.recipes.rename(index={"plastic_recycling": "other"}, level="technology")
    return replace(toy, hubs=pd.concat([toy.hubs, hubs]), recipes=pd.concat([toy.recipes, recipes]))


def test_running_hub_is_present_and_sites_within_count(toy: Instance) -> None:
    m = build_model(counted(toy, 1))
    row = m.running_hub_is_present["H", "plastic_recycling", "small", 2025]
    assert coefficients(row.body) == {
        f"run_hub[{SMALL},2025]": 1,
        "has_hub[H,plastic_recycling,2025]": -2,
    }
    assert limits(row) == (None, 0)
    count = m.sites_within_count["few", 2030]
    assert coefficients(count.body) == {"has_hub[H,plastic_recycling,2030]": 1}
    assert limits(count) == (None, 1)


def test_count_of_none_closes_all(toy: Instance) -> None:
    plan = solve(counted(toy, 0), EXACT)
    assert not len(plan.hubs)
    assert plan.targets["shortfall_t"].to_list() == pytest.approx([90])


def test_technologies_apart_never_share_a_site(two_technologies: Instance) -> None:
    ban = replace(
        two_technologies, incompatible=pair_table("incompatible", ("plastic_recycling", "other"))
    )
    row = build_model(ban).technologies_apart["H", "plastic_recycling", "other", 2025]
    assert coefficients(row.body) == {
        "has_hub[H,plastic_recycling,2025]": 1,
        "has_hub[H,other,2025]": 1,
    }
    assert limits(row) == (None, 1)
    orders = rows_of("orders", ("H", "other", "small", 2030, 1.0))
    plan = solve(replace(ban, orders=orders), EXACT)
    assert set(plan.hubs.index.get_level_values("technology")) == {"other"}


def test_nothing_is_present_where_nothing_asks(toy_model: pyo.ConcreteModel) -> None:
    assert not len(toy_model.has_hub)
    assert not len(toy_model.running_hub_is_present)
