"""Two outputs of ``siting run`` side by side."""

from siting.scenarios.compare.answer import answer
from siting.scenarios.compare.difference import Difference, difference
from siting.scenarios.compare.output import Output, read_output
from siting.scenarios.compare.table import difference_record, write_difference

__all__ = [
    "Difference",
    "Output",
    "answer",
    "difference",
    "difference_record",
    "read_output",
    "write_difference",
]
