"""The criteria of a study: what screening.csv says of each, and what the study changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from siting.assemble.place import unknown_names
from siting.config_screening import Criterion
from siting.errors import ConfigError
from siting.figures import read_csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from siting.config import Config, Study

NUMBERS = ("exclude_below", "exclude_above", "worst", "best", "weight", "within_km")
TEXTS = ("title_ja", "title_en", "layer", "measure", "column", "per", "unit")
NEEDED = ("title_ja", "title_en", "layer", "measure")
"""What a criterion of the study's own must say."""

OWN = {"source": "study", "confidence": "study", "rules": "", "note": ""}


class Criteria(dict[str, Criterion]):
    """The criteria of a study by name, everything said.

    Attributes
    ----------
    table : index criterion; title_ja, title_en, layer, rules, source, confidence, note.
    rules : index id; the rows of site_criteria.csv.
    """

    def __init__(self, all_: dict[str, Criterion], table: pd.DataFrame, rules: pd.DataFrame):
        super().__init__(all_)
        self.table, self.rules = table, rules


def read_criteria(config: Config, study: Study, params: Path) -> Criteria:
    """Return the criteria of `study`.

    Raises
    ------
    ConfigError
        With every criterion that is unknown, or does not say what it must.
    """
    table = read_csv(params / "screening.csv").set_index("criterion")
    rules = read_csv(params / "site_criteria.csv").set_index("id")
    said = study.screening.criteria
    known = [*table.index, *(name for name in said if name not in table.index)]
    only = known if study.screening.only is None else study.screening.only
    found = unknown_names(("screening", "only"), only, known, "criterion")
    row_of = {name: row_criterion(name, row, rules) for name, row in table.to_dict("index").items()}
    whole = {name: merged(row_of.get(name), said.get(name)) for name in known}
    found += [
        (("screening", "criteria", name), fault)
        for name in said
        if (fault := criterion_fault(name, whole[name]))
    ]
    if found:
        raise config.faults(found)
    for name, criterion in whole.items():
        if name in table.index:
            continue
        table.loc[name] = OWN | {key: getattr(criterion, key) or "" for key in TEXTS}
    for key in ("title_ja", "title_en", "layer"):
        table[key] = [getattr(whole[name], key) for name in table.index]
    kept = [name for name in known if name in only]
    return Criteria({name: whole[name] for name in kept}, table.loc[kept].fillna(""), rules)


def row_criterion(name: str, row: dict[str, str], rules: pd.DataFrame) -> Criterion:
    """Return the criterion of one row; a cell may name the rule whose value it is."""
    said: dict[str, Any] = {key: row[key] for key in TEXTS if row[key]}
    try:
        said |= {key: number(row[key], rules) for key in NUMBERS if row[key]}
    except (KeyError, ValueError):
        text = f"screening.csv: {name} has a threshold that is neither a number nor a rule's id."
        raise ConfigError(f"{text} Correct the row.") from None
    if row["where"]:
        column, values = row["where"].split("=", 1)
        said["where"] = {column: values.split(",")}
    return Criterion.model_validate(said)


def number(text: str, rules: pd.DataFrame) -> float:
    """Return a number, or the value of the rule that `text` names."""
    return float(str(rules.loc[text, "value"]) if text.startswith("SC") else text)


def merged(row: Criterion | None, said: Criterion | None) -> Criterion:
    """Return the study's word where it says something, else the row's."""
    if row is None or said is None:
        return said or row or Criterion()
    changes = {key: getattr(said, key) for key in said.model_fields_set}
    return row.model_copy(update=changes)


def criterion_fault(name: str, criterion: Criterion) -> str:
    """Return what a criterion lacks or contradicts; empty if nothing."""
    c, lacking = criterion, [key for key in NEEDED if getattr(criterion, key) is None]
    faults = {
        f"is not in screening.csv, and has no {', '.join(lacking)} here": bool(lacking),
        "has one of worst and best. Give both or none": (c.worst is None) != (c.best is None),
        f"has worst and best {c.best}. Set them apart": c.worst is not None and c.worst == c.best,
        "has a weight, and no worst and best. Give both": bool(c.weight) and c.worst is None,
        "is a sum. Say within_km": c.measure == "sum" and c.within_km is None,
        "is of the municipality. Say its column": c.measure == "municipality" and not c.column,
    }
    found = [text for text, holds in faults.items() if holds]
    return f"criterion '{name}' {found[0]}." if found else ""
