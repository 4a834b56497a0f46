"""The model of many sources and arcs: Pyomo for what is decided, the rest appended as arrays."""

from siting.solve.shell.model import Shell, shell_model

__all__ = ["Shell", "shell_model"]
