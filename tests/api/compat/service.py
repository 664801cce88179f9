"""A drumbeat whose web process answers over HTTP, and hands for what a program cannot do: publish, plan, settle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from drumbeat.actions.members import keys
from drumbeat.core.flow import Flow
from drumbeat.core.touch import SETTLED, TouchStatus
from drumbeat.models import Contact, Member, Sequence, Touch
from drumbeat.store import moves
from tests.api.compat.client import Client
from tests.support.installation import Installation, connected
from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner
from tests.support.processes import free_port, get_json, running, until


@dataclass(slots=True)
class Service:
    """One workspace, its owner, and a program with a key of the owner's."""

    owner: Member
    port: int
    client: Client
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def sequence(self, flow: Flow | None = None, **settings: Any) -> Sequence:
        return an_active_sequence(self.owner, flow, name=f"Sequence {next(self._numbers)}", **settings)

    def lead(self, member: Member | None = None) -> Contact:
        return a_lead(member or self.owner, f"lead{next(self._numbers)}@example.com")

    def enrolled(self, flow: Flow | None = None, **settings: Any) -> Any:
        return self.client.enroll(self.sequence(flow, **settings).pk, self.lead().pk)

    def with_key_of(self, member: Member, **narrower: Any) -> Client:
        _, text = keys.create(member, "program", timezone.now(), **narrower)
        return Client(self.port, text)


@contextmanager
def serving(installation: Installation) -> Iterator[Service]:
    """Run the web process on the installation's data."""
    port = free_port()
    with connected(installation), running(installation.data, "web", "--port", str(port)) as process:
        owner = an_owner()
        a_mailbox(owner)
        _, text = keys.create(owner, "program", timezone.now())
        until(lambda: get_json(port, "/healthz") or process.poll() is not None)
        assert process.poll() is None, "the web process ended"
        yield Service(owner, port, Client(port, text))


def look(enrollment_id: int, now: datetime | None = None) -> None:
    """Let the engine look at one enrollment."""
    with transaction.atomic():
        moves.move([enrollment_id], now or timezone.now())


def settle(enrollment_id: int, status: TouchStatus, reason: str = "") -> None:
    """Bring the touch at hand into a status, as the engine would."""
    settled_at = timezone.now() if status in SETTLED else None
    Touch.objects.filter(enrollment_id=enrollment_id).update(
        status=status, reason=reason, settled_at=settled_at
    )
