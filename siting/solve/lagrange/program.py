"""The best way of a technology's line counts through the periods."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from siting.solve.lagrange.ground import Ground
from siting.solve.matrix import Array, Whole

Flags = npt.NDArray[np.bool_]


@njit(cache=True)
def program(
    ground: Ground, stage: Array, tech: int, start: int, is_forced: bool, lines: Array
) -> float:
    """Return the value of the best way through the periods, new lines from `start` on.

    Parameters
    ----------
    stage : (periods, states) value of each state.
    is_forced : at least one new line runs at last.
    lines : (hubs, periods) to write the line counts into; without rows nothing is written.
    """
    low = ground.tech_hub[tech]
    dims, strides, states = states_of(ground, tech)
    periods = len(stage)
    old = only_standing(ground, tech)
    follow = np.empty((periods, states), dtype=np.int64)
    value = np.zeros(states)
    for t in range(periods - 1, -1, -1):
        follow[t] = np.arange(states)
        best_next(value, follow[t], dims, strides, ground.stands[low:])
        for state in range(states):
            value[state] += stage[t, state]
            is_idle = old[state] and is_forced and t == periods - 1
            if is_idle or (t < start and not old[state]):
                value[state] = np.inf
    state = int(np.argmin(value))
    total = float(value[state])
    if len(lines):
        for t in range(periods):
            if t > 0:
                state = int(follow[t - 1, state])
            for s in range(len(dims)):
                lines[low + s, t] = (state // strides[s]) % dims[s]
    return total


@njit(cache=True)
def best_next(value: Array, pick: Whole, dims: Whole, strides: Whole, stands: Array) -> None:
    """Make `value` the least among the states that may follow each state, and `pick` its number."""
    for s in range(len(dims)):
        step = strides[s]
        if stands[s]:
            for state in range(len(value)):
                if (state // step) % dims[s] > 0 and value[state - step] < value[state]:
                    value[state], pick[state] = value[state - step], pick[state - step]
        else:
            for state in range(len(value) - 1, -1, -1):
                if (state // step) % dims[s] < dims[s] - 1 and value[state + step] < value[state]:
                    value[state], pick[state] = value[state + step], pick[state + step]


@njit(cache=True)
def only_standing(ground: Ground, tech: int) -> Flags:
    """Return for each state whether no new line runs in it."""
    low = ground.tech_hub[tech]
    dims, strides, states = states_of(ground, tech)
    old = np.ones(states, dtype=np.bool_)
    for state in range(states):
        for s in range(len(dims)):
            if not ground.stands[low + s] and (state // strides[s]) % dims[s] > 0:
                old[state] = False
    return old


@njit(cache=True)
def states_of(ground: Ground, tech: int) -> tuple[Whole, Whole, int]:
    """Return how many line counts each size has, their strides, and how many states that makes."""
    low, high = ground.tech_hub[tech], ground.tech_hub[tech + 1]
    dims = np.empty(high - low, dtype=np.int64)
    strides = np.empty(high - low, dtype=np.int64)
    states = 1
    for s in range(high - low):
        dims[s] = int(ground.most[low + s].max()) + 1
        strides[s] = states
        states *= dims[s]
    return dims, strides, states
