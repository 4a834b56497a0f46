"""The technologies of a study: what technologies.csv says of each, and what the study changes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from siting.errors import ConfigError, listed

if TYPE_CHECKING:
    import pandas as pd

    from siting.config import Config, Study
    from siting.config_model import Technology

SIZES = ["small", "medium", "large"]


@dataclass(frozen=True)
class Process:
    """A technology of the study with everything said.

    Attributes
    ----------
    steps : facility to the tonnes entering it per tonne of input [t/t].
    outputs : output of the recipe to the commodity it counts as.
    earliest_key : figure of the permit lead time [month]; empty for none.
    sites : where it may run; everywhere if None.
    """

    input: str
    steps: dict[str, float]
    recipe: str
    outputs: dict[str, str]
    sizes: list[str]
    max_lines: int
    earliest_key: str
    min_utilisation: float
    sites: list[str] | None


def processes(config: Config, study: Study, table: pd.DataFrame) -> dict[str, Process]:
    """Return the technologies of `study` by name.

    Parameters
    ----------
    table : rows of technologies.csv, text.

    Raises
    ------
    ConfigError
        For every technology that the table does not have and the study does not define.
    """
    rows = table.set_index("technology").to_dict("index")
    faults, found = [], {}
    for name, said in study.technologies.items():
        lacking = [key for key in ("input", "steps", "recipe") if getattr(said, key) is None]
        if name not in rows and lacking:
            near = get_close_matches(name, list(rows), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            place = config.places.at(("technologies", name))
            faults.append(
                f"{place}: technology '{name}' is not in technologies.csv, and the study says no "
                f"{', '.join(lacking)} of it.{hint}"
            )
            continue
        found[name] = process(rows.get(name, {}), said)
    if len(faults) == 1:
        raise ConfigError(f"{config.path}:{faults[0]}")
    if faults:
        raise ConfigError(listed(config.path, faults))
    return found


def process(row: dict[str, str], said: Technology) -> Process:
    """Return one technology: the study's word, else that of its `row`, else the default."""
    steps = {name: float(share) for name, share in pairs(row.get("steps", ""), ":").items()}
    return Process(
        input=said.input or row["input"],
        steps=dict(said.steps) if said.steps else steps,
        recipe=said.recipe or row["recipe"],
        outputs=dict(said.outputs or pairs(row.get("outputs", ""), "=")),
        sizes=list(said.sizes or (row["sizes"].split(";") if row.get("sizes") else SIZES)),
        max_lines=said.max_lines or int(row.get("max_lines") or 1),
        earliest_key=row.get("earliest_key", "")
        if said.earliest_key is None
        else said.earliest_key,
        min_utilisation=said.min_utilisation or 0.0,
        sites=said.sites,
    )


def pairs(text: str, mark: str) -> dict[str, str]:
    """Return ``a=b;c=d`` as a mapping."""
    parts = (part.split(mark, 1) for part in text.split(";") if part)
    return {key.strip(): value.strip() for key, value in parts}
