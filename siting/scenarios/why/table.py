"""Regrets as JSON, table, page and map."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.report.record import cleaned
from siting.report.tables import write_office_csv
from siting.scenarios.why.answer import answer, table_answer
from siting.scenarios.why.page import regrets_html
from siting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from siting.scenarios.why.question import Answer, Question
    from siting.scenarios.why.regret import Table


def write_regrets(folder: Path, question: Question, table: Table) -> None:
    """Write ``why.json``, ``why.csv``, ``why.html``, and ``map.html`` with the regrets on it."""
    from siting.maps.page import write_map

    record = json.dumps(
        table_record(question, table), ensure_ascii=False, indent=2, allow_nan=False
    )
    rows = regret_table(question, table)
    write_whole(folder / "why.json", f"{record}\n")
    write_office_csv(folder / "why.csv", rows)
    write_whole(folder / "why.html", regrets_html(question, table))
    outcome = replace(question.outcome, regrets=rows.set_index("site"))
    write_map(folder / "map.html", outcome)


def regret_table(question: Question, table: Table) -> pd.DataFrame:
    """Return a row for each candidate, with its name; money is present value."""
    places = question.prepared.assembled.places
    rows = pd.DataFrame([asdict(row) for row in table.regrets]).drop(columns="better_jpy")
    rows.insert(1, "name_ja", rows["site"].map(places["name_ja"]).fillna(rows["site"]))
    rows.insert(2, "name_en", rows["site"].map(places["name_en"]).fillna(rows["site"]))
    gaps_jpy = [row.gap_jpy for row in table.regrets]
    return rows.assign(gap_jpy=gaps_jpy, gap_share=[table.share(gap) for gap in gaps_jpy])


def table_record(question: Question, table: Table) -> dict[str, Any]:
    """Return what ``why.json`` holds."""
    record: dict[str, Any] = cleaned(
        {
            **study_record(question),
            "cost_jpy": table.cost_jpy,
            "bound_jpy": table.bound_jpy,
            "sites": regret_table(question, table).to_dict("records"),
            "interrupted": table.interrupted,
            "seconds": table.seconds,
            "solved_s": question.solved_s,
            "summary": {key: table_answer(question, table, key) for key in ("ja", "en")},
        }
    )
    return record


def answer_record(question: Question, found: Answer) -> dict[str, Any]:
    """Return the answer about one site."""
    record: dict[str, Any] = cleaned(
        {
            **asdict(found.regret),
            "gap_jpy": found.regret.gap_jpy,
            "traffic": asdict(found.traffic) if found.traffic else None,
            "changes": [asdict(change) for change in found.changes or []],
            "summary": {key: answer(question, found, key) for key in ("ja", "en")},
        }
    )
    return record


def study_record(question: Question) -> dict[str, Any]:
    """Return which study and plan the regrets are of."""
    outcome = question.outcome
    return {
        "study": outcome.study,
        "title_ja": outcome.title_ja,
        "title_en": outcome.title_en,
        "objective_jpy": outcome.plan.objective_jpy,
        "config_sha256": outcome.provenance.config_sha256,
    }
