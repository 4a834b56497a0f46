"""All facts of one comparison, so that both languages and the tables say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.report.modes.facts.lane import Lanes, lanes_of
from siting.report.modes.facts.lot import lot_table
from siting.report.modes.facts.run import base, haulage, run_table, widest
from siting.report.modes.facts.shift import close_calls, shifts

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Comparison, Outcome


@dataclass(frozen=True)
class Findings:
    """The facts of a comparison, as the modules of this folder describe them.

    Attributes
    ----------
    base, widest : names of the runs with the fewest and the most modes
    yearly : run to its ``haulage`` by period
    """

    comparison: Comparison
    base: str
    widest: str
    runs: pd.DataFrame
    yearly: dict[str, pd.DataFrame]
    lanes: Lanes
    close: pd.DataFrame
    shifts: pd.DataFrame
    lots: pd.DataFrame

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of the widest run."""
        return self.comparison.runs[self.widest]


def findings(comparison: Comparison) -> Findings:
    """Return all facts of `comparison`."""
    lanes = lanes_of(comparison)
    yearly = {run: haulage(outcome) for run, outcome in comparison.runs.items()}
    return Findings(
        comparison=comparison,
        base=base(comparison),
        widest=widest(comparison),
        runs=run_table(comparison, yearly),
        yearly=yearly,
        lanes=lanes,
        close=close_calls(lanes),
        shifts=shifts(lanes),
        lots=lot_table(comparison),
    )
