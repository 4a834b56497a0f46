"""Sites, orders, limits and contracts that leave no plan are refused before anything is solved."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from filled_case import INF, filled, names_of
from model_case import rows_of, with_column

from models import Instance, InstanceError, build_model

SMALL, LARGE = (("H", "plastic_recycling", size) for size in ("small", "large"))


def order(*rows: tuple[object, ...]) -> pd.DataFrame:
    return rows_of("orders", *rows)


def site(plot_m2: float = INF, opening_jpy: float = 300_000.0) -> pd.DataFrame:
    return rows_of("sites", ("H", opening_jpy, 0.1, plot_m2))


def standing(data: Instance, **columns: object) -> Instance:
    return with_column(data, "hubs", stands=[0.0, 1.0], **columns)


FAULTS: dict[str, tuple[Callable[[Instance], Instance], str]] = {
    "a site must run by half": (
        lambda d: replace(d, sites=site().assign(must_run=0.5)),
        "sites: must_run at H is neither 0 nor 1",
    ),
    "a site must run where nothing may": (
        lambda d: replace(
            with_column(d, "hubs", earliest_period=3000.0), sites=site().assign(must_run=1.0)
        ),
        "sites: must_run at H, where no line may run in the last period",
    ),
    "must open more than fit": (
        lambda d: replace(d, orders=order((*SMALL, 2025, 3.0, INF))),
        "orders: min_lines at ('H', 'plastic_recycling', 'small') is above what max_lines",
    ),
    "must open before the permit": (
        lambda d: replace(
            with_column(d, "hubs", earliest_period=2030.0), orders=order((*SMALL, 2025, 1.0, 2.0))
        ),
        "orders: min_lines at ('H', 'plastic_recycling', 'small') is above",
    ),
    "must open, then must close": (
        lambda d: replace(d, orders=order((*SMALL, 2025, 1.0, 2.0), (*SMALL, 2030, 0.0, 0.0))),
        "or an order of another period leaves",
    ),
    "shut, then must run": (
        lambda d: replace(
            standing(d), orders=order((*SMALL, 2025, 0.0, 0.0), (*SMALL, 2030, 1.0, 2.0))
        ),
        "or an order of another period leaves",
    ),
    "order for no hub": (
        lambda d: replace(d, orders=order(("H", "plastic_recycling", "huge", 2025, 1.0, 1.0))),
        "orders: ('H', 'plastic_recycling', 'huge') is no hub",
    ),
    "endless lines of a costly site": (
        lambda d: replace(with_column(d, "hubs", max_lines=INF), sites=site()),
        "hubs: max_lines at ('H', 'plastic_recycling', 'large')",
    ),
    "endless lines that stand": (
        lambda d: standing(d, max_lines=[2.0, INF]),
        "hubs: max_lines at ('H', 'plastic_recycling', 'small') is endless",
    ),
    "half a line stands": (
        lambda d: standing(d, may_close=[0.0, 0.5]),
        "hubs: stands or may_close at ('H', 'plastic_recycling', 'small') is neither 0 nor 1",
    ),
    "standing lines beyond the plot": (
        lambda d: replace(standing(d, land_m2=300.0), sites=site(plot_m2=500.0)),
        "sites: lines that stand at H need more land than its plot_m2",
    ),
    "technology apart from itself": (
        lambda d: replace(
            d, incompatible=names_of("incompatible", ("plastic_recycling", "plastic_recycling"))
        ),
        "incompatible: plastic_recycling cannot be apart from itself",
    ),
    "limit upside down": (
        lambda d: replace(d, limits=rows_of("limits", ("kgco2e", 2030, 5.0, 4.0))),
        "limits: at_least of ('kgco2e', 2030) is above at_most",
    ),
    "limit beyond any amount": (
        lambda d: replace(d, horizon_limits=rows_of("horizon_limits", ("jobs", INF, INF))),
        "horizon_limits: at_least of jobs is above at_most, or beyond any amount",
    ),
    "hard contract above demand": (
        lambda d: with_column(d, "sinks", contracted_t=50.0, demand_t=20.0),
        "sinks: contracted_t at ('J', 'recycled_pellet', 2025)",
    ),
    "salvage of some periods": (
        lambda d: replace(d, salvage=rows_of("salvage", ("plastic_recycling", 2025, 0.5))),
        "salvage: plastic_recycling lack a period",
    ),
    "salvage at no discount factor": (
        lambda d: replace(
            with_column(d, "periods", discount_yr=[5.0, 0.0]),
            salvage=rows_of("salvage", *(("plastic_recycling", t, 0.5) for t in (2025, 2030))),
        ),
        "periods: discount_yr is 0, but salvage is paid at it",
    ),
    "tariff of some periods": (
        lambda d: replace(d, energy=rows_of("energy", ("shikoku", 2025, 20.0, 3.0, 0.4, 0.05))),
        "energy: shikoku lack a period",
    ),
    "counted now and not then": (
        lambda d: with_column(d, "supply", counts_to_target=[1.0, 0.0, 1.0, 1.0]),
        "supply: counts_to_target of ('A', 'waste_plastic') differs between periods",
    ),
    "no way out": (
        lambda d: replace(d, baseline=d.baseline.drop("A"), arcs=d.arcs.drop("A", level="origin")),
        "supply: ('A', 'waste_plastic') has no way out: no arc and no baseline",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_leaves_no_plan_is_refused(toy: Instance, name: str) -> None:
    change, expected = FAULTS[name]
    with pytest.raises(InstanceError) as error:
        change(toy)
    assert expected in str(error.value)


def test_fee_for_supply_without_a_baseline_is_refused(toy: Instance) -> None:
    sinks = toy.sinks.rename(index={"recycled_pellet": "waste_plastic"}).assign(
        price_jpy_per_t=-1.0
    )
    with pytest.raises(InstanceError, match="sinks: a fee is asked for waste_plastic, which has"):
        replace(toy, sinks=pd.concat([toy.sinks, sinks]), baseline=toy.baseline.drop("A"))


UNKNOWN = [
    ("sites", "site"), ("regions", "node"), ("energy", "period"), ("salvage", "asset"),
    ("salvage", "period"), ("regional_targets", "region"), ("regional_targets", "commodity"),
    ("regional_targets", "period"), ("budgets", "period"), ("counted", "count"),
    ("counted", "site"), ("counted", "technology"), ("incompatible", "technology"),
    ("incompatible", "other"), ("orders", "period"), ("site_shares", "commodity"),
    ("site_shares", "period"), ("disposal_limits", "commodity"), ("disposal_limits", "period"),
    ("limits", "quantity"), ("limits", "period"), ("horizon_limits", "quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "level"), UNKNOWN)
def test_unknown_name_in_a_new_table_is_reported(toy: Instance, table: str, level: str) -> None:
    data = filled(toy)
    old = getattr(data, table).reset_index()
    odd = 2031 if level == "period" else "elsewhere"
    new = old.assign(**{level: [odd, *old[level].iloc[1:]]})
    with pytest.raises(InstanceError, match=f"{table}: {level} {odd} is unknown"):
        replace(data, **{table: new.set_index(list(getattr(data, table).index.names))})


def test_all_of_these_faults_are_in_one_message(toy: Instance) -> None:
    with pytest.raises(InstanceError) as error:
        replace(
            toy,
            limits=rows_of("limits", ("kgco2e", 2030, 5.0, 4.0)),
            orders=order((*SMALL, 2025, 3.0, INF)),
            budgets=rows_of("budgets", (2031, 1.0)),
            sinks=toy.sinks.assign(contracted_t=2_000.0),
        )
    message = str(error.value)
    for name in ("limits: at_least", "orders: min_lines", "budgets: period", "sinks: contracted_t"):
        assert name in message


def test_source_may_lie_in_two_regions_with_tariffs(toy: Instance) -> None:
    rows = (("R", 2025), ("R", 2030), ("Q", 2025), ("Q", 2030))
    both = replace(
        toy,
        regions=names_of("regions", ("R", "A"), ("Q", "A"), ("R", "H")),
        energy=rows_of("energy", *((*row, 20.0, 3.0, 0.4, 0.05) for row in rows)),
    )
    assert len(both.regions) == 3


def test_lines_shut_by_an_order_stay_shut_and_the_rest_run_on(toy: Instance) -> None:
    cut = replace(standing(toy), orders=order((*SMALL, 2025, 0.0, 1.0)))
    m = build_model(cut)
    assert [m.run_hub[(*SMALL, t)].bounds for t in (2025, 2030)] == [(1, 1), (1, 2)]
    row = m.closed_hub_stays_closed[(*SMALL, 2030)]
    m.run_hub[(*SMALL, 2025)].set_value(1)
    m.run_hub[(*SMALL, 2030)].set_value(2)
    assert row.uslack() < 0 or row.lslack() < 0


def test_endless_lines_are_fine_where_nothing_counts_them(toy: Instance) -> None:
    free = with_column(toy, "hubs", max_lines=np.inf)
    assert build_model(free).run_hub[(*LARGE, 2030)].ub is None
