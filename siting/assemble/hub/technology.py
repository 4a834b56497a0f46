"""The technologies of a study: what technologies.csv says of each, and what the study changes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from siting.assemble.place import sites_by_point, unknown_names
from siting.yaml_place import Key

if TYPE_CHECKING:
    import pandas as pd

    from siting.config import Config, Fault, Study
    from siting.config_model import Technology
    from siting.layers import Layers
    from siting.yaml_place import Loc

SIZES = ["small", "medium", "large"]

NEEDED = ("input", "steps", "recipe")
"""What a study must say of a technology that technologies.csv does not have."""


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
    sites: frozenset[str] | None


def processes(
    config: Config, study: Study, table: pd.DataFrame, layers: Layers, sites: pd.DataFrame
) -> dict[str, Process]:
    """Return the technologies of `study` by name.

    Parameters
    ----------
    table : rows of technologies.csv, text.
    sites : index site; points: the candidates of the study.

    Raises
    ------
    ConfigError
        For every technology that the table does not have and the study does not define, and
        every site where one may run that is no candidate.
    """
    rows = table.set_index("technology").to_dict("index")
    points = known_points(layers) + [str(point) for own in sites["points"] for point in own]
    found: list[Fault] = []
    for name, said in study.technologies.items():
        found += undefined(config, study, name, rows)
        loc = ("technologies", name, "sites")
        found += unknown_names(loc, said.sites or [], points, "site")
    if found:
        raise config.faults(found)
    home = sites_by_point(sites)
    return {
        name: process(rows.get(name, {}), said, home) for name, said in study.technologies.items()
    }


def known_points(layers: Layers) -> list[str]:
    """Return the ids of what the layers of candidates hold, whether the study uses them or not."""
    tables = (layers.eco_towns, layers.recycling_ports, layers.case_study_sites)
    return [str(point) for table in tables for point in table.index]


def undefined(
    config: Config, study: Study, name: str, rows: dict[str, dict[str, str]]
) -> list[Fault]:
    """Return the fault of a technology that nothing defines, if it is one."""
    lacking = [key for key in NEEDED if getattr(study.technologies[name], key) is None]
    if name in rows or not lacking:
        return []
    loc: Loc = ("technologies", Key(name))
    if not config.says(loc):
        loc = ("technologies", list(study.technologies).index(name))
    near = get_close_matches(name, list(rows), n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "Add a row, or say them here."
    text = f"technology '{name}' is not in technologies.csv, and has no {', '.join(lacking)} here."
    return [(loc, f"{text} {hint}")]


def process(row: dict[str, str], said: Technology, home: dict[str, str]) -> Process:
    """Return one technology: the study's word, else that of its `row`, else the default.

    Parameters
    ----------
    home : id of a candidate, also of a merged one, to its site.
    """
    steps = {name: float(share) for name, share in pairs(row.get("steps", ""), ":").items()}
    sizes = row["sizes"].split(";") if row.get("sizes") else SIZES
    key = said.earliest_key
    sites = None if said.sites is None else frozenset(home[s] for s in said.sites if s in home)
    return Process(
        input=said.input or row["input"],
        steps=dict(said.steps) if said.steps else steps,
        recipe=said.recipe or row["recipe"],
        outputs=pairs(row.get("outputs", ""), "=") if said.outputs is None else dict(said.outputs),
        sizes=list(said.sizes or sizes),
        max_lines=said.max_lines or int(row.get("max_lines") or 1),
        earliest_key=row.get("earliest_key", "") if key is None else key,
        min_utilisation=said.min_utilisation or 0.0,
        sites=sites,
    )


def pairs(text: str, mark: str) -> dict[str, str]:
    """Return ``a=b;c=d`` as a mapping."""
    parts = (part.split(mark, 1) for part in text.split(";") if part)
    return {key.strip(): value.strip() for key, value in parts}
