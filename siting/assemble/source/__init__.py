"""What arises where and what comes from overseas, at which cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.source.imports import import_tables
from siting.assemble.source.supply import baseline_tables, supply_table, towns_in_scope

if TYPE_CHECKING:
    from siting.assemble.rule import Rules
    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.layers import Layers


@dataclass(frozen=True)
class Sources:
    """Tables of the instance on what there is to collect, and the ports where some of it lands.

    Attributes
    ----------
    entries : ports of entry as places of the kind source.
    scope : municipalities that the study is about.
    """

    supply: pd.DataFrame
    baseline: pd.DataFrame
    entries: pd.DataFrame
    scope: pd.Index


def find_sources(
    config: Config,
    study: Study,
    layers: Layers,
    figures: Figures,
    rules: Rules,
    recipes: pd.DataFrame,
) -> Sources:
    """Return the sources of the study.

    What a municipality pays does not depend on the scope: it is priced with all of Japan, and left
    out afterwards.
    """
    taken = set(recipes.index[recipes["input_t_per_t"] > 0].unique("commodity"))
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    towns = layers.municipalities[["population", "pref_code"]]
    towns = towns.join(layers.prefectures["region"], on="pref_code")
    amounts = supply_table(config, study, layers, taken, made)
    supply, baseline = baseline_tables(figures, rules.baselines, amounts, towns)
    scope = towns_in_scope(config, study, layers)
    inside = supply.index.get_level_values("source").isin(scope)
    landed = import_tables(config, study, layers, figures, rules.imports, taken)
    here = supply[inside].assign(counts_to_target=1.0)
    return Sources(
        supply=pd.concat([here, landed[0]]).sort_index(),
        baseline=pd.concat([baseline[inside], landed[1]]).sort_index(),
        entries=landed[2],
        scope=scope,
    )
