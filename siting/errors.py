"""Faults a user can repair; each carries the exit code of the command line."""

from collections.abc import Iterable
from pathlib import Path


class SitingError(Exception):
    """A fault with one clear message: where, what was found, what to do."""

    exit_code = 2


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
