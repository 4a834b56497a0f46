"""From an instance to a plan with a proven gap."""

from siting.solve.effort import Effort
from siting.solve.start import Start
from siting.solve.whole import solve

__all__ = ["Effort", "Start", "solve"]
