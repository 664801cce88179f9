"""Made-up contacts for conditions: values missing, of every type, at the borders of days; and rules that hit them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from drumbeat.core.conditions import OPERATORS, Condition, Rule, fold
from drumbeat.core.conditions.fields import OPERANDS, FieldType, Operand, type_of
from drumbeat.core.conditions.operands import LONGEST_COMPARED
from drumbeat.core.conditions.rules import Group, Operator
from drumbeat.models import (
    Contact,
    ContactFact,
    ContactField,
    ContactFieldValue,
    ContactList,
    ContactTag,
    ListMember,
    Member,
    Tag,
)
from drumbeat.store import contacts, sql
from tests.support.flows import CUSTOM_FIELDS, FIELDS, conditions, texts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ST_JOHNS_TWICE = datetime(2010, 11, 7, 2, 45, tzinfo=UTC)
ZONES = ("", "", "UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
STRANGE_ZONES = ("America/St_Johns", "Asia/Kolkata", "Mars/Olympus", 'a"b', "$.x", "posix/Asia/Tokyo")
TAGS = ("vip", "VIP ", "new", "Straße", "ﬁrst")
LISTS = ("vip", "VIP", "Leads 2026", "Straße")
KINDS = ("replied", "opened", "meeting_booked", "sent")
WORDS = ("vip", "VIP ", "Straße", "STRASSE", "ﬁrst", "first", "strasse 5", "5", "2026-03-01", " ", "İ", "ß")
LONG = ("x" * (LONGEST_COMPARED + 20), "x" * LONGEST_COMPARED, "x" * 700 + "vip", "ﷺ" * 40)
NUMBERS = (0.0, -0.0, 1.0, 5.0, -3.0, 0.1, 2.0**53, 1.7976931348623157e308, 5e-324)


def _words(*more: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*WORDS, *more)) | texts(5)


def _days() -> st.SearchStrategy[date]:
    near = st.integers(-3, 3).map(lambda days: (NOON + timedelta(days=days)).date())
    return near | st.sampled_from((date.min, date.max, date(2024, 2, 29)))


def _moments() -> st.SearchStrategy[datetime]:
    """Draw moments at the borders of days, in one zone or another."""
    hours = st.integers(-100, 60).map(lambda hours: NOON + timedelta(hours=hours))
    edge = st.sampled_from((timedelta(0), timedelta(microseconds=1), -timedelta(microseconds=1)))
    return st.builds(lambda at, by: at + by, hours | st.just(ST_JOHNS_TWICE), edge)


def nows() -> st.SearchStrategy[datetime]:
    near = st.integers(-30, 30).map(lambda hours: NOON + timedelta(minutes=30 * hours))
    return near | st.just(ST_JOHNS_TWICE)


@dataclass(frozen=True, slots=True)
class Made:
    """A contact to be: columns, custom values by key, names, events by kind, and which member owns it."""

    columns: dict[str, str]
    created_at: datetime
    custom: dict[str, Any]
    tags: frozenset[str]
    lists: frozenset[str]
    events: dict[str, tuple[int, datetime]]
    owner: int


_TEXT_COLUMNS = tuple(name for name in contacts.COMPARED if name != "time_zone")
_CUSTOM = {
    "note": _words(*LONG) | st.just(""),
    "seats": st.sampled_from((*NUMBERS, float("inf"), float("-inf"), float("nan"))) | st.integers(-5, 5),
    "renewal": _days(),
    "trial": st.booleans(),
}


def people() -> st.SearchStrategy[Made]:
    return st.builds(
        Made,
        columns=st.fixed_dictionaries(
            {"time_zone": st.sampled_from((*ZONES, *STRANGE_ZONES))},
            optional={name: _words() for name in _TEXT_COLUMNS},
        ),
        created_at=_moments(),
        custom=st.fixed_dictionaries({}, optional=_CUSTOM),
        tags=st.frozensets(st.sampled_from(TAGS).map(fold), max_size=2),
        lists=st.frozensets(st.sampled_from(LISTS), max_size=2),
        events=st.dictionaries(st.sampled_from(KINDS), st.tuples(st.integers(0, 2), _moments()), max_size=3),
        owner=st.integers(0, 2),
    )


def somebody() -> Made:
    """Return one who has something of everything."""
    return Made(
        columns={name: "vip" for name in _TEXT_COLUMNS} | {"time_zone": "Europe/Berlin"},
        created_at=NOON,
        custom={"note": "vip", "seats": 5.0, "renewal": NOON.date(), "trial": True},
        tags=frozenset({"vip"}),
        lists=frozenset({"vip"}),
        events={"replied": (1, NOON)},
        owner=1,
    )


_TEXTS = (*WORDS, *LONG, "", "x\x00y", "\ud800", "A", "\U0010ffff", "stra", "sse")
_ANY = {
    FieldType.TEXT: (*_TEXTS, 5, True),
    FieldType.NUMBER: (*NUMBERS, 5, 10**400, "5", True),
    FieldType.DATE: (
        *("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2010-11-06", "2010-11-07"),
        *("0001-01-01", "9999-12-31", "20260301", "soon", 5),
    ),
    FieldType.BOOLEAN: (True, False, 1, "true"),
    FieldType.NAMES: (*TAGS, *LISTS, "nobody", "", "\x00", "\ud800", 5),
}
_NEAR = {kind: st.sampled_from(values) for kind, values in _ANY.items()}
_NEAR[FieldType.TEXT] |= texts(5)
_FAR = (-(10**9), -4, -1, 0, 1, 2, 3, 3650, 10**9)


def every_rule() -> Iterator[Rule]:
    """Yield every operator with every kind of value, for one field of each kind; and every narrowing of events."""
    for field in ("first_name", "owner", "created_at", "tag", "list", *CUSTOM_FIELDS, "custom.gone", "gone"):
        kind = type_of(field, CUSTOM_FIELDS) or FieldType.TEXT
        for operator in Operator:
            for value in _values(_ANY[kind], OPERANDS[operator]):
                yield Rule(field=field, operator=operator, value=value)
    for field in contacts.COMPARED:
        yield Rule(field=field, operator=Operator.CONTAINS, value="ST")
    for event in (*KINDS, "nonsense"):
        for operator in (Operator.HAPPENED, Operator.NOT_HAPPENED, Operator.EQUALS):
            for days in (None, 0, 1, 2, 3, 3650):
                yield Rule(field=f"event.{event}", operator=operator, days=days)
        yield Rule(field=f"event.{event}", operator=Operator.NOT_HAPPENED, step="a")


def _values(values: tuple[Any, ...], shape: Operand) -> Iterable[Any]:
    match shape:
        case Operand.NOTHING:
            return (None,)
        case Operand.DAYS:
            return (*_FAR, "2", True)
        case Operand.ONE:
            return (*values, None)
        case _:
            pairs = zip(values, (*values[1:], values[0]), strict=True)
            return (*pairs, *((each, each) for each in values), values, (), values[0])


def a_crowd(count: int) -> list[Made]:
    """Return people who have of everything something, by a dice that always falls the same."""
    dice = Random(7)
    zones = (*ZONES, *STRANGE_ZONES)
    moments = [NOON + timedelta(hours=hours) for hours in range(-80, 40)] + [ST_JOHNS_TWICE] * 10
    beside = (timedelta(0), timedelta(microseconds=1), -timedelta(microseconds=1))
    values = {
        "note": (*_STORED, *LONG),
        "seats": (*NUMBERS, float("inf"), float("-inf"), float("nan")),
        "renewal": [(NOON + timedelta(days=days)).date() for days in range(-3, 4)] + [date.min, date.max],
        "trial": (True, False),
    }
    return [
        Made(
            columns={name: dice.choice(_STORED) for name in _TEXT_COLUMNS}
            | {"time_zone": dice.choice(zones)},
            created_at=dice.choice(moments) + dice.choice(beside),
            custom={key: dice.choice(held) for key, held in values.items() if dice.random() < 0.8},
            tags=frozenset(map(fold, dice.sample(TAGS, dice.randrange(3)))),
            lists=frozenset(dice.sample(LISTS, dice.randrange(3))),
            events={
                kind: (dice.randrange(3), dice.choice(moments) + dice.choice(beside))
                for kind in KINDS
                if dice.random() < 0.6
            },
            owner=dice.randrange(3),
        )
        for _ in range(count)
    ]


_STORED = (*WORDS, "", "a vip", "vip\U0010ffff!", "ABC", "\U0010ffff")


def near_rules() -> st.SearchStrategy[Rule]:
    """Draw rules about what the people have, of fitting shapes and of others."""
    fields = [name for name in FIELDS if not name.startswith("event.")]
    return st.one_of(
        st.sampled_from(fields).flatmap(_rule_about),
        st.builds(
            Rule,
            field=st.sampled_from([f"event.{kind}" for kind in (*KINDS, "nonsense")]),
            operator=st.sampled_from((Operator.HAPPENED, Operator.NOT_HAPPENED)),
            step=st.none() | st.just("a"),
            days=st.none() | st.integers(0, 4) | st.just(3650),
        ),
    )


def _rule_about(field: str) -> st.SearchStrategy[Rule]:
    kind = type_of(field, CUSTOM_FIELDS)
    assert kind is not None
    return st.sampled_from(OPERATORS[kind]).flatmap(
        lambda operator: st.builds(
            Rule, field=st.just(field), operator=st.just(operator), value=_value(kind, OPERANDS[operator])
        )
    )


def _value(kind: FieldType, shape: Operand) -> st.SearchStrategy[Any]:
    match shape:
        case Operand.NOTHING:
            return st.none()
        case Operand.DAYS:
            return st.integers(-4, 4) | st.sampled_from((3650, 10**9, -(10**9)))
        case Operand.ONE:
            return _NEAR[kind]
        case _:
            return st.lists(_NEAR[kind], min_size=1, max_size=3).map(tuple)


def asked() -> st.SearchStrategy[Condition]:
    joined, turned = st.sampled_from(("and", "or")), st.booleans()

    def group(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
        held = st.lists(entries, min_size=1, max_size=3).map(tuple)
        return st.builds(Group, combinator=joined, negated=turned, rules=held)

    return group(st.recursive(near_rules(), group, max_leaves=4)) | conditions()


def define(owner: Member) -> None:
    """Make the fields, tags and lists that people may have."""
    for name, kind in CUSTOM_FIELDS.items():
        key = name.removeprefix("custom.")
        ContactField.objects.create(workspace=owner.workspace, key=key, label=key, type=kind)
    for tag in sorted({fold(name) for name in TAGS}):
        Tag.objects.create(workspace=owner.workspace, name=tag, folded=tag)
    for name in LISTS:
        ContactList.objects.create(workspace=owner.workspace, name=name, created_at=NOON)


def insert(owners: list[Member | None], made: list[Made]) -> list[int]:
    """Write the people and return their ids, in order."""
    workspace = next(owner for owner in owners if owner).workspace
    ids = []
    for one in made:
        row = Contact.objects.create(
            workspace=workspace,
            **one.columns,
            owner=owners[one.owner],
            created_at=one.created_at,
            updated_at=one.created_at,
        )
        ids.append(row.pk)
    pairs = list(zip(ids, made, strict=True))
    _insert_names(workspace.pk, pairs)
    _insert_values(workspace.pk, pairs)
    facts = [
        (workspace.pk, id_, kind, scope, at, at, count)
        for id_, one in pairs
        for kind, (count, at) in one.events.items()
        for scope in ("", f"enrollment:{id_}")[: 1 + (count > 1)]
    ]
    columns = ("workspace_id", "contact_id", "kind", "scope", "first_at", "last_at", "count")
    sql.insert(ContactFact, columns, facts)
    return ids


def _insert_names(workspace_id: int, pairs: list[tuple[int, Made]]) -> None:
    tags = dict(Tag.objects.filter(workspace_id=workspace_id).values_list("folded", "id"))
    lists = dict(ContactList.objects.filter(workspace_id=workspace_id).values_list("name", "id"))
    tagged = [(workspace_id, id_, tags[name], NOON) for id_, one in pairs for name in one.tags]
    sql.insert(ContactTag, ("workspace_id", "contact_id", "tag_id", "created_at"), tagged)
    listed = [(workspace_id, id_, lists[name], NOON) for id_, one in pairs for name in one.lists]
    sql.insert(ListMember, ("workspace_id", "contact_id", "contact_list_id", "created_at"), listed)


def _insert_values(workspace_id: int, pairs: list[tuple[int, Made]]) -> None:
    fields = dict(ContactField.objects.filter(workspace_id=workspace_id).values_list("key", "id"))
    columns = ("workspace_id", "contact_id", "field_id", "text", "text_folded", "number", "date", "boolean")
    rows = [
        (workspace_id, id_, fields[key], *contacts.typed(value))
        for id_, one in pairs
        for key, value in one.custom.items()
    ]
    sql.insert(ContactFieldValue, columns, rows)
