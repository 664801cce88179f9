"""Contacts written many at a time: matched, filled, refused; the index is used; ids fit any look-up."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.models import Contact
from drumbeat.store import contacts, upserting
from drumbeat.store.contacts import ContactInput, OnDuplicate
from tests.support.office import NOW, a_lead, an_owner

pytestmark = pytest.mark.django_db


def an_input(email="", phone="", **more):
    values = {"email": email, "email_normal": email.lower(), "phone": phone, "phone_normal": phone, **more}
    return ContactInput({name: value for name, value in values.items() if value})


def test_a_number_finds_a_contact_that_has_no_address_yet():
    owner = an_owner()
    first = upserting.upsert(owner.workspace_id, [an_input(phone="+442079460958")], NOW)
    second = upserting.upsert(owner.workspace_id, [an_input("kim@example.com", "+442079460958")], NOW)
    assert first.ids == second.ids
    assert Contact.objects.get().email == "kim@example.com"


def test_a_refusal_leaves_the_others_as_they_are():
    owner = an_owner()
    a_lead(owner, "kim@example.com", phone="+442079460958")
    inputs = [
        an_input("lee@example.com"),
        an_input("zoe@example.com", "+442079460958"),
        an_input("kim@example.com"),
    ]
    written = upserting.upsert(owner.workspace_id, inputs, NOW)
    assert [id_ is not None for id_ in written.ids] == [True, False, True]
    assert (written.created, written.updated, list(written.refused)) == (1, 1, [1])
    assert written.created_ids == [written.ids[0]]


_ADDRESSES = st.sampled_from(["", "a@x.test", "b@x.test", "A@x.test", "c@x.test"])
_NUMBERS = st.sampled_from(["", "+442079460958", "+442079460959"])
_INPUTS = st.lists(
    st.builds(an_input, _ADDRESSES, _NUMBERS, first_name=st.sampled_from(["", "Kim", "Lee"])).filter(
        lambda one: one.values
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(batches=st.lists(_INPUTS, max_size=4), mode=st.sampled_from(OnDuplicate))
def test_whatever_comes_nobody_is_there_twice_and_every_row_is_accounted_for(db, batches, mode):
    from django.db import transaction

    with transaction.atomic():
        owner = an_owner()
        for batch in batches:
            reachable = [one for one in batch if one.values.keys() & {"email_normal", "phone_normal"}]
            before = Contact.objects.count()
            foreseen = upserting.foresee(owner.workspace_id, reachable, mode)
            written = upserting.upsert(owner.workspace_id, reachable, NOW, mode)
            assert (foreseen.created, foreseen.updated, foreseen.skipped, foreseen.refused.keys()) == (
                written.created,
                written.updated,
                written.skipped,
                written.refused.keys(),
            )
            assert written.created + written.updated + written.skipped + len(written.refused) == len(
                reachable
            )
            assert Contact.objects.count() == before + written.created
            for position, (one, id_) in enumerate(zip(reachable, written.ids, strict=True)):
                assert (id_ is None) == (position in written.refused)
                if (
                    id_ is not None
                    and (email := one.values.get("email_normal"))
                    and mode is OnDuplicate.UPDATE
                ):
                    assert Contact.objects.get(email_normal=email).pk == id_
        transaction.set_rollback(True)


@pytest.mark.parametrize("column", ["email_normal", "phone_normal"])
def test_looking_up_addresses_uses_the_index(column):
    plan = contacts.with_address(1, column, ["a", "b"]).values_list("id").explain()
    index = {"email_normal": "contact_email_once", "phone_normal": "contact_phone_once"}[column]
    assert index in plan or connection.vendor != "sqlite"


def test_any_number_of_ids_is_one_parameter():
    owner = an_owner()
    kim = a_lead(owner)
    ids = [*range(1_000_000, 1_050_000), kim.pk]
    assert list(Contact.objects.filter(id__in=contacts.in_ids(ids)).values_list("id", flat=True)) == [kim.pk]
    assert not Contact.objects.filter(id__in=contacts.in_ids([])).exists()
