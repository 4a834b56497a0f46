"""Laws whose prices are searched anew, as fractions of lines made them too low."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from siting.solve.lagrange.place import makers, rows_at
from siting.solve.strong import takers

if TYPE_CHECKING:
    from siting.solve.lagrange.sites import Sites
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small

INSIDE = (
    "throughput_within_capacity",
    "open_hub_stays_open",
    "closed_hub_stays_closed",
    "hub_needs_site",
    "site_stays_open",
)
"""Laws that every site keeps by itself."""

LEAST_PART = 0.01
"""Part of a line by which a sum must miss a whole number for rounding to say something [-]."""

WHOLE = 1e-9
"""A ratio of capacities this close below a whole number is that number [-]."""


class Link(NamedTuple):
    """One law whose price is searched: an equation with 0, or at `least` something.

    Attributes
    ----------
    name : law and index; columns, values : what it holds.
    scale_t : what it is about [t/yr]; start : its price at first.
    """

    name: tuple[str, str]
    columns: Whole
    values: Array
    scale_t: float
    start: float = 0.0
    least: float | None = None


@dataclass(frozen=True)
class Links:
    """Laws whose prices are searched.

    Attributes
    ----------
    matrix : sparse (columns, links); side : their right sides; low, high : limits of their prices.
    own : (site, commodity) to the links, by period, of what it makes and also takes itself.
    names : law and index of each link, the index joined by ``|``.
    """

    matrix: sparse.csr_array
    side: Array
    low: Array
    high: Array
    start: Array
    scale_t: Array
    own: dict[tuple[str, str], list[int]]
    names: list[tuple[str, str]]

    def joined(self, more: Links) -> Links:
        """Return both."""
        return Links(
            matrix=sparse.csr_array(sparse.hstack([self.matrix, more.matrix])),
            side=np.r_[self.side, more.side],
            low=np.r_[self.low, more.low],
            high=np.r_[self.high, more.high],
            start=np.r_[self.start, more.start],
            scale_t=np.r_[self.scale_t, more.scale_t],
            own=self.own,
            names=self.names + more.names,
        )


def links_of(
    small: Small, inside: list[tuple[str, str]], masses: dict[tuple[str, int], float], duals: Array
) -> tuple[Links, Whole]:
    """Return the links of the part, and all rows whose duals the problem does not use.

    Collection targets and sites that must run are links as they are, beside those of
    ``made_is_placed``.
    """
    form, m = small.built.form, small.built.m
    made, gone = made_is_placed(small, inside, masses, duals)
    targets = target_rows(small)
    chosen = chosen_rows(small)
    kept = [*targets.values(), *((law, index) for law, index, _ in chosen.values())]
    masses_t = [masses[index[-2], index[-1]] for _, index in targets.values()]
    at = np.array([*targets, *chosen], dtype=np.int64)
    is_upper = np.isinf(form.row_lower[at])
    held = Links(
        matrix=sparse.csr_array(form.a.tocsr()[at].T),
        side=np.where(is_upper, form.row_upper[at], form.row_lower[at]),
        low=np.where(is_upper, -np.inf, 0.0),
        high=np.where(is_upper, 0.0, np.inf),
        start=duals[at],
        scale_t=np.array([*masses_t, *(scale for *_, scale in chosen.values())]),
        own={},
        names=[(law, "|".join(map(str, index))) for law, index in kept],
    )
    gone += [row for law in INSIDE for c in m.component(law).values() for row in form.rows_of(c)]
    gone += [row for row in rows_at(small, inside).ravel().tolist() if row >= 0]
    return made.joined(held), np.array([*gone, *at], dtype=np.int64)


def made_is_placed(
    small: Small, inside: list[tuple[str, str]], masses: dict[tuple[str, int], float], duals: Array
) -> tuple[Links, list[int]]:
    """Return a link for each site and commodity it makes that sites take, and the rows it is for.

    What is made is sent off, disposed of, or taken there: ``out + disposal + own = made``. In the
    model it is the balance of the site and its limit on what is sent off that say so.
    """
    form, m = small.built.form, small.built.m
    rows, column = form.a.tocsr(), form.column_of
    is_throughput = np.zeros(len(form.cost), dtype=bool)
    is_throughput[[column[id(v)] for v in m.throughput.values()]] = True
    taken, taking, wanted = set(inside), takers(small.merged), {k for _, k in inside}
    found: list[Link] = []
    gone: list[int] = []
    own: dict[tuple[str, str], list[int]] = {}
    for h, k in makers(small.merged):
        if k not in wanted or ((h, k) not in taken and (h, k) in taking):
            continue
        for t in small.merged.periods.index:
            row = form.rows_of(m.site_balance[h, k, t])[0]
            place = column[id(m.disposal[h, k, t])]
            sign = float(rows[row, place])
            balance = rows[[row]].tocoo()
            value = balance.data / sign
            kept = np.where(is_throughput[balance.col], value < 0, value > 0)
            limits = within_made(small, h, k, t)
            if (h, k) in taken:
                own.setdefault((h, k), []).append(len(found))
            price = sign * duals[row] + sum(duals[r] * rows[r, place] for r in limits)
            name = ("made_is_placed", f"{h}|{k}|{t}")
            columns = balance.col[kept].astype(np.int64)
            found.append(Link(name, columns, value[kept], masses[k, t], start=price))
            gone += [row, *limits]
    return replace(together(len(form.cost), found), own=own), gone


def within_made(small: Small, h: str, k: str, t: int) -> list[int]:
    """Return the row, if there is one, that limits what a site sends off to what it makes."""
    law = small.built.m.outflow_within_made
    return small.built.form.rows_of(law[h, k, t]) if (h, k, t) in law else []


def together(count: int, found: list[Link]) -> Links:
    """Return the links `found` of a model of `count` columns."""
    none: tuple[Whole, Array] = (np.empty(0, dtype=np.int64), np.empty(0))
    parts = zip(none, *((link.columns, link.values) for link in found), strict=True)
    columns, values = (np.concatenate(part) for part in parts)
    owner = np.repeat(np.arange(len(found)), [len(link.columns) for link in found])
    is_least = np.array([link.least is not None for link in found], dtype=bool)
    return Links(
        matrix=sparse.csr_array((values, (columns, owner)), shape=(count, len(found))),
        side=np.array([link.least or 0.0 for link in found], dtype=float),
        low=np.where(is_least, 0.0, -np.inf),
        high=np.full(len(found), np.inf),
        start=np.array([link.start for link in found], dtype=float),
        scale_t=np.array([link.scale_t for link in found], dtype=float),
        own={},
        names=[link.name for link in found],
    )


def target_rows(small: Small) -> dict[int, tuple[str, tuple[Any, ...]]]:
    """Return the rows of collection targets with their law and index, commodity and period last."""
    m, form = small.built.m, small.built.form
    return {
        row: (law.name, index)
        for law in (m.target_is_met, m.regional_target_is_met)
        for index, constraint in law.items()
        for row in form.rows_of(constraint)
    }


def chosen_rows(small: Small) -> dict[int, tuple[str, tuple[Any, ...], float]]:
    """Return the rows of sites that must run with their law, index and scale.

    A line counts 1 there, and its price is that of a line, not of a tonne: so the scale that goes
    with tonnes elsewhere is one over the smallest capacity.
    """
    law, form = small.built.m.chosen_site_runs, small.built.form
    capacity_t = small.merged.hubs["capacity_t"].groupby(level="site").min()
    return {
        row: (law.name, index, 1.0 / max(float(capacity_t[index[0]]), 1.0))
        for index, constraint in law.items()
        for row in form.rows_of(constraint)
    }


def surrogates(small: Small, sites: Sites, left: Whole, direct: Array) -> Links:
    r"""Return what the sum of all capacity says of whole lines, as links.

    All that is collected of a commodity must be taken: :math:`\sum_i u_i + \sum q y \ge S`. With
    lines whole it is also true rounded (mixed-integer rounding by a capacity :math:`q_0`, with
    :math:`b = S / q_0` and :math:`f` its fraction):
    :math:`\sum_i u_i + q_0 f \sum (\lfloor q/q_0 \rfloor + \min(1, \text{frac}(q/q_0)/f))\, y
    \ge q_0 f \lceil b \rceil`.
    """
    found = small.found
    takes = small.merged.recipes["input_t_per_t"]
    links: list[Link] = []
    for k in found.pairs.unique("commodity"):
        mine = np.flatnonzero(found.pairs.get_level_values("commodity") == k)
        share = np.array([takes.get((hub[1], k), 0.0) for hub in sites.hubs])
        hubs = np.flatnonzero(share > 0)
        if np.isfinite(direct[mine]).any() or not len(hubs):
            continue
        capacity = (sites.arrays.capacity * share)[hubs]
        groups = np.unique(found.group[mine])
        for n, total in enumerate(found.supply_t[mine].sum(axis=0)):
            for unit in np.unique(capacity):
                part = total / unit % 1
                if not LEAST_PART < part < 1 - LEAST_PART:
                    continue
                ratio = capacity / unit
                rest = ratio - np.floor(ratio + WHOLE)
                lines = unit * part * (np.floor(ratio + WHOLE) + np.clip(rest / part, 0, 1))
                columns = np.r_[sites.lines[hubs, n], left[groups, n]]
                name = ("lines_suffice", f"{k}|{float(unit)!r}|{small.merged.periods.index[n]}")
                values = np.r_[lines, np.ones(len(groups))]
                least = unit * part * np.ceil(total / unit)
                links.append(Link(name, columns, values, total, least=least))
    return together(len(small.built.form.cost), links)


def limits_of_links(
    links: sparse.csr_array, reduced: Array, other: Whole, upper: Array
) -> tuple[Array, Array]:
    """Return the prices of links beyond which a column without limit would pay for itself."""
    low = np.full(links.shape[1], -np.inf)
    high = np.full(links.shape[1], np.inf)
    free = other[np.isinf(upper[other])]
    rows = links[free].tocoo()
    ratio = np.maximum(reduced[free][rows.row], 0.0) / rows.data
    up = rows.data > 0
    np.minimum.at(high, rows.col[up], ratio[up])
    np.maximum.at(low, rows.col[~up], ratio[~up])
    return low, high
