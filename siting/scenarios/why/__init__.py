"""What a site would cost or save: forced into the plan, or out of it."""

from siting.scenarios.why.answer import answer, table_answer
from siting.scenarios.why.question import Question, ask, question_of
from siting.scenarios.why.regret import all_regrets
from siting.scenarios.why.table import answer_record, table_record, write_regrets

__all__ = [
    "Question",
    "all_regrets",
    "answer",
    "answer_record",
    "ask",
    "question_of",
    "table_answer",
    "table_record",
    "write_regrets",
]
