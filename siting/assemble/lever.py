"""The policy levers a study names: each must stand for something in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.figures import lever_fault

if TYPE_CHECKING:
    import pandas as pd

    from siting.config import Config, Fault, Study
    from siting.yaml_place import Loc


def refuse_levers(config: Config, study: Study, levers: pd.DataFrame) -> None:
    """Refuse levers that are unknown or not modelled, those of every scenario of the study too.

    Parameters
    ----------
    levers : rows of policy_levers.csv, text.

    Raises
    ------
    ConfigError
        With every such lever and where the study names it.
    """
    table = levers.set_index("lever_id")
    named: dict[Loc, list[str]] = {
        ("scenarios", name, "levers"): scenario.levers for name, scenario in study.scenarios.items()
    }
    told = {lever for pulled in named.values() for lever in pulled}
    named[("levers",)] = [lever for lever in study.levers if lever not in told]
    found: list[Fault] = [
        ((*loc, number), fault)
        for loc, pulled in named.items()
        for number, lever in enumerate(pulled)
        if (fault := lever_fault(table, lever))
    ]
    if found:
        raise config.faults(found)
