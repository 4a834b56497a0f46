"""Reading rows off a Pyomo model, and variants of an instance."""

from dataclasses import replace
from typing import Any

import pandas as pd
from pyomo.repn import generate_standard_repn

from models import Instance, Plan
from models.spec import TABLES


def coefficients(expression: Any) -> dict[str, float]:
    """Return the coefficient of each variable of a linear expression; zeros are left out."""
    row = generate_standard_repn(expression)
    assert row.is_linear()
    pairs = zip(row.linear_vars, row.linear_coefs, strict=True)
    return {variable.name: coefficient for variable, coefficient in pairs if coefficient}


def constant(expression: Any) -> float:
    """Return what a linear expression is worth when every variable is zero."""
    return float(generate_standard_repn(expression).constant)


def limits(constraint: Any) -> tuple[float | None, float | None]:
    """Return what a row may be at least and at most."""
    return constraint.lb, constraint.ub


def with_column(data: Instance, name: str, **columns: Any) -> Instance:
    """Return `data` with whole columns of the table `name` set to new values."""
    return replace(data, **{name: getattr(data, name).assign(**columns)})


def without_rows(data: Instance, name: str) -> Instance:
    """Return `data` with the table `name` empty."""
    return replace(data, **{name: getattr(data, name).iloc[:0]})


SHIP = "ship:S"


def with_ship(
    data: Instance,
    mode: str = SHIP,
    yearly_cost_jpy: float = 200_000,
    capacity_t: float = 100,
    min_lot_t: float = 0,
    hold_t_per_t: float = 1,
) -> Instance:
    """Return the toy with an arc from B to H at 2,000 JPY/t, 6,000 less than by truck.

    The arc is of `mode`; if that is the service, the service has the numbers given.
    """
    arc = data.arcs.xs("B", level="origin", drop_level=False).rename(index={"truck": mode})
    tables = {"arcs": pd.concat([data.arcs, arc.assign(cost_jpy_per_t=2_000)])}
    if mode == SHIP:
        numbers = {"yearly_cost_jpy": yearly_cost_jpy, "capacity_t": capacity_t}
        services = pd.DataFrame(numbers | {"min_lot_t": min_lot_t}, index=pd.Index([SHIP]))
        tables["services"] = services.rename_axis("service")
        pair = pd.MultiIndex.from_tuples([(SHIP, "waste_plastic")], names=["service", "commodity"])
        tables["stowage"] = pd.DataFrame({"hold_t_per_t": float(hold_t_per_t)}, index=pair)
    return replace(data, **tables)


def with_port(
    data: Instance, mode: str, capacity_t_per_yr: float, handled_t_per_t: float = 1
) -> Instance:
    """Return `data` where the arc from B to H of `mode` calls at the port P."""
    call = ("P", "B", "H", mode, "waste_plastic")
    names = ["port", "origin", "destination", "mode", "commodity"]
    handled = {"handled_t_per_t": float(handled_t_per_t)}
    return replace(
        data,
        berths=pd.DataFrame(
            {"capacity_t_per_yr": float(capacity_t_per_yr)}, index=pd.Index(["P"], name="port")
        ),
        calls=pd.DataFrame(handled, index=pd.MultiIndex.from_tuples([call], names=names)),
    )


def imbalance(plan: Plan, data: Instance) -> pd.Series:
    """Return what appears at each node, commodity and period, by the tables of the plan [t/yr]."""
    flow = plan.flows["flow_t"]
    net = (data.recipes["yield_t_per_t"] - data.recipes["input_t_per_t"]).rename("net")
    made = plan.hubs[["throughput_t"]].reset_index().merge(net.reset_index(), on="technology")
    made = made.set_index(["site", "commodity", "period"])
    parts = [
        at(plan.sources["supply_t"], "source"),
        -at(plan.sources["uncollected_t"], "source"),
        -at(flow, "origin"),
        at(flow, "destination"),
        at(made["throughput_t"] * made["net"], "site"),
        -at(plan.disposals["disposal_t"], "site"),
        -at(plan.sinks["inflow_t"], "sink"),
    ]
    return pd.concat(parts).groupby(level=["node", "commodity", "period"]).sum()


def at(amount: pd.Series, node: str) -> pd.Series:
    """Return `amount` summed by node, commodity and period."""
    total = amount.groupby(level=[node, "commodity", "period"]).sum()
    return total.rename_axis(["node", "commodity", "period"])


def rows_of(name: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    """Return `rows` as the table `name`: its index and then its columns, the last may lack."""
    spec = TABLES[name]
    wide = len(rows[0])
    columns = [*spec.index, *spec.columns][:wide]
    return pd.DataFrame(rows, columns=columns).set_index(list(spec.index))


PLANT = ("H", "plastic_recycling")
SMALL, LARGE = "H,plastic_recycling,small", "H,plastic_recycling,large"
