"""What the routes of contacts take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Query, Schema

from drumbeat.actions.contacts.selection import Selection
from drumbeat.actions.enrollments import newcomers
from drumbeat.api.bodies import Body, Moment
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.store.contact_search import ContactQuery, Enrolled, Sort

MOST_IDS = 100_000
Id = Annotated[int, Field(ge=0, lt=2**63)]


class ContactFilterIn(Schema):
    """Which contacts; what is left out does not narrow. `owner_id` 0: nobody's.

    `q`: how a name, company, address or mail domain begins.
    """

    q: str = Field(default="", max_length=200)
    list_id: Id | None = None
    segment_id: Id | None = None
    tag_id: Id | None = None
    stage: str | None = Field(default=None, max_length=100)
    owner_id: Id | None = None
    sequence_id: Id | None = None
    enrolled: Enrolled = ""
    state: EnrollmentState | None = None

    def query(self) -> ContactQuery:
        asked = {name: getattr(self, name) for name in ContactFilterIn.model_fields}
        return ContactQuery(**{**asked, "state": self.state.value if self.state else ""})


class ContactListIn(ContactFilterIn):
    sort: Sort = "newest"


Filtered = Annotated[ContactFilterIn, Query()]
Sorted = Annotated[ContactListIn, Query()]


class ContactFilterBody(ContactFilterIn, Body):
    """The same filter in a body, where nothing else may stand."""


class ContactsIn(Body):
    """Exactly one of `contact_ids`, `list_id`, `segment_id` and `filter`."""

    contact_ids: list[Id] | None = Field(default=None, max_length=MOST_IDS)
    list_id: Id | None = None
    segment_id: Id | None = None
    filter: ContactFilterBody | None = None

    def selection(self) -> Selection:
        query = self.filter.query() if self.filter is not None else None
        return Selection(
            contact_ids=self.contact_ids, list_id=self.list_id, segment_id=self.segment_id, query=query
        )


class ContactOwnerOut(Schema):
    id: int
    name: str


class ContactTagOut(Schema):
    id: int
    name: str


class RunningOut(Schema):
    enrollment_id: int
    sequence_id: int
    sequence: str
    state: str
    reason: str


class LastEventOut(Schema):
    """The last thing that happened with the contact: an event kind and when."""

    kind: str
    at: datetime


class ContactOut(Schema):
    """A row. `blocked`: channels on which it must not be reached, with the reason."""

    id: int
    name: str
    first_name: str
    last_name: str
    email: str
    phone: str
    company: str
    title: str
    stage: str
    time_zone: str
    owner: ContactOwnerOut | None
    tags: list[ContactTagOut]
    running: list[RunningOut]
    blocked: dict[str, str]
    last: LastEventOut | None
    created_at: datetime


class ContactCountOut(Schema):
    """`is_more`: there are more than `count`, which is as far as was counted."""

    count: int
    is_more: bool


class ContactFacetOut(Schema):
    """A choice of a filter; `id` is null for stages, which are named by `value`."""

    id: int | None
    value: str
    count: int


class ContactFacetsOut(Schema):
    total: int
    stages: list[ContactFacetOut]
    lists: list[ContactFacetOut]
    tags: list[ContactFacetOut]
    owners: list[ContactFacetOut]


class FieldValueOut(Schema):
    """`value` is a text, a number, a date as YYYY-MM-DD, a truth, or null."""

    id: int
    key: str
    label: str
    type: str
    value: str | float | bool | None


class ContactSuppressionOut(Schema):
    id: int
    channel: str
    kind: str
    reason: str
    source: str
    scope: str
    created_at: datetime


class ContactListOut(Schema):
    id: int
    name: str


class ContactDetailOut(ContactOut):
    """`suppressions`: those in force for its addresses. `reach`: each channel, "" or why it does not reach."""

    whatsapp: str
    language: str
    consent: dict[str, bool | None]
    custom: list[FieldValueOut]
    lists: list[ContactListOut]
    suppressions: list[ContactSuppressionOut]
    reach: dict[str, str]
    updated_at: datetime


Text = Annotated[str, Field(max_length=10_000)]


class ContactIn(Body):
    """A contact needs a mail address or a phone number. `custom` by key; values as text.

    `sequence_id`: where it begins; null for nowhere, left out for the default sequence.
    """

    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    phone: Text = ""
    whatsapp: Text = ""
    company: Text = ""
    title: Text = ""
    stage: Text = ""
    time_zone: Text = ""
    language: Text = ""
    custom: dict[str, Text] = Field(default_factory=dict, max_length=300)
    tags: list[Text] = Field(default_factory=list, max_length=50)
    list_id: Id | None = None
    sequence_id: Id | None = None

    def begins_in(self) -> int | None:
        return self.sequence_id if "sequence_id" in self.model_fields_set else newcomers.DEFAULT


class ContactChangeIn(Body):
    """Only what is given changes; "" clears. `owner_id` null takes the owner away."""

    first_name: Text | None = None
    last_name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    whatsapp: Text | None = None
    company: Text | None = None
    title: Text | None = None
    stage: Text | None = None
    time_zone: Text | None = None
    language: Text | None = None
    custom: dict[str, Text] = Field(default_factory=dict, max_length=300)
    consent: dict[str, bool | None] = Field(default_factory=dict, max_length=10)
    owner_id: Id | None = None


class ContactBulkIn(ContactsIn):
    """What is done with the chosen contacts: `tag` and `stage` are names, `owner_id` null takes the owner away."""

    act: Literal["add_tag", "remove_tag", "add_to_list", "remove_from_list", "set_stage", "set_owner"]
    tag: str = Field(default="", max_length=200)
    stage: str = Field(default="", max_length=200)
    to_list_id: Id | None = None
    owner_id: Id | None = None


class ContactBulkItemOut(Schema):
    """`code` is changed, unchanged or not_found; `before` is the stage or owner that a changed one had."""

    id: int
    code: str
    before: str


class ContactBulkOut(Schema):
    answers: list[ContactBulkItemOut]
    counts: dict[str, int]


class ContactEventIn(Body):
    kind: Literal["call_logged", "meeting_booked", "meeting_cancelled", "converted", "custom"]
    note: str = Field(default="", max_length=5_000)
    occurred_at: Moment | None = None
    source: str = Field(default="manual", max_length=40)
    external_id: str = Field(default="", max_length=500)
    name: str = Field(default="", max_length=200)


class LoggedOut(Schema):
    """`counted` is false when its external id was logged before; `woken`: enrollments that look at it now."""

    counted: bool
    woken: int


class ContactNoteIn(Body):
    text: str = Field(max_length=20_000)


class ContactNoteOut(Schema):
    id: int
    text: str
    created_at: datetime


class ContactFieldIn(Body):
    label: str = Field(max_length=1_000)
    type: Literal["text", "number", "date", "boolean"] = "text"
    key: str = Field(default="", max_length=200)


class ContactFieldChangeIn(Body):
    label: str | None = Field(default=None, max_length=1_000)
    type: Literal["text", "number", "date", "boolean"] | None = None


class ContactFieldOut(Schema):
    """`values`: how many contacts have one. Mails call it `{{ contact.custom.<key> }}`."""

    id: int
    key: str
    label: str
    type: str
    values: int


class TagOut(Schema):
    id: int
    name: str
    contacts: int


class NamedIn(Body):
    name: str = Field(max_length=1_000)
