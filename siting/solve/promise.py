"""What moves keep of what they promise, by kind: so those that save most come first.

Reduced costs say what a move saves at most. Fewer lines mostly save nearly that, more lines seldom
anything; which is which depends on the technology, and on the plan.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

FIRST_SHARES = {"fewer": 0.9, "more": 0.05, "size": 0.5, "site": 0.3}
"""Share of its promise that a move of a kind never tried is taken to keep, by its way [-].

Of 519 moves drawn from those that might save something in the study of end-of-life vehicles, 112
of 115 that took lines away saved, 0.9 of their promise in the median; of 213 with more lines none
did; of 15 to another size 10, of 176 to another site 69.
"""

Kind: TypeAlias = "tuple[int, str]"
"""Technology of a move, and its way."""

AGAIN = 0.5
"""A move that saved nothing is hoped to save this share of what it did before [-]."""

FIRST_PIVOTS = 300
"""Pivots that a move of a kind never tried is taken to need."""

NEWEST = 0.3
"""Weight of the newest move in the mean of its kind [-]."""


class Promises:
    """What was kept of the promises made so far.

    Attributes
    ----------
    kept, pivots : by kind, the share that moves saved and what they took, the newest ones most.
    broken : times that a move saved nothing.
    """

    def __init__(self) -> None:
        """Start without any experience."""
        self.kept: dict[Kind, float] = {}
        self.pivots: dict[Kind, float] = {}
        self.broken: dict[Hashable, int] = defaultdict(int)

    def hope(self, move: Hashable, kind: Kind, most: float) -> float:
        """Return what `move` is hoped to save per pivot, where it saves `most` at most."""
        share = self.kept.get(kind, FIRST_SHARES[kind[1]])
        pivots = self.pivots.get(kind, FIRST_PIVOTS)
        return most * share / (FIRST_PIVOTS + pivots) * AGAIN ** self.broken[move]

    def note(self, kinds: Sequence[Kind], share: float, pivots: int) -> None:
        """Take note that moves of `kinds` together kept `share` of their promise by `pivots`."""
        for kind in kinds:
            kept = self.kept.get(kind, FIRST_SHARES[kind[1]])
            taken = self.pivots.get(kind, FIRST_PIVOTS)
            self.kept[kind] = kept + NEWEST * (min(max(share, 0.0), 1.0) - kept)
            self.pivots[kind] = taken + NEWEST * (pivots / len(kinds) - taken)

    def broke(self, move: Hashable) -> None:
        """Take note that `move` alone saved nothing."""
        self.broken[move] += 1
