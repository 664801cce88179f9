"""Our mark proves what a mail answers, wherever it comes back; the name in From never does."""

import pytest

from drumbeat.inbound.match import Clues, find
from tests.support.outreach import ADDRESS, a_contact, a_sender, a_workspace, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


def clues(*, to="rep@ours.test", ids=(), sender="somebody@else.test"):
    recipients = (to,) if isinstance(to, str) else tuple(to)
    return Clues(recipients, tuple(ids), sender)


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(lambda mark: {"to": f"rep+r-{mark}@ours.test"}, id="the reply token"),
        pytest.param(lambda mark: {"to": f"rep+b-{mark}@ours.test"}, id="the bounce token"),
        pytest.param(lambda mark: {"to": f"REP+R-{mark.upper()}@OURS.TEST"}, id="a token in capitals"),
        pytest.param(
            lambda mark: {"to": ("x@else.test", f"rep+r-{mark}@ours.test")}, id="a token beside others"
        ),
        pytest.param(lambda mark: {"ids": [f"{mark}@ours.test"]}, id="a bare id"),
        pytest.param(lambda mark: {"ids": [f"<{mark}@ours.test>"]}, id="an id in brackets"),
        pytest.param(lambda mark: {"ids": [f"<{mark}@relay.test>"]}, id="an id whose domain was rewritten"),
        pytest.param(
            lambda mark: {"ids": ["<a@b.test>", f"<{mark}@ours.test>"]}, id="an id in a long thread"
        ),
    ],
)
def test_our_mark_is_found(outreach, where):
    (match,) = find(clues(**where(outreach.sent.mark)))

    assert match.touch == outreach.sent
    assert match.contact == outreach.contact
    assert match.workspace_id == outreach.workspace.pk
    assert match.is_proven


def test_the_first_mark_that_we_know_decides(outreach):
    unknown, known, later = "a" * 32, outreach.sent.mark, outreach.planned.mark

    (match,) = find(clues(ids=[f"<{unknown}@x.test>", f"<{known}@x.test>", f"<{later}@x.test>"]))

    assert match.touch == outreach.sent


def test_a_token_outweighs_the_thread(outreach):
    (match,) = find(
        clues(to=f"rep+r-{outreach.planned.mark}@ours.test", ids=[f"<{outreach.sent.mark}@ours.test>"])
    )

    assert match.touch == outreach.planned


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"kind": "notice"}, id="a notice to own people"),
        pytest.param({"key": "test:1"}, id="a test"),
    ],
)
def test_an_answer_to_our_own_people_is_no_contacts_answer(outreach, changed):
    for name, value in changed.items():
        setattr(outreach.sent, name, value)
    outreach.sent.save()

    (match,) = find(clues(ids=[f"<{outreach.sent.mark}@ours.test>"]))

    assert not match.is_proven


def test_the_address_of_a_contact_is_a_weak_match(outreach):
    (match,) = find(clues(sender=ADDRESS.upper()))

    assert (match.contact, match.sender_id, match.is_proven) == (outreach.contact, outreach.sender.pk, False)


def test_where_replies_go_counts_as_the_senders_address(outreach):
    outreach.sender.reply_to = "Answers@crm.test"
    outreach.sender.save()

    (match,) = find(clues(to="answers@CRM.test", sender=ADDRESS))

    assert match.contact == outreach.contact


def test_a_stranger_who_writes_to_a_sender_is_placed_without_a_contact(outreach):
    (match,) = find(clues())

    assert (match.workspace_id, match.contact) == (outreach.workspace.pk, None)


def test_another_address_of_our_domain_is_placed_only_for_a_known_contact(outreach):
    assert find(clues(to="office@ours.test")) == []
    (match,) = find(clues(to="office@ours.test", sender=ADDRESS))
    assert match.contact == outreach.contact


def test_a_contact_of_another_workspace_is_not_meant(outreach):
    theirs, _ = a_workspace("Theirs")
    a_sender(theirs, "rep@theirs.test")
    a_contact(theirs, "jo@example.com")

    (match,) = find(clues(to="rep@ours.test", sender="jo@example.com"))

    assert (match.workspace_id, match.contact) == (outreach.workspace.pk, None)


def test_an_address_that_two_workspaces_send_from_belongs_to_both(outreach):
    theirs, _ = a_workspace("Theirs")
    a_sender(theirs, "rep@ours.test")

    found = {match.workspace_id: match.contact for match in find(clues(sender=ADDRESS))}

    assert found == {outreach.workspace.pk: outreach.contact, theirs.pk: None}


@pytest.mark.parametrize("sender", ["", "nobody", "a@b@c", "\udcff@example.com"])
def test_an_unreadable_from_matches_nobody(outreach, sender):
    (match,) = find(clues(sender=sender))

    assert match.contact is None


def test_mail_to_nobody_of_ours_belongs_nowhere(outreach):
    assert find(clues(to=("x@else.test", "nonsense", ""))) == []


def test_the_number_of_queries_is_constant(outreach, django_assert_max_num_queries):
    many = [f"<{'b' * 31}{n % 10}@x.test>" for n in range(5000)]

    with django_assert_max_num_queries(3):
        find(clues(to=[f"a{n}@ours.test" for n in range(5000)], ids=many, sender=ADDRESS))
