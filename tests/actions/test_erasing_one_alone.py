"""Erasing somebody takes nothing of others: whose address holds theirs, or who are of another workspace."""

from datetime import timedelta

import pytest

from drumbeat.actions.contacts import erasing
from drumbeat.models import InboundMail, Message
from tests.support.office import NOW, a_lead, an_owner, another_owner

pytestmark = pytest.mark.django_db
ADDRESS = "ann@x.test"


def a_raw(external_id, address, workspace=None):
    return InboundMail.objects.create(
        source="smtp",
        external_id=external_id,
        envelope_from=address,
        raw=b"x",
        received_at=NOW,
        processed_at=NOW,
        workspace=workspace,
    )


def erase_ann(owner):
    ann = a_lead(owner, ADDRESS)
    erasing.erase(owner, ann.pk, ADDRESS, NOW + timedelta(hours=1))


@pytest.mark.parametrize("address", ["joann@x.test", "ann@x.test.org", "ann@x.tester", "jo.ann@x.test"])
def test_mail_of_another_whose_address_holds_it_stays(address):
    owner = an_owner()
    a_raw("alone", address)
    Message.objects.create(
        workspace=owner.workspace,
        raw=a_raw("read", address),
        channel="email",
        direction="in",
        from_address=address,
        to_address=address,
        occurred_at=NOW,
    )
    erase_ann(owner)
    assert (Message.objects.count(), InboundMail.objects.count()) == (1, 2)


def test_what_another_workspace_set_aside_stays():
    owner, theirs = an_owner(), another_owner().workspace
    for whose in (theirs, owner.workspace, None):
        a_raw(str(whose), ADDRESS.upper(), whose)
    erase_ann(owner)
    assert [row.workspace for row in InboundMail.objects.all()] == [theirs]
