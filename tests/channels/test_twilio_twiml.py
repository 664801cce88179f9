"""What a call is told: every text is escaped, nothing is missing, and it ends with a clean hang-up."""

from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.channels.twilio.twiml import LONGEST, Script, clean, telling, waiting
from drumbeat.core.calls import Deed
from drumbeat.core.errors import DomainError
from tests.support import corpora

HOSTILE = [
    "</Say><Dial>+19005550100</Dial><Say>",
    "<![CDATA[ ]]><Hangup/>",
    "&lt;Redirect&gt; &amp; <?xml version='1.0'?>",
    '"><Play>https://evil.test/</Play>',
    "a\x00b\x0bc\ud800d\uffffe",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
]


def verbs(twiml):
    return [verb.tag for verb in Xml.fromstring(twiml.encode())]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("deed", [Deed.LEAVE, Deed.READ])
def test_a_hostile_name_is_said_and_does_nothing(deed, text):
    spoken = telling(deed, Script(text=f"Hello {text}"))
    assert verbs(spoken)[-2:] == ["Say", "Hangup"]
    said = Xml.fromstring(spoken.encode()).findtext("Say")
    assert said == clean(f"Hello {text}").strip()


def test_the_hostile_strings_of_others():
    for row in corpora.rows("hostile-strings/blns.jsonl"):
        text = row["text"][:500]
        assert verbs(telling(Deed.READ, Script(text=f"Hello {text}")))[0] == "Say"


@given(st.text(max_size=200))
def test_whatever_the_text_it_is_one_thing_to_say(text):
    spoken = telling(Deed.READ, Script(text=f"x{text}", voice="Polly.Amy", language="en-GB"))
    say = Xml.fromstring(spoken.encode())[0]
    assert (say.tag, say.get("voice"), say.get("language"), len(say)) == ("Say", "Polly.Amy", "en-GB", 0)


def test_a_recording_is_played_after_a_breath():
    left = telling(Deed.LEAVE, Script(audio_url="https://drumbeat.test/a.mp3?a=1&b=2"))
    assert verbs(left) == ["Pause", "Play", "Hangup"]
    assert Xml.fromstring(left).findtext("Play") == "https://drumbeat.test/a.mp3?a=1&b=2"


def test_a_person_is_put_through():
    script = Script(
        connect_to="+14155550111", connect_as="+14155550199", tell_at="https://drumbeat.test/t/a?b=1&c"
    )
    dial = Xml.fromstring(telling(Deed.CONNECT, script, timedelta(seconds=20)))[0]
    assert (dial.tag, dial.get("timeout"), dial.get("callerId")) == ("Dial", "20", "+14155550199")
    assert dial.findtext("Number") == "+14155550111"
    assert (dial.get("action"), dial.get("method")) == ("https://drumbeat.test/t/a?b=1&c", "POST")
    bare = Xml.fromstring(telling(Deed.CONNECT, Script(connect_to="+1")))[0]
    assert (bare.get("callerId"), bare.get("action")) == (None, None)


def test_hanging_up_and_waiting():
    assert verbs(telling(Deed.HANG_UP, Script())) == ["Hangup"]
    assert Xml.fromstring(waiting(timedelta(seconds=45)))[0].get("length") == "45"
    assert Xml.fromstring(waiting(timedelta()))[0].get("length") == "1"


@pytest.mark.parametrize(
    ("deed", "script"),
    [
        pytest.param(Deed.READ, Script(text=" \x00"), id="nothing to say"),
        pytest.param(Deed.LEAVE, Script(), id="nothing to leave"),
        pytest.param(Deed.CONNECT, Script(text="Hi"), id="nobody to connect to"),
        pytest.param(Deed.READ, Script(text="a" * LONGEST), id="too long"),
    ],
)
def test_a_script_that_cannot_be_told_says_why(deed, script):
    with pytest.raises(DomainError) as fault:
        telling(deed, script)
    assert fault.value.code == "call_script"
