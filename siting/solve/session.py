"""A relaxation kept in HiGHS: it goes on from where it was when rows or limits change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from siting.solve import work
from siting.solve.highs import array_of, ended_with, optimum_of, ready, require, run
from siting.solve.matrix import hand_over

if TYPE_CHECKING:
    from siting.solve.highs import Answer
    from siting.solve.matrix import Array, Matrix, Whole


@dataclass(frozen=True)
class Session:
    """A relaxation kept in HiGHS."""

    highs: Any

    def with_rows(self, rows: Any) -> Answer:
        """Return the optimum with `rows` (sparse, each at most 0) added for good."""
        count = rows.shape[0]
        lower, upper = np.full(count, -highspy.kHighsInf), np.zeros(count)
        require(
            self.highs.addRows(
                count, lower, upper, rows.nnz, rows.indptr[:-1], rows.indices, rows.data
            ),
            "refused rows",
        )
        return self.solved()

    def with_columns(self, cost: Array, lower: Array, upper: Array, columns: Any) -> Answer:
        """Return the optimum with `columns` (sparse) added for good, within their limits."""
        require(
            self.highs.addCols(
                len(cost), cost, lower, upper,
                columns.nnz, columns.indptr[:-1], columns.indices, columns.data,
            ),
            "refused columns",
        )  # fmt: skip
        return self.solved()

    def held(
        self, columns: Whole, values: Array, most: float, limit_s: float = np.inf
    ) -> float | None:
        """Return the optimum with `columns` at `values`, None where it is known to be past `most`.

        Also None where nothing is possible, or it takes more than `limit_s` of work.
        """
        count = len(columns)
        require(
            self.highs.changeColsBounds(count, columns.astype(np.int32), values, values),
            "refused limits",
        )
        self.runs(most, limit_s)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(self.highs.getInfo().objective_function_value)

    def runs(self, most: float = np.inf, limit_s: float = np.inf) -> None:
        """Solve what HiGHS has, until it is known to be past `most` or after `limit_s` of work."""
        limits = {
            "objective_bound": most if np.isfinite(most) else highspy.kHighsInf,
            "simplex_iteration_limit": work.pivots_in(limit_s, self.highs.getNumRow()),
        }
        for name, limit in limits.items():
            require(self.highs.setOptionValue(name, limit), "refused a limit")
        run(self.highs)

    @property
    def basis(self) -> Any:
        """Return the basis HiGHS is at."""
        return self.highs.getBasis()

    def goes_back(self, basis: Any) -> None:
        """Go back to `basis`, of the same rows and columns."""
        require(self.highs.setBasis(basis), "refused a basis")

    @property
    def pivots(self) -> int:
        """Return how many the last change took."""
        return int(self.highs.getInfo().simplex_iteration_count)

    def margins(self) -> Array:
        """Return what one more of each column would cost at the optimum, at least."""
        return array_of(self.highs.getSolution().col_dual)

    def solved(self) -> Answer:
        """Return the optimum."""
        self.runs()
        status = self.highs.modelStatusToString(self.highs.getModelStatus())
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ended_with(status)
        return optimum_of(self.highs)


def session(form: Matrix) -> Session:
    """Return the relaxation of `form`, solved by the simplex method and kept."""
    highs = ready(solver="simplex")
    require(hand_over(form, highs, relaxed=True), "refused the model")
    return Session(highs)


def session_from(form: Matrix, answer: Answer) -> Session:
    """Return the relaxation of `form`, kept, from `answer`, an optimum of much the same."""
    kept = session(form)
    kept.goes_back(answer.basis)
    return kept
