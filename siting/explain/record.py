"""An explanation as JSON has it, and as the rows of ``explain.csv``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from siting.explain.words import Speaker, slack_unit, unit_of

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from models.slack import Limit
    from siting.explain.answer import Explanation
    from siting.explain.binding import Binding
    from siting.explain.change import Change
    from siting.explain.clash import Clash
    from siting.explain.missed import Missed
    from siting.explain.repair import Repair, Way
    from siting.explain.where import Places, Spot

COLUMNS = [
    "part", "number", "text_ja", "text_en", "table", "row", "column", "unit", "old", "new",
    "file", "line", "key", "amount", "amount_unit", "step", "jpy", "jpy_is",
]  # fmt: skip
"""Columns of ``explain.csv``."""


@dataclass(frozen=True)
class Clerk:
    """Who writes down what was found of an instance.

    Attributes
    ----------
    speakers : Japanese and English.
    where : where the study says what stands in the tables.
    """

    data: Instance
    speakers: tuple[Speaker, Speaker]
    where: Places

    def spot(self, limit: Limit, row: tuple[Any, ...]) -> Spot:
        """Return where a `row` of `limit` is stated."""
        levels = list(getattr(self.data, limit.table).index.names)
        if limit.table == "supply" and len(row) == 1:
            row = limit.rows[0]
        return self.where.spot(limit.table, limit.column, row, levels)

    def limit(self, limit: Limit) -> dict[str, Any]:
        """Return what a limit says, and where."""
        said = {f"text_{speaker.language}": speaker.says(limit) for speaker in self.speakers}
        return said | self.cell(limit, limit.rows[0], {"value": limit.amount})

    def change(self, limit: Limit, change: Change) -> dict[str, Any]:
        """Return what to change, and where."""
        asked = {
            f"text_{speaker.language}": speaker.asks(limit, change) for speaker in self.speakers
        }
        return asked | self.cell(limit, change.row, {"old": change.old, "new": change.new})

    def cell(
        self, limit: Limit, row: tuple[Any, ...], values: dict[str, float | None]
    ) -> dict[str, Any]:
        """Return a cell of the tables with its `values`, and where it is stated."""
        return {
            "table": limit.table,
            "row": [plain(part) for part in row],
            "column": limit.column,
            **values,
            "unit": unit_of(limit),
            **spot_record(self.spot(limit, row)),
        }

    def repair(self, repair: Repair) -> dict[str, Any]:
        """Return what to change, how far that gives way and what the plan then costs."""
        return {
            **self.way(repair.way),
            "beside": [self.way(way) for way in repair.beside],
            "plan_jpy": known(repair.plan_jpy),
        }

    def way(self, way: Way) -> dict[str, Any]:
        """Return how one limit gives way."""
        return {
            "changes": [self.change(way.limit, change) for change in way.changes],
            "amount": way.amount,
            "amount_unit": slack_unit(way.limit),
        }

    def clash(self, clash: Clash) -> dict[str, Any]:
        """Return a conflict with its repairs."""
        return {
            "limits": [self.limit(limit) for limit in clash.limits],
            "repairs": [self.repair(repair) for repair in clash.repairs],
        }

    def missed(self, miss: Missed) -> dict[str, Any]:
        """Return a target that is missed, and why."""
        return {
            **self.limit(miss.limit),
            "shortfall_t": miss.shortfall_t,
            "penalty_jpy": miss.penalty_jpy,
            "extra_jpy": known(miss.extra_jpy),
            "conflict": self.clash(miss.clash) if miss.clash else None,
        }

    def binding(self, bound: Binding) -> dict[str, Any]:
        """Return a limit that binds, and what a step is worth."""
        return {
            **self.limit(bound.limit),
            "step": bound.step,
            "step_unit": slack_unit(bound.limit),
            "worth_jpy": known(bound.worth_jpy),
            "basis": bound.basis,
        }


def clerk_of(data: Instance, names: pd.DataFrame, where: Places) -> Clerk:
    """Return who writes down what was found of `data`.

    Parameters
    ----------
    names : index node; name_ja, name_en.
    """
    return Clerk(data, (Speaker(data, names, "ja"), Speaker(data, names, "en")), where)


def explanation_record(name: str, found: Explanation, clerk: Clerk) -> dict[str, Any]:
    """Return all that was found, amounts in JPY being present values."""
    return {
        "study": name,
        "feasible": found.is_feasible,
        "plan_jpy": known(found.plan_jpy),
        "sources": found.sources,
        "sources_judged": found.nodes,
        "costs_of": "relaxation" if found.relaxed else "whole lines",
        "whole_lines_undecided": found.unsure,
        "conflicts": [clerk.clash(clash) for clash in found.clashes],
        "missed": [clerk.missed(miss) for miss in found.missed],
        "binding": [clerk.binding(bound) for bound in found.binding],
    }


def table_rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of ``explain.csv``: parts conflict, repair, missed and binding.

    Rows with one number belong together; `jpy` is what `jpy_is` says.
    """
    rows: list[dict[str, Any]] = []
    for number, conflict in enumerate(record["conflicts"], 1):
        rows += clash_rows(conflict, "", number)
    for number, miss in enumerate(record["missed"], 1):
        price = "extra_jpy" if miss["extra_jpy"] is not None else "penalty_jpy"
        told = {"amount": miss["shortfall_t"], "amount_unit": "t", "jpy": miss[price]}
        rows.append(row(miss, "missed", number) | told | {"jpy_is": price})
        rows += clash_rows(miss["conflict"], "missed_", number) if miss["conflict"] else []
    for number, bound in enumerate(record["binding"], 1):
        told = {"step": bound["step"], "amount_unit": bound["step_unit"]}
        worth = {"jpy": bound["worth_jpy"], "jpy_is": f"worth_jpy:{bound['basis']}"}
        rows.append(row(bound, "binding", number) | told | worth)
    return [{column: line.get(column) for column in COLUMNS} for line in rows]


def clash_rows(clash: dict[str, Any], part: str, number: int) -> list[dict[str, Any]]:
    """Return the rows of a conflict and its repairs."""
    rows = [row(limit, f"{part}conflict", number) for limit in clash["limits"]]
    for repair in clash["repairs"]:
        rows += repair_rows(repair, f"{part}repair", number)
    return rows


def repair_rows(repair: dict[str, Any], part: str, number: int) -> list[dict[str, Any]]:
    """Return the rows of a repair, one for each change; what is changed beside says so."""
    price = {"jpy": repair["plan_jpy"], "jpy_is": "plan_jpy"}
    return [
        row(change, name, number)
        | {"amount": way["amount"], "amount_unit": way["amount_unit"]}
        | price
        for name, ways in ((part, [repair]), (f"{part}_beside", repair["beside"]))
        for way in ways
        for change in way["changes"]
    ]


def row(said: dict[str, Any], part: str, number: int) -> dict[str, Any]:
    """Return what is said of a limit or change as a row."""
    joined = "|".join(str(name) for name in said["row"])
    old = said.get("old", said.get("value"))
    return {**said, "part": part, "number": number, "row": joined, "old": old}


def spot_record(spot: Spot) -> dict[str, Any]:
    """Return file, line and key; null where the study does not say it."""
    return {"file": spot.path or None, "line": spot.line or None, "key": spot.key or None}


def known(value: float) -> float | None:
    """Return `value`, or none where it is not known."""
    return float(value) if math.isfinite(value) else None


def plain(part: Any) -> Any:
    """Return a part of an index as JSON can hold it."""
    return part if isinstance(part, str) else int(part)
