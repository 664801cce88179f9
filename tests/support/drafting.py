"""An agent at work: one contact in a sequence whose mails an agent writes, a worker's parts, a model over HTTP."""

import threading
from typing import Any

from drumbeat.actions import agents, enrollments
from drumbeat.agents.named import drafter_of
from drumbeat.core.flow import EmailContent, EmailStep, Flow, Hints, JobType
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import Drafting, rouse_once
from drumbeat.engine.planner import Planner
from drumbeat.environment import read_environment
from drumbeat.models import Draft, Enrollment, Touch
from tests.support.flows import a_flow, an_email
from tests.support.hand_wire import HandWire
from tests.support.model import Model, Said, saying
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner

KIM = "kim@example.com"
TEXT = (
    "Hello Kim, I saw that Acme builds bikes for cities. Teams like yours lose hours with every parts order. "
    "Shall we look at that together for ten minutes next week? Best wishes"
)


def written(text: str = TEXT, subject: str = "Bikes and parts", facts: tuple[int, ...] = ()) -> Said:
    """Return the answer of a model that writes a mail."""
    return saying({"text": text, "facts": list(facts), "subject": subject})


def by_agent(key: str = "hello", *, own: str = "", **more: Any) -> EmailStep:
    """Return a mail that an agent writes; `own` is its fallback."""
    values: dict[str, Any] = {
        "content": EmailContent(subject="Our own", text=own) if own else None,
        "written_by": "agent",
        "hints": Hints(angle="parts orders"),
        "job_type": JobType.INITIAL_OUTREACH,
    }
    return an_email(key, **(values | more))


class Desk:
    """A worker with a model, moved by hand; `agent` None: nobody writes."""

    def __init__(
        self,
        settings: dict[str, str],
        flow: Flow | None = None,
        agent: dict[str, Any] | None = None,
        **sequence: Any,
    ) -> None:
        self.owner = an_owner()
        self.sender = a_mailbox(self.owner)
        self.agent = agents.add(self.owner, {"name": "Robin", **(agent or {})}, NOW)
        flow = flow or a_flow(by_agent(next="later"), an_email("later", after="3d"))
        self.sequence = an_active_sequence(self.owner, flow, sender_id=self.sender.pk, **sequence)
        self.contact = a_lead(self.owner, KIM, first_name="Kim", company="Acme")
        enrollments.enroll(self.owner, self.sequence.pk, [self.contact.pk], NOW)
        self.wire, self.planner = HandWire(), Planner()
        self.dispatcher = Dispatcher("test", self.wire)
        self.drafting = Drafting("test", drafter_of(read_environment(settings)))

    def round(self, now, *, drafts: bool = True, sends: bool = True) -> None:
        """Work until nothing is due at this moment."""
        for _ in range(6):
            self.planner.plan_once(now)
            if drafts:
                self.write(now)
            if sends:
                self.dispatcher.turn(now)
                self.wire.end_all()

    def write(self, now) -> None:
        """Have written what is wanted, and wait for it."""
        rouse_once(now)
        self.drafting.turn(now)
        for thread in threading.enumerate():
            if thread.name.startswith("draft-"):
                thread.join(20)
        self.drafting.turn(now)

    @property
    def touch(self) -> Touch:
        return Touch.objects.get(kind="email", step="hello")

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(touch=self.touch)

    @property
    def enrollment(self) -> Enrollment:
        return Enrollment.objects.get()

    @property
    def sent(self) -> list[int]:
        return self.wire.transmitted


def settings_of(model: Model) -> dict[str, str]:
    return model.settings(DRUMBEAT_MODEL_PRICE_IN="10", DRUMBEAT_MODEL_PRICE_OUT="20")
