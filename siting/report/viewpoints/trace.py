"""What each technology makes, and which collected resource a material, a hub or a cost is of.

A technology is of the resource it takes; if no source has that, of the resource of the technology
that makes most of it. What leaves a site is of the resources it was made from there, by tonnes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Outcome

MADE = ["site", "technology", "commodity", "period"]


def processed(outcome: Outcome) -> pd.DataFrame:
    """Return input_t and made_t [t/yr] by (site, technology, commodity, period)."""
    keys = ["site", "technology", "period"]
    treated = outcome.plan.hubs["throughput_t"].groupby(level=keys).sum().reset_index()
    rows = treated.merge(outcome.instance.recipes.reset_index(), on="technology")
    rows["input_t"] = rows["throughput_t"] * rows["input_t_per_t"]
    rows["made_t"] = rows["throughput_t"] * rows["yield_t_per_t"]
    return rows.set_index(MADE)[["input_t", "made_t"]].sort_index()


def made_shares(outcome: Outcome) -> pd.Series:
    """Return who made it: the share of each technology in what its site makes [-].

    Index (site, technology, commodity, period), only where something is made.
    """
    made_t = processed(outcome)["made_t"]
    made_t = made_t[made_t > 0]
    return made_t / made_t.groupby(level=["site", "commodity", "period"]).transform("sum")


def resource_of(outcome: Outcome) -> dict[str, str]:
    """Return each technology to the collected resource it is of."""
    recipes = outcome.instance.recipes
    collected = set(outcome.instance.supply.index.unique("commodity"))
    takes = {g: str(part.idxmax()[1]) for g, part in recipes["input_t_per_t"].groupby(level=0)}
    made_t = processed(outcome)["made_t"].groupby(level=["technology", "commodity"]).sum()
    most = made_t.reindex(recipes.index, fill_value=0.0) + 1e-9 * recipes["yield_t_per_t"]
    makers = {k: str(part.idxmax()[0]) for k, part in most[most > 0].groupby(level=1)}
    return {str(g): followed(str(g), takes, makers, collected) for g in takes}


def followed(
    technology: str, takes: dict[str, str], makers: dict[str, str], collected: set[str]
) -> str:
    """Return the resource at the start of the chain that ends in `technology`."""
    seen: set[str] = set()
    while takes[technology] not in collected and technology not in seen:
        seen.add(technology)
        technology = makers.get(takes[technology], technology)
    return takes[technology]


def of_resources(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Return `rows` (site, commodity, period, amount) cut by the resource they are of.

    Rows whose site makes nothing of the commodity are of the commodity itself: it came from
    a source.
    """
    share = made_shares(outcome).rename("made_share").reset_index()
    share["resource"] = share["technology"].map(resource_of(outcome))
    keys = ["site", "commodity", "period"]
    share = share.groupby([*keys, "resource"], as_index=False)["made_share"].sum()
    found = rows.merge(share, on=keys, how="left")
    found["resource"] = found["resource"].fillna(found["commodity"])
    return found.assign(amount=found["amount"] * found["made_share"].fillna(1.0))
