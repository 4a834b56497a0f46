"""Tasks that need nothing of each other, as many at a time as the machine has processors."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, TypeVar

from joblib import Parallel, cpu_count, delayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["cpu_count", "side_by_side"]

Result = TypeVar("Result")


def side_by_side(tasks: Sequence[Callable[[], Result]], workers: int) -> Iterator[Result]:
    """Yield what `tasks` return, in their order, each as soon as it is there.

    One worker is this process. Of several each is a process of its own: tasks and results must be
    picklable then.
    """
    if workers == 1:
        yield from (task() for task in tasks)
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "A worker stopped", UserWarning)  # it grew; another comes
        run = Parallel(min(workers, len(tasks)), return_as="generator", max_nbytes=None)
        yield from run(delayed(task)() for task in tasks)
