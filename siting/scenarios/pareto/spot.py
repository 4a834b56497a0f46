"""A point of a front as its tables hold it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """What is known of one plan of the front without the plan itself.

    Attributes
    ----------
    x, y : what it has of the two objectives over the horizon, in the unit of each.
    limit : what y was held to; None for the plan that is best in x alone.
    bound : the best x that any plan within the limit can have.
    status : ``optimal`` or ``limit``, as in ``Plan``.
    """

    x: float
    y: float
    limit: float | None
    bound: float
    status: str
    seconds: float

    @property
    def gap(self) -> float:
        """Return how far x is from its bound, relative to x [-]."""
        distance = abs(self.x - self.bound)
        return distance / abs(self.x) if self.x else float(distance > 0)
