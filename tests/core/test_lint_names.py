"""The audit of what a flow acts on: lists, other sequences, members and addresses that must be there."""

from dataclasses import replace

import pytest

from drumbeat.core.flow import Channel, ListStep, NotifyStep, OtherSequenceStep, SuppressStep, WebhookStep
from tests.support.audits import READY, codes, found
from tests.support.flows import a_flow

KNOWN = replace(
    READY,
    lists=frozenset({"Hot"}),
    sequences={
        "7": "active",
        "Other": "active",
        "Old": "archived",
        "New": "draft",
        "9": "draft",
        "Me": "draft",
    },
    itself=frozenset({"9", "Me"}),
    members=frozenset({"ann@ours.test"}),
)


@pytest.mark.parametrize(
    ("step", "code", "path"),
    [
        pytest.param(ListStep(key="a", list="Hto"), "list_unknown", "list", id="a list to be made"),
        pytest.param(
            ListStep(key="a", list="Hto", action="remove"),
            "list_unknown",
            "list",
            id="a list without anybody",
        ),
        pytest.param(
            OtherSequenceStep(key="a", sequence="8"), "sequence_unknown", "sequence", id="no such sequence"
        ),
        pytest.param(
            OtherSequenceStep(key="a", sequence="New"), "sequence_takes_nobody", "sequence", id="a draft"
        ),
        pytest.param(
            OtherSequenceStep(key="a", sequence="Old"),
            "sequence_takes_nobody",
            "sequence",
            id="an archived one",
        ),
        pytest.param(
            OtherSequenceStep(key="a", sequence="9"), "sequence_itself", "sequence", id="itself by its number"
        ),
        pytest.param(
            OtherSequenceStep(key="a", sequence="Me"), "sequence_itself", "sequence", id="itself by its name"
        ),
        pytest.param(NotifyStep(key="a", text="x", by=("sms",)), "notice_by_sms", "by", id="a notice by SMS"),
        pytest.param(
            NotifyStep(key="a", text="x", to="bob@ours.test"), "member_unknown", "to", id="no such member"
        ),
        pytest.param(
            WebhookStep(key="a", url="ftp://x.test/"), "webhook_url_invalid", "url", id="another scheme"
        ),
        pytest.param(
            WebhookStep(key="a", url="https://x.test/", body="{{ contact.id }}"),
            "webhook_body_invalid",
            "body",
            id="a body that is no JSON",
        ),
        pytest.param(
            WebhookStep(key="a", url="https://x.test/{{ contact.company }}"),
            "merge_tag_without_fallback",
            "url",
            id="an address that may lack a value",
        ),
    ],
)
def test_what_a_flow_acts_on_must_be_there(step, code, path):
    assert found(a_flow(step), code, KNOWN).path == f"steps[0].{path}"


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(ListStep(key="a", list="Hot"), id="a list"),
        pytest.param(OtherSequenceStep(key="a", sequence="7"), id="a sequence by number"),
        pytest.param(OtherSequenceStep(key="a", sequence="Old", action="finish"), id="ending an old run"),
        pytest.param(OtherSequenceStep(key="a", sequence="Me", action="finish"), id="ending its own run"),
        pytest.param(NotifyStep(key="a", text="x", to="Ann@ours.test", by=("email",)), id="a member"),
        pytest.param(NotifyStep(key="a", text="x", to="workspace_owner"), id="an owner"),
        pytest.param(
            WebhookStep(
                key="a", url="https://x.test/{{ contact.id }}", body='{"a": "{{ contact.company }}"}'
            ),
            id="a webhook",
        ),
        pytest.param(SuppressStep(key="a", channel=Channel.SMS), id="a suppression"),
    ],
)
def test_what_is_there_is_fine(step):
    assert codes(a_flow(step), KNOWN) == set()


def test_names_that_nobody_asked_for_are_not_complained_about():
    steps = (ListStep(key="a", list="x", next="b"), OtherSequenceStep(key="b", sequence="x", next="c"))
    assert codes(a_flow(*steps, NotifyStep(key="c", text="x", to="bob@ours.test"))) == set()
