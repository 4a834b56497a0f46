"""Why a study has no plan and what to change, or what binds the plan it has."""

from siting.explain.answer import Explanation, explain

__all__ = ["Explanation", "explain"]
