"""HiGHS from arrays, without a modelling language: the least that a hand-over can take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from bench.family import Array, Whole
    from bench.peer.program import Program


def build(program: Program, *, strong: bool) -> Any:
    """Return a HiGHS that holds `program`."""
    arcs, (count_i, count_r, count_t, count_h, count_s) = program.arcs, program.shape
    t = numbers(count_t)
    flow = numbers(arcs)[:, None] * np.int32(count_t) + t
    left = np.int32(flow.size) + numbers(count_i * count_r)[:, None] * np.int32(count_t) + t
    line = np.int32(flow.size + left.size) + numbers(program.line_cost.size)
    line = line.reshape(program.line_cost.shape)
    site = (
        np.int32(flow.size + left.size + line.size)
        + numbers(count_h)[:, None] * np.int32(count_t)
        + t
    )
    supply = numbers(left.size).reshape(left.shape)
    process = np.int32(left.size) + numbers(count_h * count_r)[:, None] * np.int32(count_t) + t
    capacity = np.broadcast_to(program.drawn.capacity_t[None, :, :, None], line.shape)
    lines = line.reshape(count_h * count_r, count_s, count_t)
    parts = [
        (supply[program.by_supply], flow, 1.0),
        (supply, left, 1.0),
        (process[program.by_process], flow, 1.0),
        (np.broadcast_to(process[:, None, :], lines.shape), lines, -capacity.reshape(lines.shape)),
    ]
    height = left.size + process.size
    sides = [(program.drawn.supply_t.ravel(),) * 2, (np.full(process.size, -np.inf), 0.0)]
    for later, sooner, need in stays(line, site):
        rows = np.int32(height) + numbers(later.size).reshape(later.shape)
        parts += [(rows, later, need), (rows, sooner, -need)]
        sides.append((np.zeros(later.size), np.inf))
        height += later.size
    if strong:
        rows = np.int32(height) + numbers(flow.size).reshape(flow.shape)
        parts.append((rows, flow, 1.0))
        for s in range(count_s):
            parts.append((rows, lines[program.by_process, s], -program.most_t))
        sides.append((np.full(flow.size, -np.inf), 0.0))
        height += flow.size
    cost = [program.flow_cost, np.tile(program.left_cost, len(left)), program.line_cost,
            program.site_cost]  # fmt: skip
    upper = [np.full(flow.size, np.inf), program.drawn.supply_t, np.ones(line.size + site.size)]
    whole = np.r_[np.zeros(flow.size + left.size), np.ones(line.size + site.size)]
    return handed_over(parts, sides, joined(cost), joined(upper), whole, height)


def numbers(count: int) -> Whole:
    """Return 0, 1, ... in the kind that HiGHS takes."""
    return np.arange(count, dtype=np.int32)


def stays(line: Whole, site: Whole) -> list[tuple[Whole, Whole, float]]:
    """Return pairs of columns of which the first is at least the second."""
    need = np.broadcast_to(site[:, None, None, :], line.shape)
    return [
        (line[..., 1:], line[..., :-1], 1.0),
        (site[:, 1:], site[:, :-1], 1.0),
        (need, line, 1.0),
    ]


def joined(parts: list[Array]) -> Array:
    """Return the numbers of `parts`, one after the other."""
    return np.concatenate([np.ravel(part) for part in parts])


def handed_over(
    parts: list[tuple[Whole, Whole, Array | float]],
    sides: list[tuple[Array, Array | float]],
    cost: Array,
    upper: Array,
    whole: Array,
    height: int,
) -> Any:
    """Return a HiGHS with the coefficients of `parts`: rows, columns and values."""
    row, column = (joined([part[at] for part in parts]) for at in (0, 1))
    value = joined([np.broadcast_to(part[2], part[1].shape) for part in parts])
    a = sparse.csc_array((value, (row, column)), shape=(height, len(cost)))
    low = joined([np.broadcast_to(side[0], np.shape(side[0])) for side in sides])
    high = joined([np.broadcast_to(side[1], np.shape(side[0])) for side in sides])
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    status = highs.passModel(
        len(cost), height, a.nnz, int(highspy.MatrixFormat.kColwise), 1, 0.0, cost,
        np.zeros(len(cost)), upper, low, high, a.indptr.astype(np.int32),
        a.indices.astype(np.int32), a.data, whole.astype(np.int32),
    )  # fmt: skip
    if status != highspy.HighsStatus.kOk:
        raise RuntimeError(f"HiGHS took the model {status}")
    return highs
