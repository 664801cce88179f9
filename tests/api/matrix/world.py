"""Two furnished workspaces, and names for what is in them: rows say CONTACT, the test fills in the id of a world.

Whatever `ours` shows carries MARK, so that an answer to somebody else can be searched for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from drumbeat.actions import attachments, hooks, lists, mailboxes, suppressions, views, workspaces
from drumbeat.actions.members import invitations, keys, roles
from drumbeat.actions.sequences import own_templates
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.models import (
    ApiKey,
    Contact,
    Grant,
    Job,
    Member,
    Notification,
    PhoneAccount,
    Role,
    SenderProfile,
    User,
)
from drumbeat.store import phone_accounts
from tests.api.matrix import daily, drafts, people
from tests.support import board as swing
from tests.support.office import a_mailbox

MARK = "Zebra"


@dataclass(frozen=True, slots=True)
class What:
    """The id of something in a world; in a path, a query or a body. `text`: the id as a text."""

    name: str
    text: bool = False


AGENT = What("agent")
ANSWER = What("answer")
ATTACHMENT = What("attachment")
CONTACT = What("contact")
DRAFT = What("draft")
ENROLLMENT = What("enrollment")
FIELD = What("field")
GRANT = What("grant")
HOOK = What("hook")
IMPORT = What("import")
INVITATION = What("invitation")
JOB = What("job")
KEY = What("key")
LIST = What("list")
MAILBOX = What("mailbox")
MEMBER = What("member")
MESSAGE = What("message")
NOTE = What("note")
NOTIFICATION = What("notification")
NUMBER = What("number")
OTHER_CONTACT = What("other_contact")
OUTGOING = What("outgoing")
PHONE_ACCOUNT = What("phone_account")
ROLE = What("role")
SENDER = What("sender")
SET_ASIDE = What("set_aside")
STRANGER = What("stranger")
SEQUENCE = What("sequence")
SUPPRESSION = What("suppression")
TAG = What("tag")
TASK = What("task")
TEMPLATE = What("template")
TEST_MAIL = What("test_mail")
VIEW = What("view")
WORKSPACE = What("workspace")


@dataclass(frozen=True, slots=True)
class World:
    """A workspace: its members by role, and the id of each `What`.

    `not_owned`: the same for what belongs to the contact that nobody owns.
    """

    members: Mapping[str, Member]
    ids: Mapping[str, int]
    not_owned: Mapping[str, int]
    expired_key: str

    def fill(self, asked: Any) -> Any:
        """Return `asked` with each What replaced by its id here, at any depth."""
        match asked:
            case What():
                found = self.ids[asked.name]
                return str(found) if asked.text else found
            case Mapping():
                return {name: self.fill(value) for name, value in asked.items()}
            case list() | tuple():
                return [self.fill(value) for value in asked]
        return asked


def furnish(name: str, mark: str) -> World:
    """Make a workspace with one of everything, each named with `mark`; the rep owns the contact."""
    now = timezone.now()
    members = _members(name, mark)
    owner = members[Role.ADMIN]
    sequence = swing.a_sequence(owner, swing.five_steps(), now, name=f"{mark} sequence")
    contacts = [_contact(owner, mark, number) for number in (1, 2)]
    Contact.objects.filter(pk=contacts[0].pk).update(owner=members[Role.REP])
    key, _ = keys.create(owner, f"{mark} key", now)
    found = _settings(owner, members, mark, now)
    found |= {
        "attachment": attachments.add(members[Role.REP], f"{mark}.txt", mark.encode(), now),
        "contact": contacts[0],
        "other_contact": contacts[1],
        "enrollment": swing.an_enrollment(sequence, contacts[0], now),
        "key": key,
        "member": members[Role.VIEWER],
        "notification": _notification(members[Role.VIEWER], mark),
        "sender": a_mailbox(owner, f"rep@{mark.lower()}.test", name=f"{mark} sender"),
        "sequence": sequence,
        "suppression": suppressions.add(owner, f"gone@{mark.lower()}.test", now, reason="manual"),
        "template": own_templates.save(owner, sequence.pk, now, name=f"{mark} template"),
        "workspace": owner.workspace,
    }
    found |= _numbers(owner, mark, now)
    found |= people.furnish(owner, contacts[0], mark, now)
    found |= daily.furnish(contacts[0], found["enrollment"], found["sender"], mark, now)
    found["agent"] = drafts.agent_of(owner.workspace_id, mark, now)
    unowned: dict[str, Model] = {
        "attachment": attachments.add(owner, f"{mark} other.txt", b"of a letter", now),
        "contact": contacts[1],
        "enrollment": swing.an_enrollment(sequence, contacts[1], now),
    }
    unowned |= people.note_of(owner, contacts[1], mark, now)
    unowned |= daily.furnish(contacts[1], unowned["enrollment"], found["sender"], f"{mark} other", now)
    for each, told in ((found, mark), (unowned, f"{mark} other")):
        each["draft"] = drafts.draft_of(each["contact"], each["enrollment"], found["sender"], told, now)
        each["answer"] = drafts.answer_of(each["message"], told, now)
    return World(members, _ids(found), _ids(unowned), _expired(owner))


def _settings(owner: Member, members: Mapping[str, Member], mark: str, now: datetime) -> dict[str, Model]:
    return {
        "invitation": invitations.invite(owner, f"guest@{mark.lower()}.test", Role.REP, now)[0],
        "job": Job.objects.create(workspace=owner.workspace, kind="import", created_at=now, not_before=now),
        "grant": _grant(owner, mark, now),
        "hook": hooks.add(owner, f"{mark} hook", "converted", now)[0],
        "list": lists.create(owner, f"{mark} list", now),
        "mailbox": _mailbox(owner, mark, now),
        "role": roles.create(owner, f"{mark} role", ["contacts.view"], now),
        "view": views.save(owner, "contacts", f"{mark} view", "", now, shared=True),
    }


def _ids(found: Mapping[str, Model]) -> dict[str, int]:
    return {name: row.pk for name, row in found.items()}


def _members(name: str, mark: str) -> dict[str, Member]:
    now = timezone.now()
    user = User.objects.create(email=f"admin@{mark.lower()}.test", password="!")
    owner = workspaces.create_workspace(name, user, f"{mark} admin", now)
    found = {Role.ADMIN.value: owner}
    for role in (Role.MANAGER, Role.REP, Role.VIEWER):
        user = User.objects.create(email=f"{role}@{mark.lower()}.test", password="!")
        found[role.value] = Member.objects.create(
            workspace=owner.workspace, user=user, name=f"{mark} {role}", role=role, created_at=now
        )
    return found


def _contact(owner: Member, mark: str, number: int) -> Contact:
    contact = swing.a_person(owner, number, timezone.now())
    address = f"lead{number}@{mark.lower()}.test"
    Contact.objects.filter(pk=contact.pk).update(
        email=address, email_normal=address, last_name=mark, company=f"{mark} {number}"
    )
    contact.refresh_from_db()
    return contact


def _notification(member: Member, mark: str) -> Notification:
    return Notification.objects.create(
        workspace=member.workspace,
        member=member,
        kind="reply",
        text=f"{mark} wrote",
        created_at=timezone.now(),
    )


def _expired(owner: Member) -> str:
    now = timezone.now()
    row, text = keys.create(owner, "expired", now, expires_at=now + timedelta(days=1))
    ApiKey.objects.filter(pk=row.pk).update(expires_at=now - timedelta(days=1))
    return text


def _numbers(owner: Member, mark: str, now: datetime) -> dict[str, Model]:
    account = PhoneAccount.objects.create(
        workspace=owner.workspace,
        name=f"{mark} account",
        sid="AC" + "0" * 32,
        secrets_encrypted=phone_accounts.sealed("a-token"),
        templates_read_at=now,
        hook_token=f"{mark}-hook",
        created_at=now,
    )
    number = SenderProfile.objects.create(
        workspace=owner.workspace,
        kind="twilio",
        channel="sms",
        name=f"{mark} number",
        address="+14155550199",
        account=account,
        created_at=now,
    )
    return {"phone_account": account, "number": number}


def _grant(owner: Member, mark: str, now: datetime) -> Model:
    return Grant.objects.create(
        workspace_id=owner.workspace_id,
        provider="google",
        address=f"rep@{mark.lower()}.test",
        connected_at=now,
        created_at=now,
    )


def _mailbox(owner: Member, mark: str, now: datetime) -> Model:
    typed = mailboxes.Typed(
        address=f"rep@{mark.lower()}.test", host="127.0.0.1", port=1, security="plain", username=mark
    )
    server = ImapServer("127.0.0.1", 1, "plain", mark, "secret")
    return mailboxes.add(owner, typed, now, trusted=server)
