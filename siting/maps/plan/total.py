"""The figures for the whole study, and where they come from."""

from typing import Any

import pandas as pd

from siting.maps.key import Keys, by_period, short, short_rows
from siting.maps.words import names, proof
from siting.outcome import Outcome
from siting.text import spoken

SOLVER = (("highspy", "HiGHS"), ("pyomo", "Pyomo"))


def sink_rows(outcome: Outcome, keys: Keys) -> list[list[Any]]:
    """Return [place, commodity, inflows] of each sink that takes anything in any period."""
    inflow_t = by_period(outcome.plan.sinks["inflow_t"], keys)
    inflow_t = inflow_t[inflow_t.any(axis=1)]
    rows = zip(inflow_t.index, short_rows(inflow_t), strict=True)
    return [[keys.nodes[j], keys.commodities[k], row] for (j, k), row in rows]


def sums(outcome: Outcome, keys: Keys) -> dict[str, Any]:
    """Return the figures for the whole study: totals, cost by part, targets.

    Imports are no part of what arises and is collected.
    """
    plan = outcome.plan
    home = plan.sources[~outcome.imported]
    tables = {
        "supply_t": home["supply_t"],
        "collected_t": home["collected_t"],
        "cost_jpy": plan.costs["cost_jpy_per_yr"],
        "kgco2e": plan.kgco2e["kgco2e_per_yr"],
        "tkm": plan.flows["tkm"],
        "flow_t": plan.flows["flow_t"],
    }
    parts = plan.costs["cost_jpy_per_yr"].groupby(level=["part", "period"]).sum()
    cost_jpy = by_period(parts, keys)
    shares = {
        name: by_period(plan.targets[name], keys)
        for name in ("min_collected_share", "collected_share")
    }
    return {
        "totals": {name: short(yearly(series, keys), 6) for name, series in tables.items()},
        "costs": [
            [names(str(part)), short(row, 6)] for part, row in cost_jpy.iterrows() if row.any()
        ],
        "targets": [
            [keys.commodities[k], *(short(wide.loc[k], 4) for wide in shares.values())]
            for k in shares["min_collected_share"].index
            if shares["min_collected_share"].loc[k].any()
        ],
    }


def yearly(values: pd.Series, keys: Keys) -> pd.Series:
    """Return the sum of `values` in each period."""
    return values.groupby(level="period").sum().reindex(keys.periods)


def provenance(outcome: Outcome) -> dict[str, Any]:
    """Return where the figures come from, in words for the foot of the page."""
    origin, plan = outcome.provenance, outcome.plan
    versions = origin.versions
    solver = [f"{name} {versions[key]}" for key, name in SOLVER if key in versions]
    return {
        "study": outcome.study,
        "config": origin.config_sha256,
        "proof": proof(plan.gap, plan.status, plan.objective),
        "model": in_both(origin.model),
        "solver": ", ".join(solver),
        "credits": [credit(line) for line in origin.credits],
        "vintages": [
            [*in_both(title), years] for title, years in sorted(origin.layer_vintage.items())
        ],
        "versions": ", ".join(f"{name} {v}" for name, v in sorted(versions.items())),
    }


def credit(line: str) -> list[str]:
    """Return a credit with its subject in each language; the owner stands as its licence asks."""
    subject, mark, owner = line.partition(": ")
    return [half + mark + owner for half in in_both(subject)]


def in_both(text: str) -> list[str]:
    """Return the Japanese and the English half of a text that has both."""
    return [spoken(text, "ja"), spoken(text, "en")]
