"""What comes from overseas: a source at each port of entry, at its price on the quay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.place import find_place, unknown_names
from siting.assemble.region import with_region
from siting.assemble.source.supply import INDEX, growth_path

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.layers import Layers

PREFIX = "import-"
"""Of the node of a port of entry, before the id of the port."""

FLAT = "flat"
"""Growth of an import that stays what it is; another word is a scenario of the growth layer."""


def import_tables(
    config: Config,
    study: Study,
    layers: Layers,
    figures: Figures,
    rules: pd.DataFrame,
    taken: set[str],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return supply, baseline and places of what is imported.

    A tonne that is not imported costs and emits nothing here, and no target counts it.

    Parameters
    ----------
    rules : rows of imports.csv, text.
    taken : commodities that some technology takes.

    Raises
    ------
    ConfigError
        If the study imports what imports.csv does not have or no technology takes, or a port is
        unknown.
    """
    known = sorted(set(rules["commodity"]))
    found = unknown_names(("imports",), study.imports, known, "import")
    found += [
        (("imports", number), f"no technology of the study takes '{name}'. Leave it out.")
        for number, name in enumerate(study.imports)
        if name in known and name not in taken
    ]
    if found:
        raise config.faults(found)
    parts = [
        import_rows(config, study, layers, figures, rule)
        for rule in rules[rules["commodity"].isin(study.imports)].to_dict("records")
    ]
    columns = [*INDEX, "supply_t", "acquisition_jpy_per_t", "counts_to_target"]
    supply = pd.DataFrame([row for part in parts for row in part], columns=columns)
    supply = supply.astype(dict.fromkeys(columns[3:], float)).set_index(INDEX).sort_index()
    baseline = pd.DataFrame(0.0, index=supply.index, columns=["cost_jpy_per_t", "kgco2e_per_t"])
    nodes = supply.index.unique("source")
    return supply, baseline, entry_places([node.removeprefix(PREFIX) for node in nodes], layers)


def import_rows(
    config: Config, study: Study, layers: Layers, figures: Figures, rule: dict[str, str]
) -> list[tuple[str, str, int, float, float, float]]:
    """Return how much may come in by the year at one port, and what a tonne costs on its quay."""
    port = layers.ports.index[find_place(config, ("imports",), rule["port"], layers.ports, "port")]
    name, grows = rule["commodity"], rule["growth"]
    price = figures.amount(rule["price_key"], "JPY/t")
    if rule["extra_cost_key"]:
        price += figures.amount(rule["extra_cost_key"], "JPY/t")
    supply_t = figures.amount(rule["supply_key"], "t/yr")
    index = dict.fromkeys(study.periods.years, 1.0)
    if grows not in ("", FLAT):
        index = growth_path(config, study, layers, name, grows, "index_2025")
    return [(f"{PREFIX}{port}", name, t, supply_t * index[t], price, 0.0) for t in index]


def entry_places(ports: list[str], layers: Layers) -> pd.DataFrame:
    """Return the ports of entry as places of the kind source."""
    table = layers.ports.loc[ports]
    places = pd.DataFrame(table.drop(columns="geometry"))
    places["lat"], places["lon"] = table.geometry.y, table.geometry.x
    places["name_ja"] = places["name_ja"] + "(輸入)"
    places["name_en"] = places["name_en"] + " (imports)"
    places = places.assign(kind="source", detail="import", confidence="estimate")
    places = places.assign(by_ferry=False, by_landing=False)
    places.index = pd.Index([f"{PREFIX}{port}" for port in places.index], name=places.index.name)
    return with_region(places, layers)
