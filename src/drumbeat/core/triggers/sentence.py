"""A trigger or stop rule as one English sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drumbeat.core.conditions import Condition, Group, Rule
from drumbeat.core.conditions.catalogue import LABELS
from drumbeat.core.conditions.fields import EVENT_PREFIX
from drumbeat.core.conditions.rules import Operator
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers.form import Becomes, Entry, Happening, StopWhen, Trigger

_EVENTS: Mapping[EventKind, tuple[str, str]] = {
    EventKind.CONTACT_CREATED: ("a contact is created", ""),
    EventKind.CONTACT_UPDATED: ("a contact is changed", ""),
    EventKind.FIELD_CHANGED: ("a field is changed", "the field {} is changed"),
    EventKind.TAG_ADDED: ("a tag is added", "the tag {} is added"),
    EventKind.TAG_REMOVED: ("a tag is removed", "the tag {} is removed"),
    EventKind.LIST_JOINED: ("a contact joins a list", "a contact joins the list {}"),
    EventKind.LIST_LEFT: ("a contact leaves a list", "a contact leaves the list {}"),
    EventKind.STAGE_CHANGED: ("the stage changes", "the stage becomes {}"),
    EventKind.FORM_SUBMITTED: ("a form is sent", "the form {} is sent"),
    EventKind.OPENED: ("a message is opened", ""),
    EventKind.CLICKED: ("a link is clicked", ""),
    EventKind.REPLIED: ("a contact replies", ""),
    EventKind.MEETING_BOOKED: ("a meeting is booked", ""),
    EventKind.MEETING_CANCELLED: ("a meeting is cancelled", ""),
    EventKind.CALL_LOGGED: ("a call is logged", ""),
    EventKind.CONVERTED: ("a contact converts", ""),
    EventKind.TASK_COMPLETED: ("a task is done", ""),
    EventKind.SEQUENCE_FINISHED: ("a sequence ends", "the sequence {} ends"),
    EventKind.DATE_REACHED: ("a date is reached", "the date {} is reached"),
    EventKind.WEBHOOK_RECEIVED: ("a webhook comes in", "the webhook {} comes in"),
    EventKind.CUSTOM: ("a custom event happens", "the event {} happens"),
}
"""What is said of an event, and of one that is narrowed by a name."""

_OPERATORS: Mapping[Operator, str] = {
    Operator.EQUALS: "is {}",
    Operator.NOT_EQUALS: "is not {}",
    Operator.CONTAINS: "contains {}",
    Operator.NOT_CONTAINS: "does not contain {}",
    Operator.STARTS_WITH: "begins with {}",
    Operator.ENDS_WITH: "ends with {}",
    Operator.ONE_OF: "is one of {}",
    Operator.LESS: "is less than {}",
    Operator.LESS_OR_EQUAL: "is at most {}",
    Operator.GREATER: "is more than {}",
    Operator.GREATER_OR_EQUAL: "is at least {}",
    Operator.BETWEEN: "is between {}",
    Operator.IS_EMPTY: "is empty",
    Operator.IS_NOT_EMPTY: "is not empty",
    Operator.WITHIN_DAYS: "is within {} days",
    Operator.BEFORE_DAYS: "is more than {} days ago",
    Operator.HAPPENED: "has happened",
    Operator.NOT_HAPPENED: "has not happened",
}


def said(rule: Trigger | StopWhen) -> str:
    """Say what starts, or ends, a sequence."""
    word = "Starts" if isinstance(rule, Trigger) else "Ends"
    only = f", and {in_words(rule.all)}" if rule.all is not None and rule.all.rules else ""
    return f"{word} when {' or '.join(_entry(entry) for entry in rule.any)}{only}."


def _entry(entry: Entry) -> str:
    if isinstance(entry, Becomes):
        return f"it comes to be that {in_words(entry.becomes)}"
    return _happening(entry)


def _happening(entry: Happening) -> str:
    plain, named = _EVENTS[entry.event]
    if not entry.name:
        return plain
    text = named.format(f"“{entry.name}”")
    if not entry.days:
        return text
    count = "1 day" if abs(entry.days) == 1 else f"{abs(entry.days)} days"
    return f"it is {count} {'after' if entry.days > 0 else 'before'} the date “{entry.name}”"


def in_words(condition: Condition) -> str:
    """Say a condition in one line; inner groups stand in brackets."""
    return _group(condition, outer=True)


def _group(group: Group, *, outer: bool) -> str:
    parts = list(_parts(group))
    if not parts:
        return "nobody fits" if group.negated else "anybody fits"
    text = f" {group.combinator} ".join(parts)
    if group.negated:
        return f"not ({text})"
    return text if outer or len(parts) == 1 else f"({text})"


def _parts(group: Group) -> Iterator[str]:
    for entry in group.rules:
        yield _group(entry, outer=False) if isinstance(entry, Group) else _rule(entry)


def _rule(rule: Rule) -> str:
    name = rule.field.removeprefix(EVENT_PREFIX)
    label = LABELS.get(name, name.removeprefix("custom.")).lower()
    asked = _OPERATORS[rule.operator].format(_value(rule))
    within = f" in the last {rule.days} days" if rule.days is not None else ""
    return f"{label} {asked}{within}"


def _value(rule: Rule) -> str:
    if not isinstance(rule.value, tuple):
        return f"“{rule.value}”" if isinstance(rule.value, str) else str(rule.value)
    word = " and " if rule.operator is Operator.BETWEEN else ", "
    return word.join(f"“{each}”" if isinstance(each, str) else str(each) for each in rule.value)
