"""The best way of a technology's line counts through the periods."""

from __future__ import annotations

import numpy as np
from numba import njit

from siting.solve.lagrange.ground import Flags
from siting.solve.matrix import Array, Whole


@njit(cache=True)
def program(
    stage: Array, top: Whole, stands: Flags, start: int, is_forced: bool, lines: Array
) -> float:
    """Return the value of the best way through the periods, new lines from `start` on.

    Parameters
    ----------
    stage : (periods, states) value of each state.
    top, stands : per size, how many line counts it has, and whether its lines stand at the start.
    is_forced : at least one new line runs at last.
    lines : (hubs, periods) to write the line counts into; without rows nothing is written.
    """
    strides, states = states_of(top)
    periods = len(stage)
    old = only_standing(top, stands)
    follow = np.empty((periods, states), dtype=np.int64)
    value = np.zeros(states)
    for t in range(periods - 1, -1, -1):
        follow[t] = np.arange(states)
        best_next(value, follow[t], top, strides, stands)
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
            for s in range(len(top)):
                lines[s, t] = (state // strides[s]) % top[s]
    return total


@njit(cache=True)
def best_next(value: Array, pick: Whole, dims: Whole, strides: Whole, stands: Flags) -> None:
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
def only_standing(top: Whole, stands: Flags) -> Flags:
    """Return for each state whether no new line runs in it."""
    strides, states = states_of(top)
    old = np.ones(states, dtype=np.bool_)
    for state in range(states):
        for s in range(len(top)):
            if not stands[s] and (state // strides[s]) % top[s] > 0:
                old[state] = False
    return old


@njit(cache=True)
def states_of(top: Whole) -> tuple[Whole, int]:
    """Return the strides of the line counts of each size, and how many states there are."""
    strides = np.empty(len(top), dtype=np.int64)
    states = 1
    for s in range(len(top)):
        strides[s] = states
        states *= top[s]
    return strides, states
