"""What a server's answer says: whom it speaks about, whether it is final, and whether the address is dead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.smtp_codes import MEANINGS, Meaning, Scope, find_status, read_answer
from drumbeat.core.touch import FailureReason

RECIPIENT, SENDER = Scope.RECIPIENT, Scope.SENDER
NEVER = Meaning(True, RECIPIENT, FailureReason.REJECTED_PERMANENT)
DEAD = Meaning(True, RECIPIENT, FailureReason.REJECTED_PERMANENT, dead_address=True)
LATER = Meaning(False, RECIPIENT, FailureReason.REJECTED_TEMPORARY)
HOLD = Meaning(False, SENDER, FailureReason.REJECTED_TEMPORARY)
BARRED = Meaning(True, SENDER, FailureReason.REJECTED_PERMANENT)
AUTH = Meaning(False, SENDER, FailureReason.SENDER_AUTH)


@pytest.mark.parametrize(
    ("code", "status", "text", "expected"),
    [
        pytest.param(550, "5.1.1", "", DEAD, id="no such mailbox is a dead address"),
        pytest.param(556, "5.1.10", "", DEAD, id="a domain that takes no mail is dead"),
        pytest.param(
            550, "", "No such user here", DEAD, id="a bare 550 is dead when the text says nobody is there"
        ),
        pytest.param(550, "", "Requested action not taken", NEVER, id="a bare 550 alone proves nothing"),
        pytest.param(550, "5.5.0", "mailbox not found", DEAD, id="a vague status leaves it to the text"),
        pytest.param(552, "5.2.2", "Mailbox full", NEVER, id="a full mailbox is final but alive"),
        pytest.param(
            550, "5.1.1", "mailbox is full", NEVER, id="a full mailbox is alive under a wrong status too"
        ),
        pytest.param(550, "5.2.1", "mailbox disabled", NEVER, id="a disabled mailbox may come back"),
        pytest.param(550, "5.7.1", "unknown user or spam", BARRED, id="policy speaks about the sender"),
        pytest.param(550, "5.7.515", "", BARRED, id="so does a policy code nobody listed"),
        pytest.param(550, "5.7.133", "", NEVER, id="a closed group speaks about the group"),
        pytest.param(
            550, "", "blocked: user unknown in blocklist", NEVER, id="a blocklist never kills an address"
        ),
        pytest.param(451, "4.7.1", "Greylisted", LATER, id="greylisting concerns one recipient"),
        pytest.param(451, "4.7.28", "rate", HOLD, id="rate limits concern the sender"),
        pytest.param(450, "4.1.1", "unknown user", LATER, id="text never makes a temporary answer final"),
        pytest.param(550, "4.1.1", "", DEAD, id="the reply code decides over the class of the status"),
        pytest.param(452, "4.3.1", "", HOLD, id="a full server concerns everybody"),
        pytest.param(421, "4.2.1", "", HOLD, id="421 closes the session"),
        pytest.param(535, "5.7.8", "", AUTH, id="a refused login waits for its owner"),
        pytest.param(454, "4.7.0", "", HOLD, id="a login that cannot be looked at now is not refused"),
        pytest.param(553, "5.1.8", "", BARRED, id="a bad sender domain is ours"),
        pytest.param(0, "5.1.1", "", DEAD, id="a bounce without reply code speaks by its status"),
        pytest.param(0, "", "user unknown", LATER, id="no code at all is never final"),
        pytest.param(999, "9.9.9", "", LATER, id="nonsense is never final"),
        pytest.param(554, "nonsense", "", NEVER, id="a status that is none is left out"),
    ],
)
def test_an_answer_means(code, status, text, expected):
    assert read_answer(code, status, text) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("5.1.1 <a@example.com>: unknown", "5.1.1", id="at the start"),
        pytest.param("host mx[192.0.2.1] said: 550 5.7.1 no", "5.7.1", id="after an address of digits"),
        pytest.param("connect to 5.1.1.9 failed", "", id="an address of digits is no status"),
        pytest.param("all is well", "", id="absent"),
    ],
)
def test_a_status_is_found_in_a_text(text, status):
    assert find_status(text) == status


@given(st.integers(400, 599), st.sampled_from(["", *MEANINGS, "4.9.9", "5.9.9"]), st.text(max_size=40))
def test_only_a_final_answer_about_the_recipient_is_a_dead_address(code, status, text):
    meaning = read_answer(code, status, text)
    assert not meaning.dead_address or (meaning.permanent and meaning.scope is RECIPIENT)
    assert not meaning.permanent or code >= 500
