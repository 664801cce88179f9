"""What a condition may ask of which field: the tables that both readings and the editor share.

A field's type decides the operators; an operator decides the shape of its operand.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.conditions.rules import Operator


class FieldType(StrEnum):
    """The first four are types of contact fields; `names` are tags and lists, `event` is what happened."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    NAMES = "names"
    EVENT = "event"


class Operand(StrEnum):
    """How the value of a rule must look."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    PAIR = "pair"
    DAYS = "days"


OPERANDS: Mapping[Operator, Operand] = MappingProxyType(
    dict.fromkeys(Operator, Operand.ONE)
    | {
        Operator.ONE_OF: Operand.MANY,
        Operator.BETWEEN: Operand.PAIR,
        Operator.WITHIN_DAYS: Operand.DAYS,
        Operator.BEFORE_DAYS: Operand.DAYS,
        Operator.IS_EMPTY: Operand.NOTHING,
        Operator.IS_NOT_EMPTY: Operand.NOTHING,
        Operator.HAPPENED: Operand.NOTHING,
        Operator.NOT_HAPPENED: Operand.NOTHING,
    }
)

_EMPTINESS = (Operator.IS_EMPTY, Operator.IS_NOT_EMPTY)
_SAMENESS = (Operator.EQUALS, Operator.NOT_EQUALS)
_ORDER = (
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL,
    Operator.BETWEEN,
)
_PARTS = (Operator.CONTAINS, Operator.NOT_CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH)

OPERATORS: Mapping[FieldType, tuple[Operator, ...]] = MappingProxyType(
    {
        FieldType.TEXT: (*_SAMENESS, *_PARTS, Operator.ONE_OF, *_EMPTINESS),
        FieldType.NUMBER: (*_SAMENESS, *_ORDER, Operator.ONE_OF, *_EMPTINESS),
        FieldType.DATE: (
            *_SAMENESS,
            *_ORDER,
            Operator.ONE_OF,
            Operator.WITHIN_DAYS,
            Operator.BEFORE_DAYS,
            *_EMPTINESS,
        ),
        FieldType.BOOLEAN: (*_SAMENESS, *_EMPTINESS),
        FieldType.NAMES: (*_SAMENESS, Operator.ONE_OF, *_EMPTINESS),
        FieldType.EVENT: (Operator.HAPPENED, Operator.NOT_HAPPENED),
    }
)

TAG, LIST = "tag", "list"
EVENT_PREFIX = "event."

CONTACT_FIELDS: Mapping[str, FieldType] = MappingProxyType(
    {
        "first_name": FieldType.TEXT,
        "last_name": FieldType.TEXT,
        "email": FieldType.TEXT,
        "phone": FieldType.TEXT,
        "whatsapp": FieldType.TEXT,
        "company": FieldType.TEXT,
        "title": FieldType.TEXT,
        "stage": FieldType.TEXT,
        "owner": FieldType.TEXT,
        "time_zone": FieldType.TEXT,
        "language": FieldType.TEXT,
        "created_at": FieldType.DATE,
        "updated_at": FieldType.DATE,
    }
)
"""Fields that every contact has. Those of a workspace are called `custom.<key>`."""

MESSAGE_EVENTS = frozenset(
    {"sent", "delivered", "opened", "clicked", "replied", "auto_replied", "out_of_office", "bounced"}
)
"""Events of messages: inside a flow they mean those of this enrollment."""

EVENTS = MESSAGE_EVENTS | {
    "complained",
    "opted_out",
    "meeting_booked",
    "meeting_cancelled",
    "call_logged",
    "converted",
    "task_completed",
    "form_submitted",
    "sequence_finished",
    "webhook_received",
    "custom",
}
"""Event kinds that a condition may ask for, as `event.<kind>`."""


def type_of(field: str, known: Mapping[str, FieldType]) -> FieldType | None:
    """Return the type of a field; `known` are the workspace's own ones. None: there is no such field."""
    if field in (TAG, LIST):
        return FieldType.NAMES
    if field.startswith(EVENT_PREFIX):
        return FieldType.EVENT if field.removeprefix(EVENT_PREFIX) in EVENTS else None
    return CONTACT_FIELDS.get(field) or known.get(field)
