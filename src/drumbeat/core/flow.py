"""Flow, Step and the step kinds: the words of a sequence as frozen values.

A flow is a graph of steps by key. Nothing here reads, checks or moves: `document` reads and writes it,
`lint` audits it, `advance` walks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from drumbeat.core.conditions import Condition
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.step_fields import DelayField, FileRefs, KeyField, Line, Retries, Rounds, ShortText, Weight

NO_DELAY = Delay(0, DelayUnit.MINUTES)
ONE_HOUR = Delay(1, DelayUnit.HOURS)
FOUR_HOURS = Delay(4, DelayUnit.HOURS)
ONE_DAY = Delay(1, DelayUnit.DAYS)
THREE_DAYS = Delay(3, DelayUnit.DAYS)
ONE_WEEK = Delay(7, DelayUnit.DAYS)


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"


class JobType(StrEnum):
    INITIAL_OUTREACH = "initial_outreach"
    FOLLOW_UP_EMAIL = "follow_up_email"
    RE_ENGAGEMENT = "re_engagement"
    VOICEMAIL_DROP = "voicemail_drop"


class WayKind(StrEnum):
    GO_ON = "go_on"
    FINISH = "finish"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a flow goes after a skip or a failure: on, to its end, or to the named step."""

    kind: WayKind = WayKind.GO_ON
    step: str | None = None


GO_ON = Way()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBase:
    """What every step has. `next` is the step after it; None ends the flow."""

    key: KeyField
    name: Line = ""
    delay: DelayField = NO_DELAY
    next: str | None = None
    only_if: Condition | None = None
    on_skip: Way = GO_ON
    on_failure: Way = GO_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContent:
    """Text of a mail as Liquid sources. An empty `text` is derived from `html` or `mjml` when it is rendered.

    `html` and `mjml` are two ways to write the formatted part: a mail has one of them at most.

    `preheader` is what lists of mails show behind the subject; `layout` `default` is the workspace's.
    """

    subject: str = ""
    text: str = ""
    html: str = ""
    mjml: str = ""
    preheader: Line = ""
    layout: Literal["default", "plain", "branded"] = "default"
    attachments: FileRefs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What an agent should aim for: angles, not literal copy."""

    angle: str = ""
    call_to_action: str = ""
    value_proposition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailStep(StepBase):
    kind: Literal["email"] = "email"
    job_type: JobType = JobType.INITIAL_OUTREACH
    content: EmailContent | None = None
    written_by: Literal["person", "agent"] = "person"
    hints: Hints = Hints()
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsStep(StepBase):
    kind: Literal["sms"] = "sms"
    job_type: JobType = JobType.INITIAL_OUTREACH
    text: str = ""
    written_by: Literal["person", "agent"] = "person"
    hints: Hints = Hints()
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppStep(StepBase):
    kind: Literal["whatsapp"] = "whatsapp"
    job_type: JobType = JobType.INITIAL_OUTREACH
    text: str = ""
    template_id: str | None = None
    template_variables: Mapping[str, str] = field(default_factory=dict)
    written_by: Literal["person", "agent"] = "person"
    hints: Hints = Hints()
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceStep(StepBase):
    """A call. `retries` calls `retry_after` apart follow one that nobody took."""

    kind: Literal["voice"] = "voice"
    job_type: JobType = JobType.VOICEMAIL_DROP
    script: str = ""
    written_by: Literal["person", "agent"] = "person"
    hints: Hints = Hints()
    on_human: Literal["hang_up", "read", "connect"] = "connect"
    on_machine: Literal["leave_script", "hang_up"] = "leave_script"
    retries: Retries = 2
    retry_after: DelayField = FOUR_HOURS
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStep(StepBase):
    """A to-do or call for a person. With `waits`, the flow stays until it is done or given up."""

    kind: Literal["task"] = "task"
    task_kind: Literal["to_do", "call"] = "to_do"
    title: str = ""
    text: str = ""
    assignee: str | None = None
    due_in: DelayField = ONE_DAY
    waits: bool = True
    when_not_done: Literal["wait", "skip", "escalate"] = "wait"
    give_up_after: DelayField = ONE_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    name: Line
    condition: Condition
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionStep(StepBase):
    """The first branch whose condition holds is taken; `next` is the else way."""

    kind: Literal["condition"] = "condition"
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    name: Line
    weight: Weight = 1
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitStep(StepBase):
    """An enrollment draws its arm by chance that is none, once for all its visits."""

    kind: Literal["split"] = "split"
    arms: tuple[Arm, ...] = ()
    automatic_winner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForStep(StepBase):
    """`next` when the event came in time, `timed_out` when it did not.

    What happened since the last message left counts; the limit counts from the step's due time.
    """

    kind: Literal["wait_for"] = "wait_for"
    event: str = "replied"
    time_limit: DelayField = THREE_DAYS
    timed_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToStep(StepBase):
    """Back to `target`, at most `max_rounds` times in the whole enrollment; then `next`.

    Every entry counts as a round, one that `only_if` skips too.
    """

    kind: Literal["go_to"] = "go_to"
    target: str = ""
    max_rounds: Rounds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBranch:
    name: Line
    description: str = ""
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AiDecideStep(StepBase):
    """The model picks one of the branches; unsure, late or broken answers take `next`."""

    kind: Literal["ai_decide"] = "ai_decide"
    question: str = ""
    branches: tuple[NamedBranch, ...] = ()
    time_limit: DelayField = ONE_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class AiQualifyStep(StepBase):
    """The model says whether the contact qualifies; unclear, late or broken answers take `next`."""

    kind: Literal["ai_qualify"] = "ai_qualify"
    question: str = ""
    qualified: str | None = None
    unqualified: str | None = None
    time_limit: DelayField = ONE_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyStep(StepBase):
    """Tell own people. `to`: contact_owner, sequence_owner, workspace_owner, or a member's address."""

    kind: Literal["notify"] = "notify"
    to: str = "contact_owner"
    by: tuple[Literal["in_app", "email", "sms"], ...] = ("in_app",)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagStep(StepBase):
    kind: Literal["tag"] = "tag"
    action: Literal["add", "remove"] = "add"
    tag: ShortText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFieldStep(StepBase):
    kind: Literal["set_field"] = "set_field"
    field: ShortText = ""
    value: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStageStep(StepBase):
    kind: Literal["set_stage"] = "set_stage"
    stage: ShortText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStep(StepBase):
    """Put the contact on a list, or take it off. `list`: its name; one that is missing is made."""

    kind: Literal["list"] = "list"
    action: Literal["add", "remove"] = "add"
    list: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSequenceStep(StepBase):
    """Enroll the contact in another sequence, or end its run there. `sequence`: its number or its name."""

    kind: Literal["other_sequence"] = "other_sequence"
    action: Literal["enroll", "finish"] = "enroll"
    sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookStep(StepBase):
    """Call an endpoint. `url` and `body` may hold merge tags; `body` is JSON, empty for the usual one."""

    kind: Literal["webhook"] = "webhook"
    url: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressStep(StepBase):
    """Never write to the contact again, on one channel or (None) on all."""

    kind: Literal["suppress"] = "suppress"
    channel: Channel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStep(StepBase):
    kind: Literal["end"] = "end"
    goal: bool = False


ActingStep = NotifyStep | TagStep | SetFieldStep | SetStageStep | ListStep | OtherSequenceStep | SuppressStep
"""Done at once, in the transaction of the look: our own data, or a word to own people."""
SendStep = EmailStep | SmsStep | WhatsAppStep | VoiceStep
AiStep = AiDecideStep | AiQualifyStep
Step = (
    EmailStep
    | SmsStep
    | WhatsAppStep
    | VoiceStep
    | TaskStep
    | ConditionStep
    | SplitStep
    | WaitForStep
    | GoToStep
    | AiDecideStep
    | AiQualifyStep
    | NotifyStep
    | TagStep
    | SetFieldStep
    | SetStageStep
    | ListStep
    | OtherSequenceStep
    | WebhookStep
    | SuppressStep
    | EndStep
)

AI_KINDS = frozenset({"ai_decide", "ai_qualify"})


@dataclass(frozen=True, slots=True)
class Flow:
    """A version as a pure value: steps by key, in the order in which people see them.

    `start` is the first step; None is the empty flow.
    """

    start: str | None
    steps: Mapping[str, Step]

    def step(self, key: str) -> Step:
        return self.steps[key]


def ways_out(step: Step) -> Iterator[str | None]:
    """Yield each step key (None: the end) to which `step` may lead, its own order first.

    A go-to without a maximum never goes on; what ends is gone on from only when its `only_if` skips it.
    """
    match step:
        case ConditionStep() | AiDecideStep():
            yield from (branch.next for branch in step.branches)
        case SplitStep():
            yield from (arm.next for arm in step.arms)
        case WaitForStep():
            yield step.timed_out
        case GoToStep():
            yield from filter(None, (step.target,))
            if step.max_rounds is None and step.only_if is None:
                return
        case AiQualifyStep():
            yield from (step.qualified, step.unqualified)
        case EndStep() if step.only_if is None:
            return
        case _:
            pass
    yield step.next
    yield from detours(step)


def detours(step: Step) -> Iterator[str | None]:
    """Yield the steps to which `step` leads when it is skipped or fails, where that is not simply on."""
    yield from (way.step for way in (step.on_skip, step.on_failure) if way.kind is WayKind.STEP)


def channel_of(step: Step) -> Channel | None:
    """Return the channel by which `step` reaches the contact, None for every other kind."""
    return _CHANNELS.get(step.kind)


_CHANNELS: Mapping[str, Channel] = {channel.value: channel for channel in Channel}
