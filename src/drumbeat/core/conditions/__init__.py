"""Rule groups: and / or / not over typed comparisons, the same everywhere.

`rules` holds the values and their JSON form, `fields` what may be asked of which field, `operands` what a
rule compares, `days` where days begin, `reading` the in-memory reading, `check` and `bounds` what is wrong
with a condition before it is used, `catalogue` what a builder offers. The SQL reading lives in `store`, takes
its operands and days from here too, and must agree.
"""

from drumbeat.core.conditions.check import ConditionProblem, Names, check_condition
from drumbeat.core.conditions.fields import CONTACT_FIELDS, EVENTS, OPERATORS, FieldType
from drumbeat.core.conditions.operands import fold
from drumbeat.core.conditions.reading import ConditionView, EventFact, fields_read, holds
from drumbeat.core.conditions.rules import Condition, Group, Operator, Rule, RuleValue

__all__ = [
    "CONTACT_FIELDS",
    "EVENTS",
    "OPERATORS",
    "Condition",
    "ConditionProblem",
    "ConditionView",
    "EventFact",
    "FieldType",
    "Group",
    "Names",
    "Operator",
    "Rule",
    "RuleValue",
    "check_condition",
    "fields_read",
    "fold",
    "holds",
]
