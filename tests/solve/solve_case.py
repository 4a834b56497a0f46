"""Small random instances, and their optimum by another way than the one under test."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pyomo.environ as pyo

from models import Instance, build_model
from models.instance import TABLES
from siting.solve import Effort
from siting.solve.highs import Answer, relax, search
from siting.solve.matrix import JPY_PER_UNIT, Matrix, load, matrix, with_lines
from siting.solve.reduced.collect import cheapest_by, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import Small, shape_of, small_model
from siting.solve.reduced.weight import objective_weights

EXACT = Effort(gap=0, time_limit_s=60, arcs_per_source=99, clusters=999)
KINDS = ("plastic", "pv")
SHARED = "residue"
SIZES = {"small": 0.2, "large": 0.5}  # share of a year's supply that a line takes
MODES = ("rail", "truck")


@cache
def random_instance(seed: int, kinds: int = 1, residue_demand_t: float = np.inf) -> Instance:
    """Return 6 to 12 sources, 3 or 4 sites, 2 sizes and 2 or 3 periods, drawn from `seed`.

    Each of `kinds` technologies has its own waste and product, and all make the same residue,
    of which one of its sinks takes `residue_demand_t`.
    """
    rng = np.random.default_rng(seed)
    periods = [2025 + 5 * n for n in range(rng.integers(2, 4))]
    sources = [f"{n:05d}" for n in range(rng.integers(6, 13))]
    sites = [f"S{n}" for n in range(rng.integers(3, 5))]
    tables = [
        {
            "periods": period_table(rng, periods),
            "sinks": residue_sinks(rng, periods, residue_demand_t),
            "arcs": arc_table(rng, sites, ["J1", "J2"], SHARED, ["truck"]),
        },
        *(of_kind(rng, kind, periods, sources, sites) for kind in KINDS[:kinds]),
    ]
    parts = {name: [t[name] for t in tables if name in t] for name in TABLES}
    disposal = ["commodity", "disposal_jpy_per_t", "disposal_kgco2e_per_t"]
    parts["commodities"].append(indexed(disposal, [(SHARED, 20_000.0, 900.0)]))
    found = {name: pd.concat(frames).sort_index() for name, frames in parts.items() if frames}
    return Instance(**found)


def of_kind(
    rng: np.random.Generator,
    kind: str,
    periods: Sequence[int],
    sources: Sequence[str],
    sites: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """Return the rows of one technology, its waste, and its product with two sinks."""
    waste, product, technology = f"waste_{kind}", f"{kind}_product", f"{kind}_recycling"
    supply = full(sources, [waste], periods).map(lambda row: (*row, rng.uniform(50, 500)))
    total_t = sum(row[-1] for row in supply) / len(periods)
    product_sinks = full([f"J{kind}", f"K{kind}"], [product], periods)
    limits = {f"J{kind}": np.inf, f"K{kind}": 0.3 * total_t}
    rows = {
        "commodities": [(waste, 0.0, 0.0), (product, 15_000.0, 500.0)],
        "supply": [(*row, rng.uniform(0, 3_000)) for row in supply],
        "baseline": [(*row[:3], rng.uniform(10_000, 30_000), 1_000.0) for row in supply],
        "targets": [(waste, periods[-1], rng.uniform(0.5, 0.9), 80_000.0)],
        "recipes": [
            (technology, waste, 1.0, 0.0),
            (technology, product, 0.0, 0.75),
            (technology, SHARED, 0.0, 0.25),
        ],
        "hubs": [hub(rng, h, technology, s, total_t * SIZES[s]) for h in sites for s in SIZES],
        "sinks": [
            (*row, rng.uniform(5_000, 12_000), limits[row[0]], 1_200.0) for row in product_sinks
        ],
    }
    found = {name: indexed(list_columns(name), values) for name, values in rows.items()}
    found["arcs"] = pd.concat(
        [
            arc_table(rng, sources, sites, waste, MODES),
            arc_table(rng, sites, list(limits), product, MODES),
        ]
    )
    return found


def hub(
    rng: np.random.Generator, site: str, technology: str, size: str, capacity_t: float
) -> tuple[object, ...]:
    """Return a line that costs the less per tonne the larger it is."""
    opening_jpy = rng.uniform(0.8, 1.2) * 400_000 * capacity_t**0.8
    running_jpy = 0.05 * opening_jpy
    return (site, technology, size, capacity_t, 2.0, opening_jpy, 0.09, running_jpy,
            rng.uniform(4_000, 8_000), 300.0, 20.0)  # fmt: skip


def period_table(rng: np.random.Generator, periods: Sequence[int]) -> pd.DataFrame:
    """Return periods of five years with a carbon price that rises."""
    rows = [
        (t, 5.0, 4.5 * 0.85**n, 3_000.0 * n + rng.uniform(0, 3_000), 0.4 - 0.1 * n)
        for n, t in enumerate(periods)
    ]
    return indexed(list_columns("periods"), rows)


def residue_sinks(
    rng: np.random.Generator, periods: Sequence[int], demand_t: float
) -> pd.DataFrame:
    """Return two sinks that take residue for a fee, the first up to `demand_t`."""
    limits = {"J1": demand_t, "J2": np.inf}
    rows = [
        (*row, -rng.uniform(5_000, 12_000), limits[row[0]], 0.0)
        for row in full(["J1", "J2"], [SHARED], periods)
    ]
    return indexed(list_columns("sinks"), rows)


def arc_table(
    rng: np.random.Generator,
    origins: Sequence[str],
    destinations: Sequence[str],
    commodity: str,
    modes: Sequence[str],
) -> pd.DataFrame:
    """Return an arc of each mode for each pair, at a price that grows with its distance."""
    rows = []
    for o, d, v, k in full(origins, destinations, modes, [commodity]):
        km = rng.uniform(10, 400)
        rows.append((o, d, v, k, km, km / 50, 1_500 + 40 * km * rng.uniform(0.8, 1.2), 0.1 * km))
    return indexed(list_columns("arcs"), rows)


@cache
def shared_instance(seed: int, kinds: int = 1) -> Instance:
    """Return a random instance with two services, least lots, stowage and a limited port.

    Half of the sources and all sites have arcs on a service, cheaper than the others; every
    second arc of one of the services calls at the port, and so do some that ride no service.
    """
    data, rng = random_instance(seed, kinds), np.random.default_rng(1000 + seed)
    supply_t = data.supply["supply_t"].groupby(level="period").sum().mean()
    lots = {"rail:R": (0.3, 0.2), "ship:S": (0.5, 0.25)}
    services = [
        (name, rng.uniform(200, 3_000) * supply_t * hold, supply_t * hold, supply_t * lot)
        for name, (hold, lot) in lots.items()
    ]
    trucks = data.arcs.xs("truck", level="mode", drop_level=False)
    early = trucks.index.get_level_values("origin").isin(
        [*data.supply.index.unique("source")[::2], *data.hubs.index.unique("site")]
    )
    rides = [trucks[early].rename(index={"truck": name}, level="mode") for name in lots]
    rides = [
        r.assign(cost_jpy_per_t=r["cost_jpy_per_t"] * rng.uniform(0.1, 1.1, len(r))) for r in rides
    ]
    calling = [
        *rides[1].index[::2],
        *data.arcs.xs("rail", level="mode", drop_level=False).index[::3],
    ]
    calls = [("P", *arc, rng.choice([1.0, 2.0])) for arc in calling]
    stowage = [("ship:S", commodity, 1.7) for commodity in data.commodities.index[::2]]
    return replace(
        data,
        arcs=pd.concat([data.arcs, *rides]).sort_index(),
        services=indexed(list_columns("services"), services),
        stowage=indexed(list_columns("stowage"), stowage),
        berths=indexed(list_columns("berths"), [("P", 0.4 * supply_t)]),
        calls=indexed(list_columns("calls"), calls).sort_index(),
    )


@cache
def crowded_instance(seed: int) -> Instance:
    """Return three blocks that trade, with land for one line at each site."""
    data = trading_instance(seed)
    return replace(
        data, hubs=data.hubs.assign(land_m2=1000.0), sites=data.sites.assign(plot_m2=1000.0)
    )


def trading_instance(seed: int) -> Instance:
    """Return a random instance of three blocks that share costly sites, plots and a sink.

    Two make residue, a third takes it beside the residue that arises at sources of its own.
    """
    data, rng = random_instance(seed, kinds=2), np.random.default_rng(2000 + seed)
    periods, sites = list(data.periods.index), list(data.hubs.index.unique("site"))
    sources = list(data.supply.index.unique("source"))[::2]
    supply = [(*row, rng.uniform(20, 200), 500.0) for row in full(sources, [SHARED], periods)]
    total_t = sum(row[-2] for row in supply) / len(periods)
    technology, product = "residue_burning", "ash"
    rows = {
        "commodities": [(product, 12_000.0, 0.0)],
        "supply": supply,
        "baseline": [(*row[:3], rng.uniform(15_000, 40_000), 400.0) for row in supply],
        "targets": [(SHARED, periods[-1], 0.4, 60_000.0)],
        "recipes": [(technology, SHARED, 1.0, 0.0), (technology, product, 0.0, 1.0)],
        "hubs": [hub(rng, h, technology, s, total_t * SIZES[s]) for h in sites for s in SIZES],
        "sinks": [(*row, -3_000.0, np.inf, 0.0) for row in full(["J1"], [product], periods)],
        "sites": [(h, rng.uniform(1e6, 5e7), 0.06, 2_500.0) for h in sites],
    }
    new = {name: indexed(list_columns(name), values) for name, values in rows.items()
           if name != "sites"}  # fmt: skip
    columns = ["site", "opening_jpy", "annuity_per_yr", "plot_m2"]
    new["sites"] = indexed(columns, rows["sites"])
    ends = [(sources, sites, SHARED), (sites, ["J1"], product)]
    ends += [([h], [other for other in sites if other != h], SHARED) for h in sites]
    arcs = [arc_table(rng, *lane, ["truck"]) for lane in ends]
    new["arcs"] = pd.concat(arcs)
    land = data.hubs.assign(land_m2=600.0)
    old = {name: getattr(data, name) for name in TABLES} | {"hubs": land}
    new["hubs"] = new["hubs"].assign(land_m2=500.0)
    tables = {
        name: pd.concat([old[name], new[name]]).fillna(0.0).sort_index()
        if name in new and len(old[name])
        else new.get(name, old[name])
        for name in TABLES
    }
    return Instance(**tables)


def reselling_instance(seed: int) -> Instance:
    """Return a trading instance where a fourth block takes ash, and sells what it makes of it.

    So the block that burns residue buys from two and sells to one.
    """
    data, rng = trading_instance(seed), np.random.default_rng(3000 + seed)
    periods, sites = list(data.periods.index), list(data.hubs.index.unique("site"))
    sources = list(data.supply.index.unique("source"))[1::2]
    supply = [(*row, rng.uniform(5, 50), 500.0) for row in full(sources, ["ash"], periods)]
    total_t = 3 * sum(row[-2] for row in supply) / len(periods)
    technology, product = "ash_washing", "aggregate"
    rows = {
        "commodities": [(product, 12_000.0, 0.0)],
        "supply": supply,
        "baseline": [(*row[:3], rng.uniform(15_000, 40_000), 400.0) for row in supply],
        "recipes": [(technology, "ash", 1.0, 0.0), (technology, product, 0.0, 1.0)],
        "hubs": [hub(rng, h, technology, s, total_t * SIZES[s]) for h in sites for s in SIZES],
        "sinks": [(*row, 60_000.0, np.inf, 0.0) for row in full(["J1"], [product], periods)],
    }
    new = {name: indexed(list_columns(name), values) for name, values in rows.items()}
    new["hubs"] = new["hubs"].assign(land_m2=100.0)
    ends = [(sources, sites, "ash"), (sites, ["J1"], product)]
    ends += [([h], [other for other in sites if other != h], "ash") for h in sites]
    new["arcs"] = pd.concat([arc_table(rng, *lane, ["truck"]) for lane in ends])
    tables = {
        name: pd.concat([getattr(data, name), table]).fillna(0.0).sort_index()
        for name, table in new.items()
    }
    return replace(data, **tables)


def full(*levels: Sequence[object]) -> pd.Index:
    """Return every combination of `levels`."""
    return pd.MultiIndex.from_product(levels).to_flat_index()


def list_columns(name: str) -> list[str]:
    """Return the index levels and columns of a table."""
    spec = TABLES[name]
    return [*spec.index, *(column for column in spec.columns if column not in spec.defaults)]


def indexed(columns: list[str], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Return `rows` as a table with its index set."""
    levels = [c for c in columns if c in {level for t in TABLES.values() for level in t.index}]
    return pd.DataFrame(list(rows), columns=columns).set_index(levels)


def best(form: Matrix) -> Answer:
    """Return the optimum over whole lines, searched from no line at all."""
    start = relax(with_lines(form, np.zeros(len(form.columns))))
    return search(form, start.x, 0, 60, lambda *_: None)


def optimum_jpy(data: Instance) -> float:
    """Return the optimum of the whole model: no parts, no arcs left out, nothing merged."""
    return best(matrix(build_model(data))).objective * JPY_PER_UNIT


def without_site(data: Instance, site: str) -> Instance:
    """Return `data` without one candidate site and its arcs."""
    ends = [data.arcs.index.get_level_values(level) for level in ("origin", "destination")]
    hubs = data.hubs[data.hubs.index.get_level_values("site") != site]
    return replace(data, hubs=hubs, arcs=data.arcs[(ends[0] != site) & (ends[1] != site)])


def emitting_less(data: Instance, *, by_period: bool) -> Instance:
    """Return `data` where emissions must be nearer to the least than to those of the cheapest."""
    totals = []
    for objective in ("cost", "kgco2e"):
        m = build_model(data, objective)
        form = matrix(m, objective)
        load(form, relax(form).x)
        totals.append([pyo.value(m.kgco2e[t]) for t in m.PERIODS])
    middle = 0.3 * np.array(totals[0]) + 0.7 * np.array(totals[1])
    if by_period:
        rows = [
            ("kgco2e", t, -np.inf, most) for t, most in zip(data.periods.index, middle, strict=True)
        ]
        limits = pd.DataFrame(rows, columns=["quantity", "period", "at_least", "at_most"])
        return replace(data, limits=limits.set_index(["quantity", "period"]))
    total = float((middle * data.periods["years"]).sum())
    limits = pd.DataFrame({"at_most": [total]}, index=pd.Index(["kgco2e"], name="quantity"))
    return replace(data, horizon_limits=limits)


def small(data: Instance, count: int, per_cluster: int, objective: str = "cost") -> Small:
    """Return the model of at most `count` clusters with their `per_cluster` best lanes."""
    found = collection(data)
    carried = objective_weights(data, objective).of(found.carried)
    regret = carried - cheapest_by(found.pair, carried, len(found.pairs))[found.pair]
    shape = shape_of(found, clusters(found, regret, count), regret, per_cluster)
    return small_model(data, found, shape, objective)
