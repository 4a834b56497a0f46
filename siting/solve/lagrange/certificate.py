"""The prices behind a bound of whole lines, by name, so that others can price with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.solve.finding import BY_SOURCE, Duals

if TYPE_CHECKING:
    from siting.solve.lagrange.ascent import Raised
    from siting.solve.lagrange.problem import Problem
    from siting.solve.reduced.small import Small


def certificate(small: Small, problem: Problem, lifted: Raised) -> Duals:
    """Return the fixed prices of the rows of `small`, and those found, by law and index."""
    periods = small.merged.periods.index
    sources = [
        (BY_SOURCE, f"{source}|{commodity}|{t}", float(price))
        for (source, commodity), prices in zip(small.found.pairs, lifted.price, strict=True)
        for t, price in zip(periods, prices, strict=True)
    ]
    links = [
        (law, index, float(price))
        for (law, index), price in zip(problem.link_names, lifted.link, strict=True)
        if price != 0.0
    ]
    return Duals(small.built, problem.base, (*sources, *links))
