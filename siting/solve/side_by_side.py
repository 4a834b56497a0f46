"""Tasks that need nothing of each other, as many at a time as the machine has processors."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Result = TypeVar("Result")


def processors() -> int:
    """Return how many processors this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


def side_by_side(tasks: Sequence[Callable[[], Result]], workers: int) -> Iterator[Result]:
    """Yield what `tasks` return, in their order, each as soon as it is there.

    One worker is this process. Of several each is a process of its own: tasks and results must be
    picklable then.
    """
    if workers == 1:
        yield from (task() for task in tasks)
        return
    from joblib import Parallel, delayed

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "A worker stopped", UserWarning)  # it grew; another comes
        run = Parallel(min(workers, len(tasks)), return_as="generator", max_nbytes=None)
        yield from run(delayed(task)() for task in tasks)


def quiet(_: str) -> None:
    """Tell nobody."""
