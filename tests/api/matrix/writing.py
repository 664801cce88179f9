"""The rows of agents and of what they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from tests.api.matrix.row import Row
from tests.api.matrix.world import AGENT, ANSWER, CONTACT, DRAFT, SEQUENCE

OK = HTTPStatus.OK
MISSING = HTTPStatus.NOT_FOUND
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
ONE = {"draft_id": DRAFT}
ANSWERED = {"answer_id": ANSWER}
THESE = {"ids": [DRAFT]}
INNER_CALL = {
    "format": 1,
    "steps": [{"key": "call", "kind": "webhook", "url": "http://127.0.0.1/{{ contact.id }}"}],
}
STEP = {"key": "hello", "kind": "email", "written_by": "agent"}

WRITING: Mapping[str, Row] = {
    "list_agents": Row("settings.view"),
    "get_agent_model": Row("settings.view"),
    "create_agent": Row("settings.create", body={"name": "Another"}, ok=HTTPStatus.CREATED),
    "get_agent": Row("settings.view", path={"agent_id": AGENT}),
    "change_agent": Row("settings.edit", path={"agent_id": AGENT}, body={"tone": "formal"}),
    "remove_agent": Row("settings.delete", path={"agent_id": AGENT}, ok=HTTPStatus.NO_CONTENT),
    "make_agent_default": Row("settings.edit", path={"agent_id": AGENT}),
    "list_approvals": Row("approvals.view"),
    "count_approvals": Row("approvals.view"),
    "get_approval": Row("approvals.view", path=ONE, limited=MISSING),
    "change_approval": Row("approvals.edit", path=ONE, body={"text": "Hello there"}, limited=MISSING),
    "check_approval": Row("approvals.view", path=ONE, body={"text": "Hello there"}, limited=MISSING),
    "restore_approval": Row("approvals.edit", path=ONE, limited=MISSING),
    "regenerate_approval": Row("approvals.edit", path=ONE, body={"note": "shorter"}, limited=MISSING),
    "approve_draft": Row(
        "approvals.edit", path=ONE, body={"text_hash": "of another"}, ok=HTTPStatus.CONFLICT, limited=MISSING
    ),
    "approve_drafts": Row("approvals.edit", body={**THESE, "text_hashes": {}}, foreign=OK, limited=OK),
    "reject_drafts": Row("approvals.edit", body=THESE, foreign=OK, limited=OK),
    "undo_approvals": Row("approvals.edit", body=THESE, foreign=OK, limited=OK),
    "list_answer_drafts": Row("approvals.view"),
    "count_answer_drafts": Row("approvals.view"),
    "get_answer_draft": Row("contacts.view", path={"contact_id": CONTACT}, limited=MISSING),
    "send_answer_draft": Row("approvals.edit", path=ANSWERED, body={"text": "Hello"}, limited=MISSING),
    "rewrite_answer_draft": Row("contacts.edit", path=ANSWERED, body={"note": "shorter"}, limited=MISSING),
    "discard_answer_draft": Row("contacts.edit", path=ANSWERED, limited=MISSING, ok=HTTPStatus.NO_CONTENT),
    "try_agent": Row("settings.edit", path={"agent_id": AGENT}, body={"step": STEP}, ok=REFUSED),
    "try_decision": Row(
        "sequences.edit",
        path={"sequence_id": SEQUENCE},
        body={"step": {"key": "hello", "kind": "ai_qualify", "question": "Is it?"}, "contact_id": CONTACT},
        ok=REFUSED,
    ),
    "call_step_test": Row(
        "sequences.edit",
        path={"sequence_id": SEQUENCE},
        body={"step": "call", "document": INNER_CALL, "contact_id": CONTACT},
        limited=HTTPStatus.FORBIDDEN,
    ),
    "preview_draft": Row("sequences.edit", path={"sequence_id": SEQUENCE}, body={"step": STEP}, ok=REFUSED),
}
