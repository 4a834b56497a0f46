"""Faults a user can repair; each carries the exit code of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

T = TypeVar("T")


class Located(NamedTuple):
    """What is wrong at one place of one file.

    Attributes
    ----------
    line, column : counted from 1 in characters; 0 where the file has no lines.
    """

    path: str
    line: int
    column: int
    message: str

    @property
    def spot(self) -> str:
        """Return ``line:column``, empty for a file without lines."""
        return f"{self.line}:{self.column}" if self.line else ""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.path, self.spot) if part)
        return f"{place}: {self.message}" if place else self.message


class SitingError(Exception):
    """A fault with one clear message: where, what was found, what to do.

    Attributes
    ----------
    located : the same, fault by fault, each with its place.
    """

    exit_code = 2

    def __init__(self, message: str, located: Sequence[Located] = ()) -> None:
        super().__init__(message)
        self.located = tuple(located) or (Located("", 0, 0, message),)

    @classmethod
    def of(cls, located: Sequence[Located]) -> Self:
        """Return the one error for all that is `located`, in one file or in several."""
        paths = {fault.path for fault in located}
        if len(located) == 1 or len(paths) > 1 or not all(paths):
            return cls("\n".join(map(str, located)), located)
        texts = [f"{f.spot}: {f.message}" if f.spot else f.message for f in located]
        return cls(listed(paths.pop(), texts), located)

    @classmethod
    def of_file(cls, path: Path | str, messages: Sequence[str]) -> Self:
        """Return the one error for the `messages` about the file at `path` as a whole."""
        return cls.of([Located(str(path), 0, 0, message) for message in messages])


class ConfigError(SitingError):
    """The study YAML says something that cannot be meant."""


class LayerError(SitingError):
    """A layer or table breaks its specification."""


class MissingDataError(LayerError):
    """Something that comes with the product is not there."""

    exit_code = 5


class MissingLayerError(MissingDataError):
    """A layer that the catalogue promises is not in its folder: the user's data is incomplete."""

    exit_code = 2


class NetworkError(SitingError):
    """Two places that must be joined are not."""


class NoPlanError(SitingError):
    """No set of hubs can serve the study."""

    exit_code = 3


class MemoryShortError(SitingError):
    """The machine has too little memory left for the study."""


class EndlessPlanError(SitingError):
    """The objective falls without end: a bug of tables that pay for nothing, not of a study."""

    exit_code = 1


class ClaimError(SitingError):
    """A run says of its plan what is not so: our bug, or files that were changed since."""

    exit_code = 1


def some(items: Iterable[object], limit: int = 5) -> str:
    """Return at most `limit` of `items`, quoted and sorted, and how many more there are."""
    names = sorted(str(item) for item in items)
    more = f" (+{len(names) - limit} more)" if len(names) > limit else ""
    return ", ".join(f"'{name}'" for name in names[:limit]) + more


def listed(place: Path | str, faults: list[str]) -> str:
    """Return one message that names `place` and all its `faults`, a line each."""
    if len(faults) == 1:
        return f"{place}: {faults[0]}"
    return "\n  - ".join([f"{place}: {len(faults)} faults", *faults])


def tried(steps: Iterable[Callable[[], T]]) -> list[T]:
    """Return what each of `steps` returns.

    Raises
    ------
    SitingError
        One for the faults of all that fail, of the class of the first.
    """
    found, failed = [], []
    for step in steps:
        try:
            found.append(step())
        except SitingError as fault:
            failed.append(fault)
    if len(failed) == 1:
        raise failed[0]
    if failed:
        raise type(failed[0]).of([located for fault in failed for located in fault.located])
    return found
