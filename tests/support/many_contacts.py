"""A workspace of any number of contacts with stages, tags, lists, custom values and events, written set by set."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from drumbeat.models import ContactField, ContactList, FieldType, Member, Tag
from drumbeat.store import sql

STAGES = ("", "new", "contacted", "qualified", "customer", "lost")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "",
    "UTC",
    "Asia/Tokyo",
    "x",
)
TAGS = {"common": 10, "some": 100, "rare": 10_000}
"""One contact of so many has the tag."""
YEARS_OF_MINUTES = 2 * 365 * 24 * 60
_SAME = ("company", "title", "stage", "time_zone", "email")


def fill(owner: Member, count: int, now: datetime) -> None:
    """Write `count` contacts, numbered from 1, into the owner's workspace, and gather statistics."""
    _contacts(owner, count, now)
    _run("ANALYZE drumbeat_contact")  # or foreign keys are checked by plans for an empty table
    for name, each in TAGS.items():
        tag = Tag.objects.create(workspace=owner.workspace, name=name, folded=name)
        _run(
            "INSERT INTO drumbeat_contacttag (workspace_id, contact_id, tag_id, created_at) "
            f"SELECT c.workspace_id, c.id, {tag.pk}, c.created_at FROM drumbeat_contact c WHERE c.id % {each} = 1"
        )
    made = ContactList.objects.create(workspace=owner.workspace, name="Fair", created_at=now)
    _run(
        "INSERT INTO drumbeat_listmember (workspace_id, contact_list_id, contact_id, created_at) "
        f"SELECT c.workspace_id, {made.pk}, c.id, c.created_at FROM drumbeat_contact c WHERE c.id % 50 = 2"
    )
    _values(owner, now.date())
    _facts(now)
    _run("ANALYZE")


def _contacts(owner: Member, count: int, now: datetime) -> None:
    written = {
        "email": "'lead' || n || '@example.com'",
        "company": "'company ' || (n % 20000)",
        "title": "'title ' || (n % 40)",
        "stage": _one_of(STAGES),
        "time_zone": _one_of(ZONES),
    }
    compared = {f"{name}_compared": written[name] for name in _SAME}
    compared["time_zone_compared"] = f"LOWER({written['time_zone']})"
    blank = ("first_name", "last_name", "email_normal", "phone", "phone_normal", "whatsapp", "language")
    columns = written | compared | dict.fromkeys(blank, "''") | {"email_normal": written["email"]}
    at = _ago(now, f"n % {YEARS_OF_MINUTES}", "minutes")
    columns |= {"workspace_id": str(owner.workspace_id), "consent": "'{}'", "owner_id": str(owner.pk)}
    columns |= {"created_at": at, "updated_at": at}
    names, values = ", ".join(columns), ", ".join(columns.values())
    _run(f"INSERT INTO drumbeat_contact ({names}) SELECT {values} FROM {_numbers(count)}")


def _values(owner: Member, today: date) -> None:
    plans = ContactField.objects.create(
        workspace=owner.workspace, key="plan", label="Plan", type=FieldType.TEXT
    )
    seats = ContactField.objects.create(
        workspace=owner.workspace, key="seats", label="Seats", type=FieldType.NUMBER
    )
    ends = ContactField.objects.create(
        workspace=owner.workspace, key="ends", label="Ends", type=FieldType.DATE
    )
    plan = "CASE WHEN c.id % 500 = 3 THEN 'enterprise' WHEN c.id % 5 = 0 THEN 'pro' ELSE 'free' END"
    day = (
        f"DATE '{today}' + (c.id % 1000)::int"
        if sql.is_postgresql()
        else f"DATE('{today}', '+' || (c.id % 1000) || ' days')"
    )
    for field, columns, value in (
        (plans, "text, text_folded", f"{plan}, {plan}"),
        (seats, "number", "c.id % 1000"),
        (ends, "date", day),
    ):
        _run(
            f"INSERT INTO drumbeat_contactfieldvalue (workspace_id, contact_id, field_id, {columns}) "
            f"SELECT c.workspace_id, c.id, {field.pk}, {value} FROM drumbeat_contact c WHERE c.id % 2 = 1"
        )


def _facts(now: datetime) -> None:
    for kind, each, apart in (("sent", 2, 120), ("replied", 40, 60), ("meeting_booked", 1_000, 600)):
        at = _ago(now, f"c.id % 3000 * {apart}", "minutes")
        _run(
            "INSERT INTO drumbeat_contactfact (workspace_id, contact_id, kind, scope, first_at, last_at, count) "
            f"SELECT c.workspace_id, c.id, '{kind}', '', {at}, {at}, 1 "
            f"FROM drumbeat_contact c WHERE c.id % {each} = 0"
        )


def _one_of(words: tuple[str, ...]) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE n % {len(words)} {cases} END"


def _ago(now: datetime, amount: str, unit: str) -> str:
    if sql.is_postgresql():
        return f"TIMESTAMPTZ '{now.isoformat()}' - ({amount}) * INTERVAL '1 {unit[:-1]}'"
    return f"STRFTIME('%Y-%m-%d %H:%M:%S', '{now:%Y-%m-%d %H:%M:%S}', '-' || ({amount}) || ' {unit}')"


def _numbers(last: int) -> str:
    if sql.is_postgresql():
        return f"generate_series(1, {last}) AS numbers(n)"
    return (
        f"(WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) "
        "SELECT n FROM numbers) AS numbers"
    )


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rule(field: str, operator: str, value: object = None, **more: object) -> dict[str, object]:
    return {"field": field, "operator": operator, "value": value, **more}


ASKED: dict[str, dict[str, object]] = {
    "a stage": {"rules": [rule("stage", "equals", "Customer")]},
    "a company": {"rules": [rule("company", "equals", "Company 77")]},
    "a prefix": {"rules": [rule("email", "starts_with", "lead77777")]},
    "a rare tag": {"rules": [rule("tag", "equals", "rare")]},
    "a tag and a stage": {"rules": [rule("tag", "equals", "some"), rule("stage", "equals", "customer")]},
    "own fields": {
        "rules": [rule("custom.plan", "equals", "enterprise"), rule("custom.seats", "greater", 990)]
    },
    "an own date soon": {"rules": [rule("custom.ends", "within_days", -1)]},
    "replied this week": {"rules": [rule("event.replied", "happened", days=7)]},
    "sent, never replied": {
        "rules": [
            rule("event.sent", "happened"),
            rule("event.replied", "not_happened"),
            rule("stage", "equals", "contacted"),
        ]
    },
    "new today": {"rules": [rule("created_at", "within_days", 0)]},
    "either": {
        "combinator": "or",
        "rules": [rule("company", "equals", "company 77"), rule("tag", "equals", "rare")],
    },
    "nobody, by part": {"rules": [rule("company", "contains", "zzz")]},
    "nobody, by not": {
        "negated": True,
        "combinator": "or",
        "rules": [rule("stage", "is_empty"), rule("stage", "is_not_empty")],
    },
    "nobody, by event": {
        "rules": [rule("event.meeting_booked", "happened", days=3000), rule("event.sent", "not_happened")]
    },
}
"""Conditions of every family, from those that few fit to those that all must be looked at for."""
