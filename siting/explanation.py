"""From a study or a folder of tables to why it has no plan, or what binds the one it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.config import InlineStudy, Study
from siting.explain import explain
from siting.explain.record import clerk_of, explanation_record, table_rows
from siting.explain.where import FolderPlaces, InlineColumns, StudyPlaces
from siting.figures import params_folder
from siting.pipeline import prepare
from siting.writing import write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from models.instance import Instance
    from siting.pipeline import Prepared, Progress

TABLES_IN_RUN = "instance"
"""Folder of the tables in the output of a run, which has the name of the study."""


def explain_study(
    path: Path, data: Path | None, progress: Progress, scenario: str | None, time_limit_s: float
) -> dict[str, Any]:
    """Return why the study at `path` has no plan, or what binds its plan.

    Parameters
    ----------
    data : folder of the layers; the shipped one if none is given.
    scenario : one of the study's scenarios; the study as it stands if none is given.
    time_limit_s : of each search for whole lines [s].
    """
    prepared = prepare(path, data, progress, scenario=scenario)
    study, assembled = prepared.config.study, prepared.assembled
    found = explain(assembled.instance, progress, time_limit_s)
    clerk = clerk_of(assembled.instance, assembled.places, places_of(prepared))
    return explanation_record(study.study, found, clerk)


def places_of(prepared: Prepared) -> StudyPlaces | InlineColumns:
    """Return where the study says what stands in its tables."""
    config = prepared.config
    if isinstance(config.study, InlineStudy):
        return InlineColumns(config)
    assert isinstance(config.study, Study)
    params = params_folder(config.path)
    return StudyPlaces(config, config.study, params, prepared.assembled.places)


def explain_tables(
    folder: Path, data: Instance, progress: Progress, time_limit_s: float
) -> dict[str, Any]:
    """Return the same for the instance `data`, read from `folder`."""
    whole = folder.resolve()
    name = whole.parent.name if whole.name == TABLES_IN_RUN else whole.name
    found = explain(data, progress, time_limit_s)
    nameless = pd.DataFrame(columns=["name_ja", "name_en"])
    return explanation_record(name, found, clerk_of(data, nameless, FolderPlaces(folder)))


def write_explanation(out: Path, record: dict[str, Any]) -> Path:
    """Write ``explain.csv`` into ``out/<study>-explain`` and return its path."""
    table = pd.DataFrame(table_rows(record))

    def fill(fresh: Path) -> None:
        table.to_csv(fresh / "explain.csv", index=False, encoding="utf-8-sig", lineterminator="\n")

    return write_folder(out, f"{record['study']}-explain", fill) / "explain.csv"
