"""What a stop rule is refused for before it is kept."""

import pytest

from drumbeat.actions.sequences import triggers
from drumbeat.core.errors import DomainError
from tests.support.office import an_owner

pytestmark = pytest.mark.django_db

VIP = {"becomes": {"rules": [{"field": "tag", "operator": "equals", "value": "vip"}]}}
HOOK = {"kind": "webhook", "url": "https://hooks.example.com/"}


def kept(member, *actions):
    return triggers.checked_stop_when(member, {"any": [VIP], "actions": list(actions)})


def test_sound_actions_are_kept_as_they_are_written():
    actions = [{"kind": "tag", "tag": "Left"}, HOOK, {"kind": "task", "title": "Call"}, {"kind": "suppress"}]
    assert kept(an_owner(), *actions)["actions"] == actions


@pytest.mark.parametrize(
    ("action", "path"),
    [
        pytest.param({"kind": "tag"}, "actions[1].tag", id="a tag without a name"),
        pytest.param(
            {"kind": "webhook", "url": "ftp://x"}, "actions[1].url", id="an address nobody can call"
        ),
        pytest.param(
            {"kind": "set_field", "field": "nonsense"}, "actions[1].field", id="a field that is none"
        ),
        pytest.param({**HOOK, "delay": "1d"}, "actions[1].delay", id="a delay"),
        pytest.param({**HOOK, "next": "stop_0"}, "actions[1].next", id="a step that follows"),
        pytest.param({**HOOK, "only_if": VIP["becomes"]}, "actions[1].only_if", id="a condition of its own"),
        pytest.param({**HOOK, "on_failure": {"kind": "finish"}}, "actions[1].on_failure", id="a way"),
        pytest.param({"kind": "email"}, "actions[1].kind", id="a message"),
    ],
)
def test_what_cannot_follow_is_refused_at_its_place(action, path):
    with pytest.raises(DomainError) as refused:
        kept(an_owner(), HOOK, action)
    assert refused.value.code == "stop_when_invalid"
    assert path in refused.value.fields
