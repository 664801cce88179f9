"""The shapes of what is in a sequence: working copy, problems, versions, differences, previews, forecasts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body
from drumbeat.api.sequences.schemas import ExitWord, PersonRef, RhythmOut
from drumbeat.core.lint import CODES, SENTENCES
from drumbeat.core.sequence_file import LONGEST_FILE


class FlowProblemOut(Schema):
    """What lint says. `step` is a key, null for the whole flow; `path` leads to the place in the document.

    `message` is English; `sentence` and its `facts` let a page say the same in another language.
    """

    code: str = Field(json_schema_extra={"enum": [*sorted(CODES)]})
    severity: Literal["error", "warning"]
    step: str | None
    path: str
    message: str
    sentence: str = Field(json_schema_extra={"enum": [*sorted(SENTENCES)]})
    facts: dict[str, str]
    cure: str


class DraftOut(Schema):
    """The working copy with what lint says of it."""

    document: dict[str, Any]
    revision: int
    saved_at: datetime
    saved_by: PersonRef | None
    changed: bool
    problems: list[FlowProblemOut]


class DraftIn(Body):
    """`revision` is the one that the document was edited from."""

    document: dict[str, Any]
    revision: int = Field(ge=1)


class DraftSavedOut(Schema):
    revision: int
    saved_at: datetime
    changed: bool
    problems: list[FlowProblemOut]


class ProblemsOut(Schema):
    """`revision` is the saved working copy that was audited, null for a document that is not saved."""

    revision: int | None
    errors: int
    warnings: int
    problems: list[FlowProblemOut]


class CheckIn(Body):
    """A document to audit without saving it."""

    document: dict[str, Any]


class RestoreIn(Body):
    """The version whose flow becomes the working copy; `revision` is the working copy that it replaces."""

    version: int = Field(ge=1)
    revision: int = Field(ge=1)


class PublishIn(Body):
    """With `revision`, exactly that working copy is published or nothing."""

    revision: int | None = Field(default=None, ge=1)


class VersionOut(Schema):
    """A published flow. `people` are unfinished enrollments that run through it, `movable` those of other versions."""

    number: int
    published_at: datetime
    published_by: PersonRef | None
    checksum: str
    step_count: int
    people: int
    movable: int
    current: bool


class VersionWithFlowOut(VersionOut):
    document: dict[str, Any]


class FieldChangeOut(Schema):
    """`path` within the step, such as `content.subject`; a value that was or is not there is null."""

    path: str
    before: Any
    after: Any


class StepChangeOut(Schema):
    """One step that differs. `moved`: it comes after another step than before; positions count from 1."""

    key: str
    kind: str
    name: str
    change: Literal["added", "removed", "moved", "changed"]
    moved: bool
    before_position: int | None
    after_position: int | None
    fields: list[FieldChangeOut]


class ComparisonOut(Schema):
    """From one flow to the other; `before` and `after` are a version number or `draft`."""

    before: str
    after: str
    equal: bool
    steps: list[StepChangeOut]
    sentences: list[str]


class TemplateOut(Schema):
    """What a sequence can begin with: one of the product by its `name`, one of the workspace by its `id`."""

    id: int | None = None
    name: str
    title: str
    description: str
    rhythm: RhythmOut
    exit_on_reply: ExitWord
    exit_on_meeting: ExitWord
    document: dict[str, Any]


class StepKindOut(Schema):
    """A kind of step for the palette. `reason` says in words what it lacks; `room` is where that is mended."""

    kind: str
    channel: str
    available: bool
    reason_code: Literal["", "channel_without_sender", "decider_not_configured"]
    reason: str
    room: Literal["", "senders", "numbers", "settings"]


class MergeTagOut(Schema):
    """A tag as it is written between braces; one that is not always filled needs a fallback."""

    tag: str
    group: Literal["contact", "custom", "sender", "workspace", "sequence"]
    label: str
    example: str
    always_filled: bool


class PreviewIn(Body):
    """The step `step` of `document`, or of the saved working copy. Without a contact an imagined one reads it.

    With `enrollment_id`: the step as that enrollment's version has it, for its contact, by its sender.
    """

    step: str
    document: dict[str, Any] | None = None
    contact_id: int | None = None
    sender_id: int | None = None
    enrollment_id: int | None = None


class PreviewWarningOut(Schema):
    """`merge_tag_unfilled`: this contact has no value and there is no fallback, so the mail could not be written."""

    code: str
    name: str
    path: str
    message: str


class PreviewFileOut(Schema):
    """A file that goes along; `is_shown`: within the HTML."""

    name: str
    size: int
    is_shown: bool


class PreviewAdviceOut(Schema):
    """`clipped`, `image_without_alt`, `link_without_https`, `only_images`, `heavy`; the mail leaves all the same.

    What looks like spam: `subject_shouts`, `subject_long`, `exclamation_marks`, `pretends_reply`, `advertising_words`,
    `promises_money`, `link_shortener`, `link_to_number`, `link_disguised`, `many_links`.
    """

    code: str
    message: str


class PreviewOut(Schema):
    """What would leave. `sendable` is false when it could not be written; unfilled tags are shown in brackets then.

    `html` is a fragment or page made of untrusted text: show it in a sandboxed frame. Its images are within it.
    `size`: what the whole mail weighs on its way, in bytes.
    """

    channel: str
    sender: str
    recipient: str
    subject: str
    html: str
    text: str
    follows_thread: bool
    files: list[PreviewFileOut]
    size: int
    advice: list[PreviewAdviceOut]
    sendable: bool
    warnings: list[PreviewWarningOut]


class TestSendIn(Body):
    """`to` gets the mail of the step as this contact would read it; `to_phone` the text or WhatsApp message of one.

    `sender_id`: the mailbox or number that sends it.
    """

    step: str
    to: str | None = Field(default=None, max_length=320)
    to_phone: str | None = Field(default=None, max_length=40)
    document: dict[str, Any] | None = None
    contact_id: int | None = None
    sender_id: int | None = None


class TestSendOut(Schema):
    """What became of a test mail or text. `settled` is false while it is on its way; `text` is the server's answer."""

    touch_id: int
    to: str
    status: str
    reason: str
    hold_reason: str
    not_before: datetime
    settled: bool
    text: str


class DayVolumeOut(Schema):
    """Messages on one local day of one sender, against its cap of that day (null: none). `sender`: its address."""

    day: date
    sender_id: int
    sender: str
    name: str
    sent: int
    cap: int | None


class ExceptionOut(Schema):
    """People who will not get what the others get, by code: `no_address`, `suppressed`, `opted_out`, `no_consent`."""

    code: str
    channel: str
    people: int


class SenderCapOut(Schema):
    """A sender by address and name. `zone`: where its days and its window lie; not `enabled`: nothing leaves by it."""

    sender_id: int
    sender: str
    name: str
    channel: Literal["email", "sms", "whatsapp", "voice"]
    zone: str
    per_day: int | None
    enabled: bool


class DefaultsOut(Schema):
    """What holds without anybody having chosen it for this sequence.

    `caps`: those who would send, and who was chosen to and is off. `quiet`: channels that keep
    quiet hours, from 21 to 8 o'clock where the person is.
    """

    exit_on_reply: ExitWord
    exit_on_meeting: ExitWord
    exit_on_call: ExitWord
    exit_on_conversion: ExitWord
    window: dict[str, list[list[str]]] | None
    window_of: Literal["sequence", "sender", "none"]
    caps: list[SenderCapOut]
    quiet: list[str]
    review: bool


class EndsOut(Schema):
    """How many end so, if nobody answers. `state`: a finish reason, or a state with why they stay in it as `reason`."""

    state: str
    reason: str
    people: int


class UnderWayOut(Schema):
    """Who runs through a version now. Publishing leaves them there."""

    version: int
    people: int


class ForecastOut(Schema):
    """What would happen if everybody started now and nobody answered; nothing is sent.

    `people` start; with `sampled`, only that many of them were simulated and the volumes are scaled up.
    `of`: whom it is about; `starting` are those whom activating enrolls at once. Null moments: nothing would be sent.
    `first_round_until`: when all had the first message. `held`: how many messages have to wait, by reason; one may
    wait for several. `refused`: who does not begin, by the answer to their enrolling.
    """

    of: Literal["list", "starting", "unfinished", "imagined"]
    people: int
    sampled: int | None
    messages: int
    first_send_at: datetime | None
    first_round_until: datetime | None
    last_send_at: datetime | None
    ends_at: datetime
    volumes: list[DayVolumeOut]
    held: dict[str, int]
    ends: list[EndsOut]
    refused: dict[str, int]
    under_way: list[UnderWayOut]
    exceptions: list[ExceptionOut]
    defaults: DefaultsOut
    errors: int
    warnings: int


class FileOut(Schema):
    """A sequence as a file."""

    name: str
    text: str


class FileIn(Body):
    """The text of a file: flow and settings as YAML. Without `sequence_id` it is of the sequence that has its name."""

    text: str = Field(max_length=LONGEST_FILE)
    sequence_id: int | None = None


class FileProblemOut(Schema):
    """What is wrong in a file: `line` and `column` count from 1, `path` leads to the place."""

    severity: Literal["error", "warning"]
    code: str
    path: str
    line: int | None
    column: int | None
    message: str


class SettingDifferenceOut(Schema):
    setting: str
    before: Any
    after: Any


class FileDifferenceOut(Schema):
    """What applying a file would change, or changed: `created`, `changed`, `unchanged`, `invalid`."""

    change: Literal["created", "changed", "unchanged", "invalid"]
    sequence_id: int | None
    name: str
    steps: list[StepChangeOut]
    settings: list[SettingDifferenceOut]
    activates: bool
    sentences: list[str]
    problems: list[FileProblemOut]


class FileApplyIn(FileIn):
    """`activate` publishes the flow and starts the sequence, where it does not run."""

    activate: bool = False
