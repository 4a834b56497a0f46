"""Hubs with what they treat, and the account of each site."""

from typing import Any

from siting.ledger import site_costs, site_gases
from siting.maps.key import Keys, by_period, short_rows
from siting.maps.words import names
from siting.outcome import Outcome


def hub_rows(outcome: Outcome, keys: Keys) -> list[dict[str, Any]]:
    """Return capacity, throughput and opening cost of each technology at each site."""
    hub = ["site", "technology"]
    table = outcome.plan.hubs.groupby(level=[*hub, "period"])
    columns = {
        name: by_period(table[name].sum(), keys)
        for name in ("capacity_t", "throughput_t", "opening_jpy")
    }
    lines_by_size = by_period(outcome.plan.hubs["lines"], keys)
    sizes: dict[tuple[str, str], list[Any]] = {}
    for (*which, size), row in zip(lines_by_size.index, short_rows(lines_by_size), strict=True):
        sizes.setdefault(tuple(which), []).append([names(str(size)), row])
    amounts = zip(*(short_rows(wide, 5) for wide in columns.values()), strict=True)
    return [
        {
            "place": keys.nodes[site],
            "technology": keys.technologies[technology],
            **dict(zip(columns, rows, strict=True)),
            "sizes": sizes[site, technology],
        }
        for (site, technology), rows in zip(columns["capacity_t"].index, amounts, strict=True)
    ]


def accounts(outcome: Outcome, keys: Keys) -> dict[str, dict[str, list[Any]]]:
    """Return what each site costs and emits: part and yearly amounts by period, by its number."""
    gases = site_gases(outcome)
    tables = {"cost_jpy": site_costs(outcome, gases), "kgco2e": gases}
    found: dict[str, dict[str, list[Any]]] = {}
    for name, table in tables.items():
        if table.empty:
            continue
        order = {part: number for number, part in enumerate(table.columns)}
        wide = by_period(table.rename_axis(columns="part").stack(), keys)
        wide = wide[wide.any(axis=1)]
        wide = wide.iloc[wide.index.get_level_values("part").map(order).argsort(kind="stable")]
        for (site, part), row in zip(wide.index, short_rows(wide), strict=True):
            account = found.setdefault(str(keys.nodes[site]), {"cost_jpy": [], "kgco2e": []})
            account[name].append([names(f"account_{part}", part), row])
    return dict(sorted(found.items()))
