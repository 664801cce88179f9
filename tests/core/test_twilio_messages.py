"""One message at Twilio, told by callbacks in any order and any number."""

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.touch import TouchStatus
from drumbeat.core.twilio_messages import Message, MessageState, hear, status_of

HEARD = st.builds(Message, st.sampled_from(MessageState), st.sampled_from([0, 30003, 30008]))


def told(events):
    return reduce(hear, events, Message())


@pytest.mark.parametrize(
    ("story", "status"),
    [
        pytest.param("accepted queued sending sent delivered read", TouchStatus.DELIVERED, id="read"),
        pytest.param("queued sending sent", TouchStatus.SENT, id="sent and nothing more heard"),
        pytest.param("queued sending sent undelivered", TouchStatus.FAILED, id="not delivered"),
        pytest.param("accepted failed", TouchStatus.FAILED, id="failed"),
        pytest.param("scheduled canceled", TouchStatus.FAILED, id="called off"),
        pytest.param("sent delivered failed", TouchStatus.DELIVERED, id="a delivery is not undone"),
    ],
)
def test_every_order_of_callbacks_each_twice_ends_in_one_status(story, status):
    events = [Message(MessageState(word)) for word in story.split()]
    for order in permutations(events):
        assert status_of(told([*order, *order])) is status
        assert status_of(told([event for event in order for _ in range(2)])) is status


@given(st.lists(HEARD, max_size=6), st.randoms(use_true_random=False))
def test_any_callbacks_in_any_order_each_twice_end_in_one_message(events, chance):
    mixed = events * 2
    chance.shuffle(mixed)
    assert told(mixed) == told(events)
