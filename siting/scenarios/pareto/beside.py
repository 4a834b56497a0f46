"""A front found earlier beside a plan, as a section of the plan's own report."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from siting.errors import ConfigError
from siting.report.number import percent_up, scale
from siting.report.page import LANGUAGES
from siting.report.paper.section import Chart, Grid, Section
from siting.scenarios.objective import Objective
from siting.scenarios.pareto.chart import front_chart
from siting.scenarios.pareto.spot import Spot
from siting.scenarios.pareto.words import UNITS, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Outcome
    from siting.text import Language

OBJECTIVE = {objective.quantity: objective for objective in Objective}


def front_beside(out: Path, outcome: Outcome) -> Path | None:
    """Return the folder of the front of the study, if one was found of the same study file."""
    folder = out / f"{outcome.study}-pareto"
    path = folder / "pareto.json"
    if not path.is_file():
        return None
    same = read(path).get("config_sha256") == outcome.provenance.config_sha256
    return folder if same else None


def read(path: Path) -> dict[str, Any]:
    """Return what ``pareto.json`` says."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ConfigError(
            f"{path}: no JSON ({fault}). Make the front anew with siting pareto, or remove it."
        ) from None
    return record if isinstance(record, dict) else {}


def front_sections(folder: Path) -> dict[Language, list[Section]]:
    """Return the section of the front in `folder` in every language."""
    record = read(folder / "pareto.json")
    try:
        aims = (OBJECTIVE[record["x"]], OBJECTIVE[record["y"]])
        spots = [spot(point, *aims) for point in record["points"]]
    except (KeyError, TypeError, ValueError) as fault:
        raise ConfigError(
            f"{folder / 'pareto.json'}: no front ({fault}). Make it anew with siting pareto, "
            "or remove it."
        ) from None
    return {key: [section(aims, spots, record, key)] for key in LANGUAGES} if spots else {}


def spot(point: dict[str, Any], x: Objective, y: Objective) -> Spot:
    """Return a point of the record."""
    limit = point[f"limit_{y.quantity}"]
    return Spot(
        x=float(point[x.quantity]),
        y=float(point[y.quantity]),
        limit=None if limit is None else float(limit),
        bound=float(point[f"bound_{x.quantity}"]),
        status=str(point["status"]),
        seconds=float(point["seconds"]),
    )


def section(
    aims: tuple[Objective, Objective], spots: list[Spot], record: dict[str, Any], language: Language
) -> Section:
    """Return chart and figures of the front, and what it says."""
    units = [
        scale(UNITS[aim], values, language)
        for aim, values in zip(aims, ([s.x for s in spots], [s.y for s in spots]), strict=True)
    ]
    names = [f"{aim.word(language)} [{u.unit}]" for aim, u in zip(aims, units, strict=True)]
    head = [sentence("point", language), *names, sentence("gap", language)]
    rows = [
        [str(n), units[0].text(s.x), units[1].text(s.y), percent_up(s.gap)]
        for n, s in enumerate(spots, 1)
    ]
    return Section(
        sentence("front_heading", language),
        charts=[Chart(" / ".join(names), front_chart(aims, spots, language))],
        grids=[Grid("", head, rows)],
        remark=("" if language == "ja" else " ").join(record["summary"][language]),
        files=["pareto.csv"],
    )


def copy_front(folder: Path, fresh: Path) -> None:
    """Put the table of the front in `folder` beside the report in `fresh`."""
    shutil.copyfile(folder / "pareto.csv", fresh / "pareto.csv")
