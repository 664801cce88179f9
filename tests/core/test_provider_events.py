"""What an event of a provider means: a person is suppressed only where nobody is there any more."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.bounce_reasons import HARD, BounceReason
from drumbeat.core.incoming import Word
from drumbeat.core.provider_events import Told, finality_of, happened_at, meaning_of, read_told

GONE = "smtp;550 5.1.1 The email account that you tried to reach does not exist."
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def failed(**about):
    meaning = meaning_of(Told(**{"kind": "bounced", **about}), "kim@example.com")
    assert meaning is not None and meaning.failed is not None
    assert meaning.failed.address == about.get("recipient", "kim@example.com")
    assert meaning.word is (Word.BOUNCE if meaning.failed.hard else Word.SOFT_BOUNCE)
    return meaning.failed.reason


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        pytest.param({"answer": GONE}, "user_unknown", id="the server says that nobody is there"),
        pytest.param({"answer": GONE, "finality": "soft"}, "temporary", id="but the provider calls it soft"),
        pytest.param({"finality": "hard"}, "user_unknown", id="the provider calls it hard, nobody says why"),
        pytest.param(
            {"finality": "hard", "answer": "550 5.7.1 rejected as spam"}, "policy", id="hard, for our sake"
        ),
        pytest.param(
            {"finality": "hard", "answer": "552 5.2.2 mailbox full"}, "mailbox_full", id="hard, yet only full"
        ),
        pytest.param(
            {"finality": "soft", "answer": "552 5.2.2 mailbox full"}, "mailbox_full", id="soft and full"
        ),
        pytest.param({}, "other", id="nothing certain"),
        pytest.param({"reject_reason": "timed_out"}, "temporary", id="given up in the end"),
        pytest.param({"reject_reason": "blocked"}, "filtered", id="blocked, nobody says why"),
        pytest.param({"reject_reason": "bounced"}, "other", id="bounced, nobody says how"),
        pytest.param(
            {"kind": "rejected", "reject_reason": "bounced"}, "user_unknown", id="on the list of the dead"
        ),
        pytest.param(
            {"kind": "rejected", "reject_reason": "invalid"}, "user_unknown", id="an address that cannot be"
        ),
        pytest.param({"kind": "failed", "recipient": "other@example.com"}, "other", id="never tried"),
    ],
)
def test_a_failure_is_hard_only_where_both_say_so(about, reason):
    assert failed(**about) == reason


@pytest.mark.parametrize(
    ("about", "kind", "word"),
    [
        pytest.param({"kind": "delivered"}, "delivered", None, id="delivered"),
        pytest.param({"kind": "opened"}, "opened", None, id="opened"),
        pytest.param({"kind": "clicked"}, "clicked", None, id="clicked"),
        pytest.param({"kind": "deferred", "answer": GONE}, "deferred", None, id="still being tried"),
        pytest.param({"kind": "complained"}, "complained", Word.COMPLAINT, id="a complaint"),
        pytest.param(
            {"kind": "rejected", "reject_reason": "spam"},
            "complained",
            Word.COMPLAINT,
            id="complained before",
        ),
        pytest.param({"kind": "unsubscribed"}, "opted_out", Word.OPT_OUT, id="unsubscribed there"),
        pytest.param(
            {"kind": "rejected", "reject_reason": "unsubscribed"}, "opted_out", Word.OPT_OUT, id="and before"
        ),
    ],
)
def test_each_word_of_theirs_is_one_of_ours(about, kind, word):
    meaning = meaning_of(Told(**about))
    assert meaning is not None
    assert (meaning.kind, meaning.word) == (kind, word)


@pytest.mark.parametrize("kind", ["queued", "sent", "subscribed", "unknown", "autoresponded"])
def test_what_says_nothing_of_a_mail_means_nothing(kind):
    assert meaning_of(Told(kind=kind)) is None


@pytest.mark.parametrize(
    ("raw", "finality"),
    [
        pytest.param({"Type": "HardBounce"}, "hard", id="Postmark"),
        pytest.param({"Type": "SoftBounce"}, "soft", id="Postmark, soft"),
        pytest.param({"event-data": {"severity": "permanent"}}, "hard", id="Mailgun"),
        pytest.param({"event": "soft_bounce"}, "soft", id="Brevo, Mandrill"),
        pytest.param({"type": "activity.hard_bounced"}, "hard", id="MailerSend"),
        pytest.param({"event": "bounce", "type": "blocked"}, "soft", id="SendGrid"),
        pytest.param({"status": "hard_bounced"}, "hard", id="Unisender Go"),
        pytest.param({"data": {"bounce": {"type": "Permanent"}}}, "hard", id="Resend"),
        pytest.param({"event": "bounce", "hard_bounce": True}, "hard", id="Mailjet"),
        pytest.param({"event": "bounce", "hard_bounce": False}, "soft", id="Mailjet, soft"),
        pytest.param({"bounce_class": "10"}, "hard", id="SparkPost"),
        pytest.param({"event": "delivered", "data": "text"}, "", id="nothing of the kind"),
    ],
)
def test_finality_is_read_where_each_provider_writes_it(raw, finality):
    assert finality_of(raw) == finality


@given(
    told=st.builds(
        Told,
        kind=st.sampled_from(["bounced", "rejected", "failed"]),
        answer=st.text(max_size=80),
        reject_reason=st.sampled_from(["", "bounced", "blocked", "other", "timed_out", "invalid"]),
        finality=st.just("soft"),
    )
)
def test_what_a_provider_calls_soft_never_suppresses(told):
    meaning = meaning_of(told, "kim@example.com")
    assert meaning is not None and meaning.failed is not None
    assert meaning.failed.reason not in HARD | {BounceReason.COMPLAINT}


def test_an_event_has_one_name_however_often_it_is_told():
    named = Told(kind="bounced", event_id="42", raw={"a": 1})
    assert named.external_id == "bounced:42"
    nameless = Told(kind="bounced", raw={"a": 1, "b": 2})
    assert nameless.external_id == Told(kind="bounced", raw={"b": 2, "a": 1}, mark="x").external_id
    assert Told(kind="bounced", event_id="4" * 200, at="x").external_id.startswith("sha256:")
    assert Told(kind="bounced").external_id != Told(kind="opened").external_id


def test_it_is_stored_and_read_back():
    told = Told(kind="bounced", recipient="kim@example.com", raw={"a": [1]})
    assert read_told(told.to_json()) == told


@pytest.mark.parametrize(
    ("said", "at"),
    [
        pytest.param("2026-03-02T08:00:00+00:00", datetime(2026, 3, 2, 8, tzinfo=UTC), id="before"),
        pytest.param("2027-03-02T08:00:00+00:00", NOW, id="never later than it was told"),
        pytest.param("2026-03-02T08:00:00", NOW, id="without a zone"),
        pytest.param("", NOW, id="not said"),
    ],
)
def test_it_happened_when_it_says_but_not_in_the_future(said, at):
    assert happened_at(said, NOW) == at
