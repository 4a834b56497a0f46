"""The decisions of one study as tidy tables, with what they cost and how good they provably are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

import pandas as pd

from models.objective import OBJECTIVES

COST_PARTS = {
    "opening": "facility",
    "running": "facility",
    "site_opening": "site",
    "labour": "labour",
    "baseline": "collection",
    "acquisition": "collection",
    "shortfall": "collection",
    "handling": "conversion",
    "disposal": "conversion",
    "energy": "energy",
    "transport": "transport",
    "services": "services",
    "market": "market",
    "contract": "market",
    "emissions": "emissions",
}
"""Each part of the cost, an expression ``<part>_cost`` of the model, and the block that owns it."""

KGCO2E_PARTS = ("baseline", "conversion", "disposal", "transport", "market")

QUANTITY_TOTALS = {
    "cost_jpy": "yearly_cost",
    "kgco2e": "kgco2e",
    "virgin_material_avoided_t": "virgin_material_avoided_t",
    "jobs": "jobs",
}
"""Quantity of a plan to the expression of the model that is its amount in a year."""

SERVICE_COLUMNS = ("running", "capacity_t", "carried_t", "cost_jpy")

BERTH_COLUMNS = ("handled_t", "capacity_t_per_yr")

SITE_COLUMNS = ("used", "opened", "opening_jpy")

REGIONAL_COLUMNS = ("min_collected_share", "shortfall_t")

CONTRACT_COLUMNS = ("contracted_t", "inflow_t", "shortfall_t")


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
        Where another objective than cost decides, the bound is minus infinity.
    objective : str
        What decided: ``cost``, ``kgco2e``, ``virgin_material_avoided_t`` or ``jobs``.
    objective_value, bound_value : float
        The total that decided and its proven limit, in its own unit; more is better for the last
        two. For cost they are objective_jpy and bound_jpy.
    hubs : (site, technology, size, period)
        lines, opened_lines, capacity_t, throughput_t [t/yr], opening_jpy (one-off, that period),
        stands (1 if it stood at the start), jobs [persons], land_m2, and by the year labour_jpy,
        kwh, heat_mj, energy_jpy.
    sites : (site, period)
        Sites with an opening cost of their own: used, opened (1 or 0), opening_jpy (one-off).
    quantities : (quantity, period)
        amount by the year: cost_jpy, kgco2e, virgin_material_avoided_t, jobs.
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
    regional_targets : (region, commodity, period)
        min_collected_share, shortfall_t [t/yr].
    contracts : (sink, commodity, period)
        contracted_t, inflow_t, shortfall_t [t/yr].
    prices : (kind, node, item, period)
        price_jpy_per_t at the margin, given the open hubs: of a material at a ``sink``, of waste at
        a ``source`` (negative is a gate fee), of capacity at a ``hub`` (item technology|size).
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
        core_arcs, rests_on (``certificate`` where the multipliers prove the bound, ``search`` where
        it is what HiGHS says of its search), certified_value (what the multipliers prove, in the
        unit of the objective).
    multipliers : (part, law, index)
        dual_jpy: the multipliers behind the bound, the certificate's content: what the least cost
        rises by with a unit more on the right side of the law, for a site's balance with a tonne
        less there. ``index`` is the law's index, joined by ``|``. They are those of the relaxation,
        or, where that proves more, the prices at which every site plans for itself in whole lines:
        then the price of every source is there (``all_supply_is_placed``), none of what a site
        keeps by itself, and those of two laws that follow from the others, ``made_is_placed``
        (site|commodity|period) and ``lines_suffice`` (commodity|unit|period).
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
    services: pd.DataFrame = field(default_factory=lambda: no_rows(("service",), SERVICE_COLUMNS))
    berths: pd.DataFrame = field(default_factory=lambda: no_rows(("port",), BERTH_COLUMNS))
    sites: pd.DataFrame = field(default_factory=lambda: no_rows(("site",), SITE_COLUMNS))
    quantities: pd.DataFrame = field(default_factory=lambda: no_rows(("quantity",), ("amount",)))
    regional_targets: pd.DataFrame = field(
        default_factory=lambda: no_rows(("region", "commodity"), REGIONAL_COLUMNS)
    )
    contracts: pd.DataFrame = field(
        default_factory=lambda: no_rows(("sink", "commodity"), CONTRACT_COLUMNS)
    )
    prices: pd.DataFrame = field(
        default_factory=lambda: no_rows(("kind", "node", "item"), ("price_jpy_per_t",))
    )
    multipliers: pd.DataFrame = field(default_factory=pd.DataFrame)
    known_jpy: tuple[float, ...] = ()
    objective: str = "cost"
    objective_value: float = math.nan
    bound_value: float = math.nan

    def __post_init__(self) -> None:
        """Give the objective its value where it is cost."""
        if self.objective == "cost":
            object.__setattr__(self, "objective_value", self.objective_jpy)
            object.__setattr__(self, "bound_value", self.bound_jpy)

    @property
    def gap(self) -> float:
        """Return how far the plan is from the bound, relative to the plan [-]."""
        sign = OBJECTIVES[self.objective][1]
        return gap(sign * self.objective_value, sign * self.bound_value)

    def total(self, quantity: str, years: pd.Series) -> float:
        """Return `quantity` over the horizon: the amount of a year times the years of its period.

        The total of ``cost_jpy`` is objective_jpy, the present value.
        """
        if quantity == "cost_jpy":
            return self.objective_jpy
        return float((self.quantities["amount"].xs(quantity, level="quantity") * years).sum())


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
    tables = {
        f.name: [getattr(p, f.name) for p in plans]
        for f in fields(Plan)
        if isinstance(getattr(plans[0], f.name), pd.DataFrame)
    }
    joined = {name: joined_table(parts) for name, parts in tables.items()}
    for name in ("costs", "kgco2e", "flows", "sinks", "disposals", "quantities"):
        joined[name] = added(joined[name])
    sums = {
        name: sum(getattr(p, name) for p in plans)
        for name in ("objective_jpy", "bound_jpy", "objective_value", "bound_value")
    }
    known_jpy = tuple(map(sum, zip(*(p.known_jpy for p in plans), strict=True)))
    plan = Plan("limit", **sums, **joined, known_jpy=known_jpy, objective=plans[0].objective)
    stopped = any(p.status == "interrupted" for p in plans)
    return replace(
        plan, status="limit" if stopped or plan.gap > tolerance + ROUNDING else "optimal"
    )


def joined_table(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return `parts` in one table; those without rows say nothing of its columns."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled).sort_index() if filled else parts[0]


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


def no_rows(levels: tuple[str, ...], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table with no row of `levels` and period."""
    index = pd.MultiIndex.from_arrays([[] for _ in (*levels, "period")], names=[*levels, "period"])
    return pd.DataFrame(index=index, columns=list(columns), dtype=float)
