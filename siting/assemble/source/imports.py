"""What comes from overseas: a source at each port of entry, at its price on the quay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.place import find_place
from siting.assemble.region import with_region

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.layers import Layers

NODE = "import-{}"


def import_tables(
    config: Config, study: Study, figures: Figures, rules: pd.DataFrame, layers: Layers
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return supply, baseline and places of what is imported.

    A tonne that is not imported costs and emits nothing here, and no target counts it.

    Parameters
    ----------
    rules : rows of imports.csv, text.

    Raises
    ------
    ConfigError
        If the study imports what imports.csv does not have, or a port is unknown.
    """
    for number, name in enumerate(study.imports):
        if name not in set(rules["commodity"]):
            known = sorted(set(rules["commodity"]))
            text = f"'{name}' stands in no row of imports.csv, expected one of {known}."
            raise config.fault(("imports", number), text)
    rows = [
        (
            layers.ports.index[
                find_place(config, ("imports",), rule["port"], layers.ports, "port")
            ],
            rule,
        )
        for rule in rules[rules["commodity"].isin(study.imports)].to_dict("records")
    ]
    keys = [(NODE.format(p), rule["commodity"], t) for p, rule in rows for t in study.periods.years]
    columns = [[key[place] for key in keys] for place in range(3)]
    index = pd.MultiIndex.from_arrays(columns, names=["source", "commodity", "period"])
    supply = pd.DataFrame(
        [import_row(figures, rule) for _, rule in rows for _ in study.periods.years],
        index=index,
        columns=["supply_t", "acquisition_jpy_per_t", "counts_to_target"],
        dtype=float,
    )
    baseline = pd.DataFrame(0.0, index=index, columns=["cost_jpy_per_t", "kgco2e_per_t"])
    return supply.sort_index(), baseline.sort_index(), entry_places([p for p, _ in rows], layers)


def import_row(figures: Figures, rule: dict[str, str]) -> tuple[float, float, float]:
    """Return how much may come in by the year, and what a tonne costs on the quay."""
    price = figures.amount(rule["price_key"], "JPY/t")
    if rule["extra_cost_key"]:
        price += figures.amount(rule["extra_cost_key"], "JPY/t")
    return figures.amount(rule["supply_key"], "t/yr"), price, 0.0


def entry_places(ports: list[str], layers: Layers) -> pd.DataFrame:
    """Return the ports of entry as places of the kind source."""
    table = layers.ports.loc[list(dict.fromkeys(ports))]
    places = pd.DataFrame(table.drop(columns="geometry"))
    places["lat"], places["lon"] = table.geometry.y, table.geometry.x
    places["name_ja"] = places["name_ja"] + "(輸入)"
    places["name_en"] = places["name_en"] + " (imports)"
    places = places.assign(kind="source", detail="import", by_ferry=False, confidence="estimate")
    places.index = pd.Index([NODE.format(port) for port in places.index], name=places.index.name)
    return with_region(places, layers)
