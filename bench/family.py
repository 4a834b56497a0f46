"""Synthetic national studies: a family is a size, a seed draws one of its members.

Sources lie in clusters like towns and have heavy-tailed amounts of every resource; sites are some
of the sources, the larger the likelier. Each site may run three sizes of each resource's process,
with economies of scale, and all processes of a site share its yearly cost. What is not collected
is left at a high price, so that every member has a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.instance import TABLES, Instance

JPY_PER_UNIT = 1e6
"""Programs and traces have money in millions of JPY."""

Array: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]

NATIONAL_SOURCES = 1741
"""Municipalities of Japan."""

SIZES = ("S", "M", "L")
SIZE_SHARE = (0.02, 0.06, 0.15)
"""Capacity of each size, as a share of all that arises of its resource in the last period [-]."""

SCALE_EXPONENT = 0.7
"""Cost of a line grows with its capacity to this power: the six-tenths rule, a little weaker."""

LINE_SHARE_OF_FREIGHT = 0.5
"""Yearly cost of a line of the middle size, as a share of the freight of its tonnes [-]."""

SITE_SHARE_OF_LINE = 0.3
YEARS, RATE, GROWTH = 5, 0.03, 0.12
"""Years of a period, discount rate [-/yr], spread of the growth of resources by the period [-]."""

JPY_PER_TKM, LOADING_JPY_PER_T, DETOUR = 30.0, 800.0, 1.3
LEFT_JPY_PER_T = 150_000.0
"""What leaving a tonne costs."""


@dataclass(frozen=True)
class Family:
    """A size of study.

    Attributes
    ----------
    arcs_per_source : nearest sites that a source may send a resource to; all of them if 0.
    """

    sources: int
    resources: int
    periods: int
    sites: int
    arcs_per_source: int

    @property
    def name(self) -> str:
        """Return the words for it in tables: sources, resources, periods, sites, arcs."""
        arcs = "all" if not self.arcs_per_source else str(self.arcs_per_source)
        return f"{self.sources}x{self.resources}x{self.periods}-{self.sites}-{arcs}"


FAMILIES = {
    "1x1": Family(NATIONAL_SOURCES, 1, 1, 200, 20),
    "12x1": Family(NATIONAL_SOURCES, 12, 1, 150, 20),
    "1x6": Family(NATIONAL_SOURCES, 1, 6, 150, 20),
    "12x6": Family(NATIONAL_SOURCES, 12, 6, 150, 20),
}
"""Resources and periods of the whole country to its family."""


@dataclass(frozen=True)
class Member:
    """A study as arrays; i source, r resource, t period, h site, s size, a arc.

    Attributes
    ----------
    supply_t : (i, r, t) what arises [t/yr].
    origin, site, resource : (a,) numbers of an arc's ends and of what it carries.
    freight_jpy_per_t : (a,), with what processing it at the site costs.
    capacity_t : (r, s) of a line [t/yr]; line_jpy_per_yr : (h, r, s).
    site_jpy_per_yr : (h,) while any line runs there.
    discount_yr : (t,) discount factors of the years of a period, summed [yr].
    """

    supply_t: Array
    origin: Whole
    site: Whole
    resource: Whole
    freight_jpy_per_t: Array
    capacity_t: Array
    line_jpy_per_yr: Array
    site_jpy_per_yr: Array
    discount_yr: Array


def member(family: Family, seed: int) -> Member:
    """Return the study that `seed` draws."""
    draw = np.random.default_rng(seed)
    x, mass = places(family.sources, draw)
    supply_t = amounts(family, mass, draw)
    chosen = draw.choice(family.sources, family.sites, replace=False, p=mass / mass.sum())
    km = DETOUR * np.linalg.norm(x[:, None, :] - x[None, chosen, :], axis=2)
    count = family.arcs_per_source or family.sites
    near = np.argsort(km, axis=1, kind="stable")[:, :count]
    origin = np.repeat(np.arange(family.sources), count * family.resources)
    site = np.tile(near[:, None, :], (1, family.resources, 1)).ravel()
    resource = np.tile(np.repeat(np.arange(family.resources), count), family.sources)
    at_site = draw.uniform(0.8, 1.3, (family.sites, family.resources))
    tkm = JPY_PER_TKM * draw.uniform(0.7, 2.0, family.resources)
    freight = tkm[resource] * km[origin, site] + LOADING_JPY_PER_T * at_site[site, resource]
    total = supply_t[:, :, -1].sum(axis=0)
    capacity_t = np.outer(total, SIZE_SHARE)
    haul = JPY_PER_TKM * DETOUR * 60.0
    unit = LINE_SHARE_OF_FREIGHT * haul * capacity_t[:, 1] ** (1 - SCALE_EXPONENT)
    line = unit[:, None] * capacity_t**SCALE_EXPONENT
    site_cost = SITE_SHARE_OF_LINE * line[:, 1].mean() * draw.uniform(0.6, 1.6, family.sites)
    years = YEARS * np.arange(family.periods)[:, None] + np.arange(YEARS)
    return Member(
        supply_t=supply_t,
        origin=origin,
        site=site,
        resource=resource,
        freight_jpy_per_t=np.round(freight, 2),
        capacity_t=np.round(capacity_t, 1),
        line_jpy_per_yr=np.round(line * at_site[:, :, None]),
        site_jpy_per_yr=np.round(site_cost),
        discount_yr=((1 + RATE) ** -years.astype(float)).sum(axis=1),
    )


def places(count: int, draw: np.random.Generator) -> tuple[Array, Array]:
    """Return coordinates [km] (i, 2) in clusters, and heavy-tailed masses (i,) [-]."""
    centres = np.c_[draw.uniform(0, 1500, 47), draw.uniform(0, 500, 47)]
    weight = draw.pareto(1.2, 47) + 0.2
    of = draw.choice(47, count, p=weight / weight.sum())
    return centres[of] + draw.normal(0, 30, (count, 2)), draw.lognormal(0.0, 1.5, count)


def amounts(family: Family, mass: Array, draw: np.random.Generator) -> Array:
    """Return what arises at each source of each resource in each period [t/yr]."""
    share = draw.lognormal(0.0, 0.4, (family.sources, family.resources))
    total = draw.uniform(5e4, 5e5, family.resources)
    growth = draw.uniform(1 - GROWTH, 1 + 2 * GROWTH, family.resources)
    first = mass[:, None] * share
    first = first / first.sum(axis=0) * total
    steps = growth[:, None] ** np.arange(family.periods)
    return np.round(first[:, :, None] * steps + 0.1, 1)


def instance_of(drawn: Member) -> Instance:
    """Return the member as tables of the model; its plan costs the same."""
    count_i, count_r, count_t = drawn.supply_t.shape
    source = np.array([f"source-{i:05d}" for i in range(count_i)])
    site = np.array([f"site-{h:04d}" for h in range(len(drawn.site_jpy_per_yr))])
    waste = np.array([f"waste-{r:02d}" for r in range(count_r)])
    process = np.array([f"process-{r:02d}" for r in range(count_r)])
    periods = 2030 + YEARS * np.arange(count_t)
    treated = np.array([f"treated-{r:02d}" for r in range(count_r)])
    supply = product("supply", source, waste, periods)
    hubs = product("hubs", site, process, np.array(SIZES))
    lanes = pd.MultiIndex.from_arrays(
        [source[drawn.origin], site[drawn.site], np.repeat("truck", len(drawn.site)),
         waste[drawn.resource]], names=TABLES["arcs"].index)  # fmt: skip
    pairs = [(g, k) for g, w, d in zip(process, waste, treated, strict=True) for k in (w, d)]
    recipes = pd.MultiIndex.from_tuples(pairs, names=TABLES["recipes"].index)
    line = drawn.line_jpy_per_yr.ravel()
    tables = {
        "periods": numbers(pd.Index(periods, name="period"), years=YEARS,
                           discount_yr=drawn.discount_yr),
        "commodities": numbers(pd.Index([*waste, *treated], name="commodity")),
        "supply": numbers(supply, supply_t=drawn.supply_t.ravel()),
        "baseline": numbers(supply, cost_jpy_per_t=LEFT_JPY_PER_T),
        "targets": numbers(product("targets", waste[:0], periods)),
        "recipes": numbers(recipes, input_t_per_t=np.tile([1.0, 0.0], count_r),
                           yield_t_per_t=np.tile([0.0, 1.0], count_r)),
        "hubs": numbers(hubs, capacity_t=np.tile(drawn.capacity_t.ravel(), len(site)),
                        max_lines=1.0, running_jpy_per_yr=line),
        "sinks": numbers(product("sinks", waste[:0], waste, periods)),
        "arcs": numbers(lanes, cost_jpy_per_t=drawn.freight_jpy_per_t),
        "sites": numbers(pd.Index(site, name="site"), opening_jpy=drawn.site_jpy_per_yr,
                         annuity_per_yr=1.0, plot_m2=np.inf),
    }  # fmt: skip
    return Instance(**{name: table(name, rows) for name, rows in tables.items()})


def product(name: str, *levels: Array | npt.NDArray[np.str_]) -> pd.MultiIndex:
    """Return every combination of `levels`, named as the levels of the table `name`."""
    return pd.MultiIndex.from_product(levels, names=TABLES[name].index)


def numbers(index: pd.Index, **columns: Array | float) -> pd.DataFrame:
    """Return `columns` over `index`."""
    return pd.DataFrame(columns, index=index, dtype=float)


def table(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return `rows` with what the table `name` must have and a member has not: zeros."""
    spec = TABLES[name]
    needed = [column for column in spec.columns if column not in spec.defaults]
    return rows.reindex(columns=[*dict.fromkeys([*needed, *rows.columns])]).fillna(0.0)
