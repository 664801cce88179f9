"""A domain's own host for tracked links: proven by its DNS and by a call that comes home, and used from then on."""

from dataclasses import replace

import pytest
from django.test import Client

from drumbeat import environment
from drumbeat.actions import domains, link_hosts
from drumbeat.core.errors import DomainError
from drumbeat.models import AuditEntry
from drumbeat.store.link_hosts import base_of, own_mark, proof_of
from tests.support.office import NOW, a_mailbox, an_owner

pytestmark = pytest.mark.django_db
HOST = "links.ours.test"


@pytest.fixture(autouse=True)
def _public(monkeypatch):
    kept = environment.environment()
    public = replace(kept, public_url="https://drumbeat.ours.test")
    for module in ("actions.domains", "actions.link_hosts", "store.link_hosts"):
        monkeypatch.setattr(f"drumbeat.{module}.environment", lambda: public)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member, "ana@ours.test")
    return member


@pytest.fixture
def sender(owner):
    return a_mailbox(owner, "ben@ours.test")


def published(owner, *, by_another: bool = False):
    texts = [f"drumbeat={proof_of(owner.workspace_id + by_another, HOST)}"]
    return lambda name, kind: texts if (name, kind) == (f"_drumbeat.{HOST}", "TXT") else ()


def here(url: str) -> str:
    """Ask our own web app, whatever host the address names."""
    assert url.startswith(f"https://{HOST}/")
    return Client(headers={"host": HOST}).get(url.removeprefix(f"https://{HOST}")).content.decode()


def chosen(owner):
    return link_hosts.choose(owner, "ours.test", f"https://{HOST.upper()}/", NOW)


def code_of(act) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_links_lead_by_it_once_it_is_proven(owner, sender):
    shown = chosen(owner)
    assert (shown.link_host, shown.link_host_proven_at) == (HOST, None)
    assert [record.kind for record in shown.link_records] == ["CNAME", "TXT"]
    assert base_of(sender) == "https://drumbeat.ours.test"

    assert link_hosts.prove(owner, "ours.test", NOW, published(owner), here).link_host_proven_at == NOW
    assert base_of(sender) == f"https://{HOST}"
    assert AuditEntry.objects.filter(act="domain.link_host").count() == 2


@pytest.mark.parametrize("said", ["", "another installation", "x" * 1_000])
def test_a_host_that_leads_elsewhere_is_not_used(owner, sender, said):
    chosen(owner)
    dns = published(owner)
    assert (
        code_of(lambda: link_hosts.prove(owner, "ours.test", NOW, dns, lambda url: said))
        == "link_host_not_proven"
    )
    assert base_of(sender) == "https://drumbeat.ours.test"


def test_without_its_record_it_is_not_even_called(owner):
    chosen(owner)

    def never(url: str) -> str:
        pytest.fail("a host that is not proven was called")

    nothing = lambda name, kind: ()  # noqa: E731
    assert (
        code_of(lambda: link_hosts.prove(owner, "ours.test", NOW, nothing, never)) == "link_host_not_proven"
    )


def test_the_record_of_another_workspace_proves_nothing(owner):
    chosen(owner)
    dns = published(owner, by_another=True)
    assert code_of(lambda: link_hosts.prove(owner, "ours.test", NOW, dns, here)) == "link_host_not_proven"


def test_a_host_that_is_proven_no_more_is_used_no_more(owner, sender):
    chosen(owner)
    link_hosts.prove(owner, "ours.test", NOW, published(owner), here)

    def silent(url: str) -> str:
        raise TimeoutError

    assert (
        code_of(lambda: link_hosts.prove(owner, "ours.test", NOW, published(owner), silent))
        == "link_host_not_proven"
    )
    assert base_of(sender) == "https://drumbeat.ours.test"


def test_another_host_begins_anew_and_none_ends_it(owner, sender):
    chosen(owner)
    link_hosts.prove(owner, "ours.test", NOW, published(owner), here)
    assert chosen(owner).link_host_proven_at == NOW
    assert link_hosts.choose(owner, "ours.test", "go.ours.test", NOW).link_host_proven_at is None
    assert link_hosts.choose(owner, "ours.test", "", NOW).link_records == ()
    assert base_of(sender) == "https://drumbeat.ours.test"
    assert code_of(lambda: link_hosts.prove(owner, "ours.test", NOW)) == "link_host_not_proven"


def test_a_host_elsewhere_is_refused_and_changes_nothing(owner):
    chosen(owner)
    assert (
        code_of(lambda: link_hosts.choose(owner, "ours.test", "links.others.test", NOW))
        == "link_host_invalid"
    )
    assert domains.get(owner, "ours.test").link_host == HOST


def test_senders_of_other_domains_are_not_concerned(owner):
    chosen(owner)
    link_hosts.prove(owner, "ours.test", NOW, published(owner), here)
    assert base_of(a_mailbox(owner, "eve@mail.ours.test")) == "https://drumbeat.ours.test"


def test_the_installation_says_who_it_is_to_whoever_asks():
    answer = Client(headers={"host": "anything.test"}).get("/.well-known/drumbeat")
    assert (answer.status_code, answer.content.decode()) == (200, own_mark())
    assert "text/plain" in answer["Content-Type"]
