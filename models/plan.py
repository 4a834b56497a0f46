"""The decisions of one study as tidy tables, with what they cost and how good they provably are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import pandas as pd
import pyomo.environ as pyo

from models.instance import Instance

COST_PARTS = {
    "opening": "facility",
    "running": "facility",
    "baseline": "collection",
    "acquisition": "collection",
    "shortfall": "collection",
    "handling": "conversion",
    "disposal": "conversion",
    "transport": "transport",
    "services": "services",
    "market": "market",
    "emissions": "emissions",
}
"""Each part of the cost, an expression ``<part>_cost`` of the model, and the block that owns it."""

KGCO2E_PARTS = ("baseline", "conversion", "disposal", "transport", "market")

SERVICE_COLUMNS = ("running", "capacity_t", "carried_t", "cost_jpy")

BERTH_COLUMNS = ("handled_t", "capacity_t_per_yr")

ONE_YEN = 1.0
"""A plan and a bound nearer than this are the same [JPY]."""

ROUNDING = 1e-9
"""A gap this much over the tolerance is the tolerance [-]."""

NOISE_T = 1e-7
"""Amounts below this are the solver's rounding and are read as nothing [t/yr]."""


@dataclass(frozen=True)
class Plan:
    """What is built, carried and collected; every table has its index set and sorted.

    Attributes
    ----------
    status : str
        ``optimal`` (gap within the study's tolerance) or ``limit`` (stopped by the time limit).
    objective_jpy, bound_jpy : float
        Present value of the plan, and a proven lower limit for every plan of the instance [JPY].
    hubs : (site, technology, size, period)
        lines, opened_lines, capacity_t, throughput_t [t/yr], opening_jpy (one-off, that period).
    flows : (origin, destination, mode, commodity, period)
        flow_t [t/yr], distance_km, hours, tkm [tkm/yr], cost_jpy [JPY/yr], kgco2e [kgCO2e/yr].
    sources : (source, commodity, period)
        supply_t, collected_t, uncollected_t [t/yr].
    sinks : (sink, commodity, period)
        inflow_t, demand_t [t/yr], sales_jpy [JPY/yr].
    disposals : (site, commodity, period)
        disposal_t [t/yr].
    targets : (commodity, period)
        supply_t, collected_t, shortfall_t [t/yr], min_collected_share, collected_share,
        fee_jpy_per_t: what a tonne collected must be paid on top for the market to reach the
        target, capacity cost included (dual of the target in the relaxation) [JPY/t].
    services : (service, period)
        running (1 or 0), capacity_t, carried_t (both of hold) [t/yr], cost_jpy [JPY/yr]; a row
        for every service and period.
    berths : (port, period)
        handled_t, capacity_t_per_yr [t/yr]; a row for every port and period.
    costs : (block, part, period)
        cost_jpy_per_yr (that period), present_value_jpy; the latter sum to ``objective_jpy``.
    kgco2e : (part, period)
        kgco2e_per_yr.
    bounds : (commodities)
        One row per independent part of the instance: objective_jpy, bound_jpy, gap, arcs,
        core_arcs, solve_s.
    multipliers : (part, law, index)
        dual_jpy: the multiplier of each constraint of the relaxation behind the bound, the
        certificate's content; ``index`` is the constraint's index, joined by ``|``.
    known_jpy : tuple of float
        What each plan that the search started from would cost here: its hubs, with flows chosen
        anew [JPY].
    """

    status: str
    objective_jpy: float
    bound_jpy: float
    hubs: pd.DataFrame
    flows: pd.DataFrame
    sources: pd.DataFrame
    sinks: pd.DataFrame
    disposals: pd.DataFrame
    targets: pd.DataFrame
    costs: pd.DataFrame
    kgco2e: pd.DataFrame
    bounds: pd.DataFrame
    services: pd.DataFrame = field(default_factory=lambda: _no_rows(SERVICE_COLUMNS, "service"))
    berths: pd.DataFrame = field(default_factory=lambda: _no_rows(BERTH_COLUMNS, "port"))
    multipliers: pd.DataFrame = field(default_factory=pd.DataFrame)
    known_jpy: tuple[float, ...] = ()

    @property
    def gap(self) -> float:
        """Return how far the plan is from the bound, relative to the plan [-]."""
        return gap(self.objective_jpy, self.bound_jpy)


def gap(objective_jpy: float, bound_jpy: float) -> float:
    """Return (objective - bound) / |objective|; 0 when they meet to the yen.

    Infinite for a plan that costs nothing while its bound is lower.
    """
    distance = objective_jpy - bound_jpy
    if distance < ONE_YEN:
        return 0.0
    return distance / abs(objective_jpy) if objective_jpy else math.inf


def merged(plans: Sequence[Plan], tolerance: float) -> Plan:
    """Return one plan of independent parts: tables joined, costs and bounds added.

    Its status is that of the sums: within `tolerance` or stopped by a limit.
    """
    tables = {f.name: [getattr(p, f.name) for p in plans] for f in fields(Plan)[3:-1]}
    joined = {name: pd.concat(parts).sort_index() for name, parts in tables.items()}
    for name in ("costs", "kgco2e", "flows", "sinks", "disposals"):
        joined[name] = added(joined[name])
    objective_jpy = sum(p.objective_jpy for p in plans)
    bound_jpy = sum(p.bound_jpy for p in plans)
    status = status_of(objective_jpy, bound_jpy, tolerance)
    known_jpy = tuple(map(sum, zip(*(p.known_jpy for p in plans), strict=True)))
    return Plan(status, objective_jpy, bound_jpy, **joined, known_jpy=known_jpy)


def added(table: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with rows of one index added: a by-product may come from several parts."""
    if not table.index.has_duplicates:
        return table
    same = dict.fromkeys(("distance_km", "hours", "demand_t"), "first")
    how = {column: same.get(column, "sum") for column in table.columns}
    return table.groupby(level=table.index.names).agg(how)


def status_of(objective_jpy: float, bound_jpy: float, tolerance: float) -> str:
    """Return ``optimal`` if the gap is within `tolerance`, else ``limit``."""
    return "optimal" if gap(objective_jpy, bound_jpy) <= tolerance + ROUNDING else "limit"


def read_plan(m: pyo.ConcreteModel, data: Instance, proof: pd.DataFrame, fees: pd.Series) -> Plan:
    """Return the plan that the variables of `m` hold.

    Parameters
    ----------
    proof : one row as in ``Plan.bounds``
        Its ``objective_jpy`` is replaced by the cost of the plan as read.
    fees : (commodity, period)
        Fee per tonne that makes the market reach the target [JPY/t].
    """
    costs = _costs(m, data)
    objective_jpy = float(costs["present_value_jpy"].sum())
    bound_jpy = min(float(proof["bound_jpy"].iloc[0]), objective_jpy)
    proof = proof.assign(
        objective_jpy=objective_jpy, bound_jpy=bound_jpy, gap=gap(objective_jpy, bound_jpy)
    )
    return Plan(
        status=str(proof["status"].iloc[0]),
        objective_jpy=objective_jpy,
        bound_jpy=bound_jpy,
        hubs=_hubs(m, data),
        flows=_flows(m, data),
        sources=_sources(m, data),
        sinks=_sinks(m, data),
        disposals=_values(m.disposal, ["site", "commodity", "period"]).to_frame("disposal_t"),
        targets=_targets(m, data, fees),
        costs=costs,
        kgco2e=_kgco2e(m),
        bounds=proof,
        services=_services(m, data),
        berths=_berths(m, data),
    )


def _no_rows(columns: tuple[str, ...], name: str) -> pd.DataFrame:
    """Return a table with no row of `name` and period."""
    return pd.DataFrame(index=_empty([name, "period"]), columns=list(columns), dtype=float)


def _values(variable: pyo.Var, levels: list[str]) -> pd.Series:
    """Return the positive values of `variable` as a sorted series with index `levels`."""
    found = {i: v.value for i, v in variable.items() if v.value is not None and v.value > NOISE_T}
    index = pd.MultiIndex.from_tuples(found, names=levels) if found else _empty(levels)
    return pd.Series(list(found.values()), index=index, dtype=float).sort_index()


def _empty(levels: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([[] for _ in levels], names=levels)


def _costs(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    discount_yr = data.periods["discount_yr"]
    rows = [
        (block, part, t, cost := pyo.value(m.component(f"{part}_cost")[t]), cost * discount_yr[t])
        for part, block in COST_PARTS.items()
        for t in m.PERIODS
    ]
    columns = ["block", "part", "period", "cost_jpy_per_yr", "present_value_jpy"]
    return pd.DataFrame(rows, columns=columns).set_index(columns[:3]).sort_index()


def _kgco2e(m: pyo.ConcreteModel) -> pd.DataFrame:
    rows = [
        (part, t, pyo.value(m.component(f"kgco2e_{part}")[t]))
        for part in KGCO2E_PARTS
        for t in m.PERIODS
    ]
    columns = ["part", "period", "kgco2e_per_yr"]
    return pd.DataFrame(rows, columns=columns).set_index(columns[:2]).sort_index()


def _hubs(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    levels = ["site", "technology", "size", "period"]
    lines = _values(m.run_hub, levels).round()
    earlier = lines.groupby(level=levels[:3]).shift(fill_value=0.0)
    hub = lines.index.droplevel("period")
    table = pd.DataFrame(
        {"lines": lines.astype(int), "opened_lines": (lines - earlier).astype(int)}
    )
    table["capacity_t"] = lines * data.hubs["capacity_t"].reindex(hub).to_numpy()
    treated = _values(m.throughput, levels)
    table["throughput_t"] = treated.reindex(table.index, fill_value=0.0)
    table["opening_jpy"] = table["opened_lines"] * data.hubs["opening_jpy"].reindex(hub).to_numpy()
    return table


def _flows(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    flow_t = _values(m.flow, ["origin", "destination", "mode", "commodity", "period"])
    arcs = data.arcs.reindex(flow_t.index.droplevel("period")).set_index(flow_t.index)
    table = flow_t.to_frame("flow_t").join(arcs[["distance_km", "hours"]])
    table["tkm"] = flow_t * arcs["distance_km"]
    table["cost_jpy"] = flow_t * arcs["cost_jpy_per_t"]
    table["kgco2e"] = flow_t * arcs["kgco2e_per_t"]
    return table


def _sources(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    left = _values(m.uncollected, ["source", "commodity", "period"])
    table = data.supply[["supply_t"]].sort_index()
    table["uncollected_t"] = left.reindex(table.index, fill_value=0.0)
    table["collected_t"] = table["supply_t"] - table["uncollected_t"]
    return table


def _sinks(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    inflow = pd.Series(
        {(j, k, t): pyo.value(m.inflow[j, k, t]) for j, k in m.DEMANDS for t in m.PERIODS},
        dtype=float,
    )
    table = data.sinks[["demand_t"]].sort_index()
    table["inflow_t"] = inflow.reindex(table.index, fill_value=0.0) if len(inflow) else 0.0
    table["sales_jpy"] = table["inflow_t"] * data.sinks["price_jpy_per_t"].reindex(table.index)
    return table[table["inflow_t"] > NOISE_T]


def _targets(m: pyo.ConcreteModel, data: Instance, fees: pd.Series) -> pd.DataFrame:
    sums = _sources(m, data).groupby(level=["commodity", "period"]).sum()
    table = data.targets[["min_collected_share"]].join(sums[["supply_t", "collected_t"]])
    table["collected_share"] = table["collected_t"] / table["supply_t"]
    missing = _values(m.shortfall, ["commodity", "period"])
    table["shortfall_t"] = missing.reindex(table.index, fill_value=0.0)
    table["fee_jpy_per_t"] = fees.reindex(table.index, fill_value=0.0)
    return table.sort_index()


def _services(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    capacity_t, cost_jpy = data.services["capacity_t"], data.services["yearly_cost_jpy"]
    rows = []
    for v, t in m.run_service:
        running = round(pyo.value(m.run_service[v, t]))
        carried_t = pyo.value(m.loaded[v, t])
        rows.append((v, t, running, running * capacity_t[v], carried_t, running * cost_jpy[v]))
    return _rows(rows, SERVICE_COLUMNS, "service")


def _berths(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    limit_t = data.berths["capacity_t_per_yr"]
    rows = [(p, t, pyo.value(m.handled[p, t]), limit_t[p]) for p in m.BERTHS for t in m.PERIODS]
    return _rows(rows, BERTH_COLUMNS, "port")


def _rows(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...], name: str) -> pd.DataFrame:
    if not rows:
        return _no_rows(columns, name)
    table = pd.DataFrame(rows, columns=[name, "period", *columns])
    return table.set_index([name, "period"]).astype(float).sort_index()
