"""A flow that writes a contact's fields: whoever is searched by the new value is found."""

import pytest

from drumbeat.core.flow import SetFieldStep
from drumbeat.models import Contact
from drumbeat.store import actions_of_flow, enrollments
from tests.support import outreach
from tests.support.office import NOW

pytestmark = pytest.mark.django_db


def test_a_company_that_a_flow_set_is_found_by_its_name():
    ours = outreach.an_outreach()
    (row,) = enrollments.read([ours.enrollment.pk])
    step = SetFieldStep(key="set", field="contact.company", value="Ångström Mills")
    actions_of_flow.set_fields([(row, step)], NOW)
    contact = Contact.objects.get(pk=ours.contact.pk)
    assert (contact.company, contact.company_folded) == ("Ångström Mills", "angstrom mills")
