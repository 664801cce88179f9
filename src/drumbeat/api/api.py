"""The one API object: its routers, its errors, its description."""

from __future__ import annotations

from ninja import NinjaAPI

from drumbeat.api import (
    audit,
    board,
    contact_export,
    contact_fields,
    contact_history,
    contacts,
    dev_inbox,
    doctor,
    emergency,
    enroll,
    enrollment_bulk,
    enrollments,
    imports,
    inbox,
    joining,
    keys,
    lists,
    members,
    problems,
    senders,
    sequence_content,
    sequence_trials,
    sequences,
    session,
    suppressions,
    tasks,
    today,
    views,
    workspace,
)
from drumbeat.api.auth import MemberKey, MemberSession

api = NinjaAPI(
    title="drumbeat",
    version="1",
    description="Everything that the web app can do. Programs send `Authorization: Bearer <key>`; the web app sends "
    "its session cookie and, with whatever changes something, the value of the cookie `csrftoken` in X-CSRFToken.",
    auth=[MemberKey(), MemberSession()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for each in (
    session,
    joining,
    workspace,
    members,
    keys,
    audit,
    views,
    board,
    emergency,
    enrollments,
    enrollment_bulk,
    tasks,
    inbox,
    dev_inbox,
    sequences,
    sequence_content,
    sequence_trials,
    contact_export,
    contacts,
    contact_history,
    contact_fields,
    lists,
    imports,
    suppressions,
    enroll,
    senders,
    today,
    doctor,
):
    api.add_router("", each.router)
problems.install(api)
