"""Files that come with texts: kept as wishes, fetched from Twilio alone, shown with their message or set aside."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bench import world
from drumbeat.actions import doctor
from drumbeat.actions.conversations import originals
from drumbeat.channels.twilio import media as channel
from drumbeat.core.errors import DomainError
from drumbeat.core.text_media import WAITS
from drumbeat.demo.twilio.server import Lying
from drumbeat.environment import environment
from drumbeat.inbound.fetching import Fetcher
from drumbeat.inbound.twilio import taking
from drumbeat.inbound.twilio.fetching import FILES
from drumbeat.models import Contact, Member, Message, PhoneAccount, Suppression, TextMedia
from drumbeat.store import message_files, phone_accounts, sql, text_media
from tests.support import phoning
from tests.support.processes import until
from tests.support.texts import TextOffice, a_number, an_sms, states, texting
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START
PICTURE = Lying(b"\xff\xd8\xff a picture", "image/jpeg")
STORED = "/mms.twiliocdn.com"


@pytest.fixture
def office(monkeypatch):
    with twilio_running() as twilio:
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", twilio.base)
        environment.cache_clear()
        surroundings = phoning.public()
        for module in (phone_accounts, taking):
            monkeypatch.setattr(module, "environment", lambda: surroundings)
        opened = TextOffice.opened(twilio)
        yield opened
        opened.close()
        assert twilio.faults == []
    environment.cache_clear()


@pytest.fixture
def owner(installation):
    return world.a_workspace()


@pytest.fixture
def kim(owner, office):
    a_number(owner, phoning.an_account(owner))
    [kim] = texting(owner, [""], [an_sms(), an_sms("again", text="Hi again.", delay="3d")])
    office.go(NOW)
    return Contact.objects.get(id=kim)


def fetch_all(now=NOW):
    fetcher = Fetcher(FILES)
    fetcher.turn(now)
    ends_at = time.monotonic() + 20
    while fetcher.busy and time.monotonic() < ends_at:
        fetcher.turn(now)
    assert not fetcher.busy


def send(office, *files, text="Look.", now=NOW, sid=""):
    """Let the person send files: each is laid at Twilio, or an address and a type."""
    named = {"NumMedia": str(len(files))}
    for number, file in enumerate(files):
        url, kind = file if isinstance(file, tuple) else (office.twilio.lay(file), file.content_type)
        named |= {f"MediaUrl{number}": url, f"MediaContentType{number}": kind}
    office.hear(text, now, sid=sid, **named)
    return Message.objects.filter(direction="in").latest("id")


def shown(message):
    message = Message.objects.select_related("touch", "enrollment").get(id=message.pk)
    return [(one.name, one.standing.value, one.size) for one in message_files.load([message])[message.pk]]


def asked_of_store(office):
    return [form["Authorization"] for path, form in office.twilio.asked if path.startswith(STORED)]


def test_a_picture_is_shown_with_its_text_once_it_was_fetched(owner, kim, office):
    message = send(office, PICTURE, Lying(b"%PDF-1.7", "application/pdf"))
    assert shown(message) == [("image 1.jpg", "coming", 0), ("application 2.pdf", "coming", 0)]
    with pytest.raises(DomainError, match="no file 0"):
        originals.file_in(owner, message.pk, 0)
    fetch_all()
    assert shown(message) == [("image 1.jpg", "here", 13), ("application 2.pdf", "here", 8)]
    assert originals.file_in(owner, message.pk, 0) == ("image 1.jpg", PICTURE.data)
    assert originals.file_in(owner, message.pk, 1) == ("application 2.pdf", b"%PDF-1.7")
    with pytest.raises(DomainError, match="no file 2"):
        originals.file_in(owner, message.pk, 2)


def test_the_secret_goes_to_twilio_and_not_to_its_store(kim, office):
    send(office, PICTURE)
    fetch_all()
    assert asked_of_store(office) == [[]]


def test_what_is_told_twice_is_kept_and_fetched_once(kim, office):
    message = send(office, PICTURE, sid="SM" + "1" * 32)
    send(office, PICTURE, sid="SM" + "1" * 32, now=NOW + timedelta(seconds=1))
    fetch_all()
    assert (Message.objects.filter(direction="in").count(), TextMedia.objects.count()) == (1, 1)
    fetch_all()
    assert len(asked_of_store(office)) == 1
    assert shown(message) == [("image 1.jpg", "here", 13)]


def test_a_stop_with_a_picture_is_a_stop(kim, office):
    send(office, PICTURE, text="STOP")
    assert Suppression.objects.filter(contact=kim).exists()
    assert states() == ["finished"]
    fetch_all()
    assert TextMedia.objects.get().data is not None


def test_a_picture_without_a_word_is_an_answer(kim, office):
    message = send(office, PICTURE, text="")
    assert (message.kind, states()) == ("reply", ["finished"])


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        pytest.param("https://evil.test/x.jpg", "image/jpeg", id="at another host"),
        pytest.param("https://api.twilio.com.evil.test/x.jpg", "image/jpeg", id="at one that begins alike"),
        pytest.param("http://169.254.169.254/latest", "image/jpeg", id="at a machine of ours"),
        pytest.param("https://api.twilio.com/x.html", "text/html", id="of a type that acts"),
    ],
)
def test_what_is_not_to_be_asked_for_is_never_asked_for(kim, office, url, kind):
    office.twilio.asked.clear()
    message = send(office, (url, kind))
    fetch_all()
    assert office.twilio.asked == []
    assert [standing for _, standing, _ in shown(message)] == ["lost"]
    assert TextMedia.objects.get().fault != ""


@pytest.mark.parametrize(
    ("lying", "fault"),
    [
        pytest.param(Lying(b"x", "image/jpeg", leads_to="http://127.0.0.1:1/x"), "without TLS", id="no TLS"),
        pytest.param(
            Lying(b"x", "image/jpeg", leads_to="https://127.0.0.1:1/x"), "may not be", id="our own network"
        ),
        pytest.param(Lying(b"x", "text/html"), "are not taken", id="another type than was told"),
        pytest.param(Lying(b"x", "image/jpeg", status=404), "answers 404", id="gone"),
        pytest.param(Lying(b"x" * 65_536, "image/jpeg", endless=True), "more than", id="without an end"),
    ],
)
def test_what_cannot_be_fetched_says_why(kim, office, monkeypatch, lying, fault):
    monkeypatch.setattr(channel, "LARGEST", 100_000)
    message = send(office, (office.twilio.lay(lying), "image/jpeg"))
    fetch_all()
    assert fault in TextMedia.objects.get().fault
    assert shown(message)[0][1] in ("lost", "coming")


def test_a_place_that_leads_to_itself_is_left(kim, office):
    url = office.twilio.lay(PICTURE)
    path = url.removeprefix("https://")
    office.twilio.media[path.removeprefix("api.twilio.com")] = Lying(
        b"", "image/jpeg", leads_to=f"{office.twilio.base}/{path}"
    )
    send(office, (url, "image/jpeg"))
    fetch_all()
    assert TextMedia.objects.get().fault != ""


def test_what_fails_is_tried_again_and_set_aside_after_the_last_try(kim, office):
    message = send(office, Lying(b"x", "image/jpeg", status=503))
    now = NOW
    for wait in WAITS:
        fetch_all(now)
        assert shown(message) == [("image 1.jpg", "coming", 0)]
        assert TextMedia.objects.get().look_at == now + wait
        now += wait
    fetch_all(now)
    assert shown(message) == [("image 1.jpg", "lost", 0)]
    assert TextMedia.objects.get().look_at is None
    assert [(one.count, one.detail) for one in lost(kim, now)] == [(1, TextMedia.objects.get().fault)]


def lost(kim, now):
    owner = Member.objects.get(workspace=kim.workspace, is_owner=True)
    return [one for one in doctor.examine(owner, now) if one.code == "text_media_lost"]


def test_the_doctor_tells_of_what_was_set_aside_of_late_and_of_nothing_else(kim, office):
    send(office, PICTURE)
    assert lost(kim, NOW) == []
    fetch_all()
    assert lost(kim, NOW) == []
    for n in (1, 2):
        at = NOW + timedelta(minutes=n)
        send(office, ("https://evil.test/x.jpg", "image/jpeg"), sid=f"SM{n:032}", now=at)
    (found,) = lost(kim, NOW)
    assert (found.count, found.stops) == (2, False)
    assert lost(kim, NOW + timedelta(days=8)) == []


def claimed_beside(landed):
    """Claim in a connection of its own."""
    try:
        with transaction.atomic():
            landed.append(text_media.claim(2, NOW))
    except DatabaseError as fault:
        landed.append(fault)
    finally:
        connection.close()


def waits_for_a_lock():
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_one_that_arrives_while_it_is_given_up_waits_for_nobody_who_waits_for_it(kim, office):
    """The message first, then its file: the other way round each would hold what the other wants."""
    message = send(office, PICTURE)
    TextMedia.objects.update(tries=len(WAITS) + 1)
    landed: list[object] = []
    beside = threading.Thread(target=claimed_beside, args=(landed,))
    with transaction.atomic():
        sql.lock(Message.objects.filter(id=message.pk))
        beside.start()
        until(waits_for_a_lock)
        text_media.arrived(TextMedia.objects.get(), PICTURE.data)
    beside.join(20)
    assert landed == [[]]
    assert shown(message) == [("image 1.jpg", "here", 13)]


def test_what_ends_every_worker_is_set_aside_too(kim, office):
    message = send(office, PICTURE)
    now = NOW
    for _ in range(len(WAITS) + 1):
        with transaction.atomic():
            assert len(text_media.claim(2, now)) == 1
            assert text_media.claim(2, now) == [], "one worker at a time"
        now += text_media.LEASE
    with transaction.atomic():
        assert text_media.claim(2, now) == []
    assert shown(message) == [("image 1.jpg", "lost", 0)]


def test_an_account_that_was_removed_is_not_asked(kim, office):
    send(office, PICTURE)
    office.twilio.asked.clear()
    TextMedia.objects.update(account=None)
    fetch_all()
    assert "not connected any more" in TextMedia.objects.get().fault
    assert office.twilio.asked == []


def test_what_comes_after_its_message_is_gone_is_dropped(kim, office):
    message = send(office, PICTURE)
    with transaction.atomic():
        [claimed] = text_media.claim(1, NOW)
    TextMedia.objects.all().delete()
    text_media.arrived(claimed, b"late")
    text_media.failed(claimed, "late", NOW, for_good=True)
    assert shown(message) == [("image 1.jpg", "coming", 0)]


def test_the_key_of_another_workspace_is_not_used(kim, office):
    send(office, PICTURE)
    [media] = TextMedia.objects.select_related("account", "message")
    assert media.account == PhoneAccount.objects.get()
    assert media.account.workspace_id == media.message.workspace_id
