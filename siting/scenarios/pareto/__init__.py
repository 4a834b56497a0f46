"""A front of two objectives: how much of one has to be given for the other."""

from siting.scenarios.pareto.answer import answer
from siting.scenarios.pareto.front import Front, Point, find_front
from siting.scenarios.pareto.table import front_record, write_front

__all__ = ["Front", "Point", "answer", "find_front", "front_record", "write_front"]
