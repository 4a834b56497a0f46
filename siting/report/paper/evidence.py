"""The tables behind the figures of the paper that no other file of the output holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.carriage import carried, handled_t, moving, terminals
from siting.report import facts
from siting.report.stream import stream_table
from siting.report.words import gas_label, label
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.outcome import Outcome
    from siting.text import Language


def key_figures(outcome: Outcome) -> pd.DataFrame:
    """Return the figures of the answer and the tiles, one a row, in the unit their name ends in."""
    plan, last = outcome.plan, facts.periods(outcome)[-1]
    stands, sure = facts.extent(plan, last), facts.sureness(plan)
    total = facts.collection(outcome, "period").reindex([last], fill_value=0.0).iloc[0]
    rows = [
        ("tile_sites", "sites", stands.sites, last),
        ("tile_hubs", "hubs", stands.hubs, last),
        ("tile_lines", "lines", stands.lines, last),
        ("capacity", "capacity_t_per_yr", stands.capacity_t, last),
        ("tile_cost", "objective_jpy", plan.objective_jpy, None),
        ("network_total", "network_jpy", facts.network_cost_jpy(plan), None),
        ("tile_investment", "investment_jpy", facts.investment_jpy(plan), None),
        ("tile_collected", "collected_t_per_yr", total["collected_t"], last),
        ("tile_share", "collected_share", total["collected_share"], last),
        ("tile_saved", "saved_kgco2e", facts.kgco2e_saved(outcome), None),
        ("bound", "bound_jpy", plan.bound_jpy, None),
        ("in_money", "gap_jpy", sure.distance_jpy, None),
        ("of_objective", "gap_share", sure.of_objective, None),
        ("of_network", "gap_of_network_share", sure.of_network, None),
    ]
    table = pd.DataFrame(rows, columns=["key", "figure", "value", "period"])
    table["period"] = table["period"].astype("Int64")
    for language in ("ja", "en"):
        table[f"name_{language}"] = [label(key, language) for key in table["key"]]
    return table[["figure", "name_ja", "name_en", "value", "period"]]


def costs(outcome: Outcome) -> pd.DataFrame:
    """Return the cost of every block, part and period [JPY/yr], and its present value [JPY]."""
    return with_names(outcome.plan.costs.sort_index().reset_index(), word)


def kgco2e(outcome: Outcome) -> pd.DataFrame:
    """Return the emissions of every part and period [kgCO2e/yr]."""
    return with_names(outcome.plan.kgco2e.sort_index().reset_index(), gas_label)


def with_names(table: pd.DataFrame, name: Callable[[str, Language], str]) -> pd.DataFrame:
    """Return `table` with the `name` of each part in both languages."""
    return table.assign(
        name_ja=[name(part, "ja") for part in table["part"]],
        name_en=[name(part, "en") for part in table["part"]],
    )


def nothing_collected(outcome: Outcome) -> pd.DataFrame:
    """Return what collecting nothing would emit by period [kgCO2e/yr]."""
    emitted = facts.kgco2e_nothing_collected(outcome)
    return emitted.rename("kgco2e_per_yr").reset_index()


def investment(outcome: Outcome) -> pd.DataFrame:
    """Return the opening cost by region and period [JPY], undiscounted."""
    return facts.investment(outcome).rename("opening_jpy").reset_index()


def proof(outcome: Outcome) -> pd.DataFrame:
    """Return cost, bound and gap of each part of the plan."""
    return outcome.plan.bounds.sort_index().reset_index()


def handled(outcome: Outcome) -> pd.DataFrame:
    """Return what each port and station handles by commodity and period [t/yr]."""
    legs = moving(carried(outcome))
    table = handled_t(outcome, legs).rename("handled_t").reset_index()
    table.insert(1, "kind", table["node"].map(terminals(outcome, legs)))
    for language in ("en", "ja"):
        table.insert(2, f"name_{language}", facts.names(table["node"], f"name_{language}", outcome))
    return table


EVIDENCE: dict[str, Callable[[Outcome], pd.DataFrame]] = {
    "key_figures": key_figures,
    "costs": costs,
    "kgco2e": kgco2e,
    "nothing_collected": nothing_collected,
    "investment": investment,
    "material_links": stream_table,
    "terminals": handled,
    "proof": proof,
}
"""File, without the ending, to what makes its table."""
