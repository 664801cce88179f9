"""Contacts one by one: checked by field, never twice, and what is none is refused with a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.actions import contacts, lists
from drumbeat.actions.contacts.input import read_contact, read_value
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactField, ContactFieldValue, FieldType, ListMember
from tests.support.office import NOW, a_lead, an_owner

SEATS = {"seats": (1, FieldType.NUMBER), "renewal": (2, FieldType.DATE), "trial": (3, FieldType.BOOLEAN)}


def test_addresses_are_kept_as_written_and_in_normal_form():
    one = read_contact({"email": " Kim@Example.COM ", "phone": "+44 20 7946 0958", "first_name": "Kim\x00"})
    assert one.values == {
        "email": "Kim@Example.COM",
        "email_normal": "kim@example.com",
        "phone": "+44 20 7946 0958",
        "phone_normal": "+442079460958",
        "first_name": "Kim",
    }


def test_a_number_that_nobody_can_call_is_kept_as_it_is_written():
    one = read_contact({"email": "kim@example.com", "phone": "ask Kim"})
    assert (one.values["phone"], one.values["phone_normal"]) == ("ask Kim", "")


@pytest.mark.parametrize(
    ("values", "custom", "path"),
    [
        pytest.param({"first_name": "Kim"}, {}, "email", id="neither address nor number"),
        pytest.param({"phone": "ask Kim"}, {}, "email", id="a number that nobody can call is no address"),
        pytest.param({"email": "kim"}, {}, "email", id="not a mail address"),
        pytest.param(
            {"email": "kim@x.test", "first_name": "K" * 201}, {}, "first_name", id="a name too long"
        ),
        pytest.param({"email": "kim@x.test", "time_zone": "Mars"}, {}, "time_zone", id="no such time zone"),
        pytest.param({"email": "kim@x.test"}, {"seats": "many"}, "custom.seats", id="a word for a number"),
        pytest.param({"email": "kim@x.test"}, {"seats": "nan"}, "custom.seats", id="not a number at all"),
        pytest.param({"email": "kim@x.test"}, {"renewal": "soon"}, "custom.renewal", id="a word for a date"),
        pytest.param({"email": "kim@x.test"}, {"trial": "perhaps"}, "custom.trial", id="neither yes nor no"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(values, custom, path):
    with pytest.raises(DomainError) as refused:
        read_contact(values, custom, SEATS)
    assert refused.value.code == "contact_invalid"
    assert list(refused.value.fields) == [path]


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        pytest.param("12.5", FieldType.NUMBER, 12.5, id="a number"),
        pytest.param("1e400", FieldType.NUMBER, None, id="a number that no column holds"),
        pytest.param("2026-01-31", FieldType.DATE, date(2026, 1, 31), id="a date"),
        pytest.param("Yes", FieldType.BOOLEAN, True, id="yes"),
        pytest.param("0", FieldType.BOOLEAN, False, id="no"),
        pytest.param("x" * 10_001, FieldType.TEXT, None, id="a text beyond reason"),
    ],
)
def test_custom_values_have_the_type_of_their_field(text, type_, value):
    assert read_value(text, type_) == value


@given(st.dictionaries(st.sampled_from(["email", "phone", "first_name", "time_zone"]), st.text(max_size=80)))
def test_whatever_comes_is_a_contact_or_a_sentence(values):
    try:
        one = read_contact(values)
    except DomainError as refused:
        assert refused.fields
    else:
        assert one.values.get("email_normal") or one.values.get("phone_normal")
        assert "\x00" not in "".join(one.values.values())


@pytest.mark.django_db
def test_a_contact_is_added_with_its_fields_and_list():
    owner = an_owner()
    contact = contacts.add(
        owner,
        {"email": "kim@example.com", "company": "Acme"},
        NOW,
        custom={"Lucky Number": "7"},
        list_name="Fair",
    )
    assert (contact.email_normal, contact.company) == ("kim@example.com", "Acme")
    field = ContactField.objects.get()
    assert (field.key, field.label, field.type) == ("lucky_number", "Lucky Number", "text")
    assert ContactFieldValue.objects.get(contact=contact).text == "7"
    assert ListMember.objects.get(contact=contact).contact_list.name == "Fair"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"email": "KIM@example.com"}, id="the same address"),
        pytest.param({"phone": "+44 20 7946 0958"}, id="the same number"),
        pytest.param(
            {"email": "x@example.com", "phone": "+442079460958"}, id="a number that another one has"
        ),
    ],
)
def test_nobody_is_there_twice(values):
    owner = an_owner()
    a_lead(owner, "kim@example.com", phone="+442079460958")
    with pytest.raises(DomainError) as refused:
        contacts.add(owner, values, NOW)
    assert refused.value.code == "contact_exists"
    assert Contact.objects.count() == 1


@pytest.mark.django_db
def test_contacts_are_found_in_the_order_asked_and_none_may_lack():
    owner = an_owner()
    kim, lee = a_lead(owner, "kim@example.com"), a_lead(owner, "lee@example.com")
    assert contacts.find_many(owner, ["Lee@example.com", "kim@example.com"]) == [lee.pk, kim.pk]
    with pytest.raises(DomainError) as refused:
        contacts.find_many(owner, ["kim@example.com", *(f"x{n}@example.com" for n in range(7))])
    assert refused.value.code == "not_found"
    assert "and 2 more" in refused.value.message


@pytest.mark.django_db
def test_lists_are_made_joined_left_and_found():
    owner = an_owner()
    kim, lee = a_lead(owner, "kim@example.com"), a_lead(owner, "lee@example.com")
    fair = lists.create(owner, " Fair ", NOW)
    assert lists.create(owner, "Fair", NOW) == fair

    assert lists.join(owner, fair.pk, [kim.pk, lee.pk, 999], NOW) == 2
    assert lists.join(owner, fair.pk, [kim.pk], NOW) == 1
    assert ListMember.objects.filter(contact_list=fair).count() == 2
    assert lists.leave(owner, fair.pk, [lee.pk, 999], NOW) == 1
    assert lists.find(owner, "Fair") == lists.find(owner, str(fair.pk)) == fair


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_list_needs_a_name(name):
    with pytest.raises(DomainError) as refused:
        lists.create(an_owner(), name, NOW)
    assert refused.value.code == "list_name_invalid"
