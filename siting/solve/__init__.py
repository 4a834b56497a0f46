"""From an instance to a plan with a proven gap."""

from siting.solve.direct import Effort, solve

__all__ = ["Effort", "solve"]
