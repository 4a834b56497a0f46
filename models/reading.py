"""The decisions that a solved model holds, as the tables of a plan."""

import math
from collections.abc import Sequence

import pandas as pd
import pyomo.environ as pyo

from models.energy import energy_regions
from models.instance import Instance
from models.objective import OBJECTIVES
from models.plan import (
    BERTH_COLUMNS,
    CONTRACT_COLUMNS,
    COST_PARTS,
    KGCO2E_PARTS,
    NOISE_T,
    QUANTITY_TOTALS,
    REGIONAL_COLUMNS,
    SERVICE_COLUMNS,
    SITE_COLUMNS,
    Plan,
    gap,
    no_rows,
)


def read_plan(
    m: pyo.ConcreteModel,
    data: Instance,
    proof: pd.DataFrame,
    fees: pd.Series,
    objective: str = "cost",
) -> Plan:
    """Return the plan that the variables of `m` hold.

    Parameters
    ----------
    proof : one row as in ``Plan.bounds``
        Its ``objective_jpy`` is replaced by the cost of the plan as read; its ``bound_jpy`` is in
        the unit of the objective, to be minimised.
    fees : (commodity, period)
        Fee per tonne that makes the market reach the target [JPY/t].
    """
    costs = _costs(m, data)
    objective_jpy = float(costs["present_value_jpy"].sum())
    total, sign = OBJECTIVES[objective]
    value = objective_jpy if objective == "cost" else float(pyo.value(m.component(total)))
    bound = sign * min(float(proof["bound_jpy"].iloc[0]), sign * value)
    bound_jpy = bound if objective == "cost" else -math.inf
    proof = proof.assign(
        objective_jpy=objective_jpy, bound_jpy=bound_jpy, gap=gap(sign * value, sign * bound)
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
        sites=_sites(m, data),
        quantities=_quantities(m),
        regional_targets=_regional_targets(m, data),
        contracts=_contracts(m, data),
        objective=objective,
        objective_value=value,
        bound_value=bound,
    )


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
    lines = lines[lines > 0]
    earlier = lines.groupby(level=levels[:3]).shift(fill_value=0.0)
    of = data.hubs.reindex(lines.index.droplevel("period")).set_index(lines.index)
    opened = (lines - earlier).where(of["stands"] == 0, 0.0)
    treated = _values(m.throughput, levels).reindex(lines.index, fill_value=0.0)
    table = pd.DataFrame({"lines": lines.astype(int), "opened_lines": opened.astype(int)})
    table["capacity_t"] = lines * of["capacity_t"]
    table["throughput_t"] = treated
    table["opening_jpy"] = opened * of["opening_jpy"]
    table["stands"] = of["stands"].round().astype(int)
    for column, unit in (
        ("jobs", "jobs"),
        ("land_m2", "land_m2"),
        ("labour_jpy", "labour_jpy_per_yr"),
    ):
        table[column] = lines * of[unit]
    table["kwh"] = treated * of["kwh_per_t"]
    table["heat_mj"] = treated * of["heat_mj_per_t"]
    table["energy_jpy"] = _energy_jpy(table, data)
    return table


def _energy_jpy(hubs: pd.DataFrame, data: Instance) -> pd.Series:
    region = energy_regions(data)
    places = zip(
        hubs.index.get_level_values("site"), hubs.index.get_level_values("period"), strict=True
    )
    rows = pd.MultiIndex.from_tuples([(region.get(h, ""), t) for h, t in places], names=["r", "t"])
    tariff = data.energy[["power_jpy_per_kwh", "heat_jpy_per_mj"]].astype(float)
    at = tariff.reindex(rows).fillna(0.0).set_index(hubs.index)
    return hubs["kwh"] * at["power_jpy_per_kwh"] + hubs["heat_mj"] * at["heat_jpy_per_mj"]


def _sites(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    cost_jpy = data.sites["opening_jpy"]
    rows = []
    for h, t in m.use_site:
        opened = round(pyo.value(m.opened_site[h, t]))
        rows.append((h, t, round(pyo.value(m.use_site[h, t])), opened, opened * cost_jpy[h]))
    return _rows(rows, ("site",), SITE_COLUMNS)


def _quantities(m: pyo.ConcreteModel) -> pd.DataFrame:
    rows = [
        (quantity, t, pyo.value(m.component(name)[t]))
        for quantity, name in QUANTITY_TOTALS.items()
        for t in m.PERIODS
    ]
    return _rows(rows, ("quantity",), ("amount",))


def _regional_targets(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    share = data.regional_targets["min_collected_share"]
    rows = [
        (r, k, t, share[r, k, t], pyo.value(m.regional_shortfall[r, k, t]))
        for r, k, t in m.REGIONAL_TARGETS
    ]
    return _rows(rows, ("region", "commodity"), REGIONAL_COLUMNS)


def _contracts(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    contracted_t = data.sinks["contracted_t"]
    rows = [
        (
            j,
            k,
            t,
            contracted_t[j, k, t],
            pyo.value(m.inflow[j, k, t]) if (j, k) in m.DEMANDS else 0.0,
            pyo.value(m.contract_shortfall[j, k, t]),
        )
        for j, k, t in m.CONTRACTS
    ]
    return _rows(rows, ("sink", "commodity"), CONTRACT_COLUMNS)


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
    counts = data.supply["counts_to_target"].sort_index()
    sums = _sources(m, data).mul(counts, axis=0).groupby(level=["commodity", "period"]).sum()
    table = data.targets[["min_collected_share"]].join(sums[["supply_t", "collected_t"]])
    table["collected_share"] = (table["collected_t"] / table["supply_t"]).fillna(0.0)
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
    return _rows(rows, ("service",), SERVICE_COLUMNS)


def _berths(m: pyo.ConcreteModel, data: Instance) -> pd.DataFrame:
    limit_t = data.berths["capacity_t_per_yr"]
    rows = [(p, t, pyo.value(m.handled[p, t]), limit_t[p]) for p in m.BERTHS for t in m.PERIODS]
    return _rows(rows, ("port",), BERTH_COLUMNS)


def _rows(
    rows: Sequence[tuple[object, ...]], levels: tuple[str, ...], columns: tuple[str, ...]
) -> pd.DataFrame:
    if not rows:
        return no_rows(levels, columns)
    index = [*levels, "period"]
    table = pd.DataFrame(rows, columns=[*index, *columns])
    return table.set_index(index).astype(float).sort_index()
