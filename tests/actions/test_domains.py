"""Domains of senders: signed for once their key is published and not before; what leaves then verifies."""

import asyncio
from base64 import b64decode

import dkim as verifier
import pytest

from drumbeat import cli
from drumbeat.actions import domains
from drumbeat.channels.email.mime import build
from drumbeat.core.errors import DomainError
from drumbeat.engine import senders as engine_senders
from drumbeat.models import AuditEntry, SenderProfile, SendingDomain
from drumbeat.store.signing import signer_of
from tests.channels.sending import MAIL
from tests.support.office import NOW, a_mailbox, an_owner
from tests.support.smtp import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member, "ana@ours.test")
    a_mailbox(member, "ben@Ours.test")
    return member


def published(owner):
    """Return a DNS that holds whatever the domain's key asks for."""
    made = domains.make_key(owner, "ours.test", NOW)
    answers = {(made.name, "TXT"): [made.record]}
    return lambda name, kind: answers.get((name, kind), ())


def test_the_domains_are_those_of_the_senders(owner):
    (only,) = domains.listed(owner)
    assert (only.domain, only.senders, only.signs, only.mark) == ("ours.test", 2, False, "")


def test_nothing_is_signed_until_the_key_is_published(owner):
    with pytest.raises(DomainError) as refused:
        domains.sign(owner, "ours.test", NOW, lambda name, kind: ())
    assert refused.value.code == "dkim_not_published"
    assert "v=DKIM1; k=rsa; p=" in refused.value.message
    assert signer_of(SenderProfile.objects.get(address="ana@ours.test")) is None


def test_the_key_stays_the_same_and_never_shows_its_private_half(owner):
    first = domains.make_key(owner, "ours.test", NOW)
    again = domains.make_key(owner, "OURS.test", NOW)
    assert first.record == again.record
    assert b"PRIVATE" not in bytes(SendingDomain.objects.get().key_encrypted or b"")
    assert AuditEntry.objects.filter(act="domain.key").count() == 1


def test_a_domain_of_nobody_is_refused(owner):
    with pytest.raises(DomainError) as refused:
        domains.make_key(owner, "else.test", NOW)
    assert "ours.test" in refused.value.message


def test_what_leaves_is_signed_and_others_find_it_good(owner, tmp_path):
    dns = published(owner)
    signing = domains.sign(owner, "ours.test", NOW, dns)
    sender = SenderProfile.objects.get(address="ana@ours.test")

    with serving(tmp_path / "log", keep_raw=True) as server:
        SenderProfile.objects.filter(id=sender.pk).update(
            host="127.0.0.1", port=server.port, host_trusted=True
        )
        channel = engine_senders.channel_of(sender.pk)

        async def send():
            return await (await channel.prepare(MAIL)).transmit()

        asyncio.run(send())
        (taken,) = server.messages
    raw = b64decode(taken["raw"])
    assert verifier.verify(raw, dnsfunc=lambda name, timeout=5: signing.record.encode())
    assert raw.endswith(build(MAIL))

    domains.stop_signing(owner, "ours.test", NOW)
    assert signer_of(sender) is None


def test_a_sender_of_another_domain_is_not_signed_for(owner):
    domains.sign(owner, "ours.test", NOW, published(owner))
    assert signer_of(a_mailbox(owner, "eve@mail.ours.test")) is None


def test_the_check_is_remembered(owner):
    checked = domains.check(owner, "ours.test", NOW, lambda name, kind: ())
    assert checked.mark == "missing"
    assert domains.get(owner, "ours.test").checked_at == NOW


def test_from_a_shell(owner, capsys, monkeypatch):
    monkeypatch.setattr(domains.check, "__defaults__", (lambda name, kind: (),))
    assert cli.main(["domain", "list"]) == 0
    assert cli.main(["domain", "key", "ours.test"]) == 0
    assert cli.main(["domain", "check", "ours.test"]) == 1
    told = capsys.readouterr().out
    assert "Publish this TXT record at drumbeat" in told
    assert "SPF   missing" in told
