"""The one API object: its routers, its errors, its description."""

from __future__ import annotations

from ninja import NinjaAPI

from drumbeat.api import agents, answer_drafts, approvals, domains, grants, mailboxes, problems, reputation
from drumbeat.api.access import audit, joining, keys, members, session
from drumbeat.api.auth import MemberKey, MemberSession
from drumbeat.api.board import dev_inbox
from drumbeat.api.board import routes as board
from drumbeat.api.conditions import routes as conditions
from drumbeat.api.conditions import segments
from drumbeat.api.contacts import erasing, fields, history, imports, lists, merging, suppressions
from drumbeat.api.contacts import export as contact_export
from drumbeat.api.contacts import routes as contacts
from drumbeat.api.enrollments import bulk, enroll, reviews
from drumbeat.api.enrollments import routes as enrollments
from drumbeat.api.hooks import routes as hooks
from drumbeat.api.inbox import mails, set_aside, texts
from drumbeat.api.inbox import routes as inbox
from drumbeat.api.numbers import routes as numbers
from drumbeat.api.reading import Reader
from drumbeat.api.senders import routes as senders
from drumbeat.api.sequences import calendar as sending_days
from drumbeat.api.sequences import (
    call_trials,
    content,
    decision_trials,
    engagement,
    locks,
    moves,
    positions,
    presence,
    simulations,
    starts,
    step_numbers,
    templates,
    trials,
)
from drumbeat.api.sequences import routes as sequences
from drumbeat.api.tasks import routes as tasks
from drumbeat.api.today import routes as today
from drumbeat.api.workspace import attachments, branding, doctor, emergency, views, webhooks
from drumbeat.api.workspace import routes as workspace

api = NinjaAPI(
    title="drumbeat",
    version="1",
    description="Everything that the web app can do. Programs send `Authorization: Bearer <key>`; the web app sends "
    "its session cookie and, with whatever changes something, the value of the cookie `csrftoken` in X-CSRFToken.",
    auth=[MemberKey(), MemberSession()],
    parser=Reader(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for each in (
    session,
    joining,
    workspace,
    branding,
    attachments,
    members,
    keys,
    audit,
    views,
    board,
    emergency,
    webhooks,
    hooks,
    enrollments,
    bulk,
    reviews,
    agents,
    approvals,
    answer_drafts,
    tasks,
    inbox,
    mails,
    texts,
    set_aside,
    dev_inbox,
    sequences,
    content,
    locks,
    moves,
    positions,
    presence,
    templates,
    trials,
    call_trials,
    decision_trials,
    simulations,
    sending_days,
    starts,
    engagement,
    step_numbers,
    contact_export,
    contacts,
    history,
    merging,
    erasing,
    fields,
    lists,
    imports,
    conditions,
    segments,
    suppressions,
    enroll,
    senders,
    numbers,
    mailboxes,
    grants,
    reputation,
    domains,
    today,
    doctor,
):
    api.add_router("", each.router)
problems.install(api)
