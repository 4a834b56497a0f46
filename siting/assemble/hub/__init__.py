"""What may run at the sites of a study, and what sites share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.hub.facility import hub_table
from siting.assemble.hub.standing import standing_hubs

if TYPE_CHECKING:
    from siting.assemble.hub.technology import Process
    from siting.assemble.rule import Rules
    from siting.config import Config, Fault, Study
    from siting.figures import Figures


def all_hubs(
    config: Config,
    study: Study,
    figures: Figures,
    offered: dict[str, Process],
    rules: Rules,
    sites: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hubs that may be built or stand, and the orders for plants being built.

    Raises
    ------
    ConfigError
        For every technology that may run at no site.
    """
    free = hub_table(figures, study, offered, sites)
    standing, being_built = standing_hubs(figures, study, offered, rules.existing, sites)
    known = {*free.index.unique("technology"), *standing.index.unique("technology")}
    homeless: list[Fault] = [
        (("technologies", name), f"technology '{name}' may run at no site. Give it one.")
        for name in offered
        if name not in known
    ]
    if homeless:
        raise config.faults(homeless)
    if standing.empty:
        return free, being_built
    unsaid = {"stands": 0.0, "may_close": 0.0}
    return pd.concat([free.assign(**unsaid), standing]).sort_index(), being_built
