"""The reference page of roles and rights, written from the code."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = """# Roles, rights, keys

A right is `<resource>.<view|create|edit|delete>`; the prefix `ce.` is accepted. A role is a set of them. The
API answers `not_permitted` (403) where one is missing, on every route; what lies in another workspace is
`not_found` (404).

| resource | admin | manager | rep | viewer |
|---|---|---|---|---|
"""
TAIL = """
A workspace can have roles of its own. Nobody gives a role, a key or an invitation more rights than they have
themselves, and nobody changes a member who has more.

- **Own contacts.** A member can be limited to the contacts that they own; the setting `reps_see_own_contacts`
  does it for all reps. Enrollments, messages, tasks and events of other contacts are then not there for them.
  Imports, which could change other contacts, are refused.
- **Files.** A file is seen by who uploaded it, until a step takes it along: then it is the workspace's, for who may see
  sequences. A file of a letter is opened by its message, and so by who sees the contact. Who sees all contacts sees
  all files. Nobody else can list, open, send or remove it. Only who uploaded a file puts it into a step first.
- **Keys** act as the member who made them, within the key's role and rights; they never widen either. They are
  not accepted from cookies. A revoked or expired key is answered like an unknown one.
- **Sessions** last two weeks. Changing the password ends all others; setting one by a link ends all;
  deactivating a member ends theirs from the next request on. The session's id changes when somebody signs in.
- **The audit log** holds changes of members, roles, keys, invitations, settings, senders' secrets, sequences'
  status, suppressions, imports and exports, with who, by which way, before and after. It is appended to and
  never changed.
- **Views** of a list belong to who saved them, and can be shared with the workspace.
"""


def markdown() -> str:
    """Return the page."""
    return HEAD + "\n".join(_rows()) + "\n" + TAIL


def _rows() -> Iterator[str]:
    from drumbeat.actions.access import RESOURCES, RIGHTS

    for resource in RESOURCES:
        cells = [
            ", ".join(act for act in ("view", "create", "edit", "delete") if f"{resource}.{act}" in rights)
            for rights in RIGHTS.values()
        ]
        yield f"| `{resource}` | " + " | ".join(cells) + " |"
