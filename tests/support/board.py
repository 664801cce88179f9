"""A workspace in full swing, written straight into the tables: what the live board has to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from drumbeat.core.delay import parse_delay
from drumbeat.core.document import checksum, write_document
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import Flow, JobType, TaskStep, VoiceStep
from drumbeat.models import (
    Attempt,
    Contact,
    Enrollment,
    Member,
    Message,
    SenderProfile,
    Sequence,
    SequenceDraft,
    Touch,
    Worker,
)
from drumbeat.store.flows import save_version
from tests.support.flows import a_line, an_email
from tests.support.office import a_mailbox

FIRST = (
    "Ana",
    "Kofi",
    "Marit",
    "Maya",
    "Sanne",
    "Lena",
    "Yusuf",
    "Piet",
    "Emi",
    "Nils",
    "Elif",
    "Ravi",
    "Leila",
)
LAST = ("Ruiz", "Mensah", "Dahl", "Lindqvist", "Vos", "Horvat", "Bayrak", "Groot", "Aalto", "Aksoy", "Sethi")


def five_steps() -> Flow:
    return a_line(
        an_email("hello"),
        an_email("follow_up", after="6d", job_type=JobType.FOLLOW_UP_EMAIL),
        VoiceStep(key="call", delay=parse_delay("2d"), script="Hello", job_type=JobType.VOICEMAIL_DROP),
        TaskStep(key="connect", delay=parse_delay("2d"), title="Connect"),
        an_email("last", after="4d", job_type=JobType.FOLLOW_UP_EMAIL),
    )


def a_sequence(member: Member, flow: Flow, now: datetime, name: str = "Founder outreach") -> Sequence:
    sequence = Sequence.objects.create(
        workspace=member.workspace, name=name, status="active", created_at=now, updated_at=now
    )
    SequenceDraft.objects.create(
        sequence=sequence, document=write_document(flow), checksum=checksum(flow), updated_at=now
    )
    save_version(sequence, flow, member, now)
    return sequence


def a_person(member: Member, number: int, now: datetime) -> Contact:
    address = f"person{number}@example.com"
    return Contact.objects.create(
        workspace=member.workspace,
        first_name=FIRST[number % len(FIRST)],
        last_name=LAST[number % len(LAST)],
        email=address,
        email_normal=address,
        created_at=now,
        updated_at=now,
    )


def an_enrollment(
    sequence: Sequence,
    contact: Contact,
    now: datetime,
    *,
    step: str | None = "follow_up",
    state: str = EnrollmentState.ACTIVE,
    reason: str = "",
    waited: timedelta = timedelta(days=3),
    waits: timedelta = timedelta(days=6),
) -> Enrollment:
    """Enroll somebody who has waited for `waited` of `waits` before `step`."""
    assert sequence.current_version is not None
    finished = state == EnrollmentState.FINISHED
    due_at = now - waited + waits
    return Enrollment.objects.create(
        workspace_id=sequence.workspace_id,
        sequence=sequence,
        version=sequence.current_version,
        contact=contact,
        state=state,
        reason=reason,
        step=step,
        origin_at=now - waited,
        due_at=due_at,
        next_step_at=due_at if state == EnrollmentState.ACTIVE else None,
        created_at=now - waited,
        updated_at=now,
        finished_at=now if finished else None,
    )


def a_touch(
    enrollment: Enrollment,
    sender: SenderProfile,
    now: datetime,
    *,
    step: str = "hello",
    status: str = "planned",
    **more: object,
) -> Touch:
    key = f"step:{enrollment.pk}:{step}:1"
    return Touch.objects.create(
        workspace_id=enrollment.workspace_id,
        key=key,
        mark=f"mark-{enrollment.pk}-{step}",
        kind="email",
        enrollment=enrollment,
        contact=enrollment.contact,
        step=step,
        visit=1,
        sender=sender,
        recipient=enrollment.contact.email,
        status=status,
        **{"due_at": now, "not_before": now, "created_at": now, **more},
    )


def a_sent_mail(
    enrollment: Enrollment, sender: SenderProfile, now: datetime, *, step: str = "hello", accepted: int = 1
) -> Message:
    """Write what a sent mail leaves behind; `accepted` times the server said yes."""
    touch = a_touch(enrollment, sender, now, step=step, status="sent", handed_at=now, settled_at=now)
    for number in range(1, accepted + 1):
        Attempt.objects.create(touch=touch, number=number, handed_at=now, ended_at=now, outcome="sent")
    return Message.objects.create(
        workspace_id=enrollment.workspace_id,
        contact=enrollment.contact,
        enrollment=enrollment,
        touch=touch,
        sender=sender,
        channel="email",
        direction="out",
        kind="email",
        from_address=sender.address,
        to_address=enrollment.contact.email,
        subject="A quick idea for your night shifts",
        text="Hello",
        occurred_at=now,
    )


def an_answer(
    enrollment: Enrollment, now: datetime, text: str = "Thursday works, send me the link."
) -> Message:
    """Let somebody reply; the enrollment has finished by it."""
    Enrollment.objects.filter(id=enrollment.pk).update(
        state=EnrollmentState.FINISHED, reason="replied", next_step_at=None, finished_at=now
    )
    return Message.objects.create(
        workspace_id=enrollment.workspace_id,
        contact=enrollment.contact,
        enrollment=enrollment,
        channel="email",
        direction="in",
        kind="reply",
        from_address=enrollment.contact.email,
        subject="Re: A quick idea for your night shifts",
        text=text,
        occurred_at=now,
    )


def a_worker(now: datetime) -> Worker:
    return Worker.objects.create(name="test", pid=1, started_at=now, seen_at=now)


def a_full_board(member: Member, now: datetime, people: int = 40) -> Sequence:
    """Fill a sequence: everybody somewhere on the line, some held, some done, one who replied."""
    sender = a_mailbox(member)
    sequence = a_sequence(member, five_steps(), now)
    waits = {"follow_up": 6, "call": 2, "connect": 2, "last": 4}
    for number in range(people):
        step = list(waits)[number % 4]
        delay = timedelta(days=waits[step])
        enrollment = an_enrollment(
            sequence,
            a_person(member, number, now),
            now,
            step=step,
            waited=delay * (number % 9) / 9,
            waits=delay,
        )
        a_sent_mail(enrollment, sender, now - timedelta(minutes=number))
    for number in range(people, people + 5):
        contact = a_person(member, number, now)
        an_enrollment(sequence, contact, now, state=EnrollmentState.FINISHED, reason="completed", step=None)
    held = an_enrollment(
        sequence, a_person(member, people + 5, now), now, state=EnrollmentState.AWAITING, step="hello"
    )
    opens = now + timedelta(hours=2)
    a_touch(held, sender, now, hold_reason="window", not_before=opens)
    an_answer(Enrollment.objects.filter(sequence=sequence, step="call").earliest("id"), now)
    a_worker(now)
    return sequence
