"""Pages by cursor: every row once, whatever the order, whatever is added meanwhile."""

import pytest
from ninja import Schema

from drumbeat.api.paging import PageIn, page_of
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact
from tests.support.office import NOW, a_lead, an_owner

pytestmark = pytest.mark.django_db


class Row(Schema):
    id: int


def pages(order, limit):
    cursor, ids = "", []
    while True:
        page = page_of(
            Contact.objects.all(),
            order,
            PageIn(cursor=cursor, limit=limit),
            lambda rows: [Row(id=row.pk) for row in rows],
        )
        assert len(page.items) <= limit
        ids += [row.id for row in page.items]
        if page.next_cursor is None:
            return ids
        cursor = page.next_cursor


@pytest.fixture
def people():
    owner = an_owner()
    return [a_lead(owner, f"p{n}@example.com", company=f"Company {n % 3}") for n in range(7)]


@pytest.mark.parametrize(
    "order", [("id",), ("-id",), ("company", "-id"), ("-company", "id"), ("-created_at", "id")]
)
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_every_row_comes_once_and_in_order(people, order, limit):
    assert pages(order, limit) == list(Contact.objects.order_by(*order).values_list("id", flat=True))


def test_a_row_that_comes_in_before_the_cursor_does_not_shift_the_pages(people):
    first = page_of(
        Contact.objects.all(), ("-id",), PageIn(limit=3), lambda rows: [Row(id=r.pk) for r in rows]
    )
    a_lead(people[0].workspace.members.get(), "late@example.com")
    asked = PageIn(cursor=first.next_cursor or "", limit=3)
    second = page_of(Contact.objects.all(), ("-id",), asked, lambda rows: [Row(id=r.pk) for r in rows])
    assert [row.id for row in second.items] == [person.pk for person in reversed(people[1:4])]


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA", "W10", "e30", "WyJpZCIsIHsiYXQiOiAieCJ9XQ", "é", "WyItaWQiLDFd"]
)
def test_a_cursor_that_is_not_of_this_list_is_refused(cursor):
    with pytest.raises(DomainError, match="cursor"):
        page_of(
            Contact.objects.all(), ("id",), PageIn(cursor=cursor), lambda rows: [Row(id=r.pk) for r in rows]
        )


def test_the_moment_of_a_cursor_is_kept_to_the_microsecond(people):
    Contact.objects.filter(pk=people[0].pk).update(created_at=NOW.replace(microsecond=123_456))
    assert len(pages(("-created_at", "id"), 1)) == len(people)
