"""What another sequence answered a flow that asked it, as words of the journal and as people read them."""

from __future__ import annotations

from collections.abc import Mapping

ANSWERED = "answered"
LOOP = "loop"
FINISHED = "finished_there"
NOT_THERE = "not_enrolled"

SENTENCES: Mapping[str, str] = {
    "enrolled": "enrolled",
    "waiting_for_review": "enrolled, waits for review",
    "already_enrolled": "runs through it already",
    "reenrollment_not_allowed": "ran through it before, and it takes nobody again by itself",
    "parallel_not_allowed": "runs through another sequence, and only one at a time is allowed",
    "suppressed": "the contact must not be written to",
    "no_address": "the contact has no address that it writes to",
    "company_limit": "enough people of this company are being contacted",
    "sequence_not_active": "it is not active",
    "not_found": "there is no such sequence or contact",
    LOOP: "it led here itself, so entering it again would have no end",
    FINISHED: "its run there has ended",
    NOT_THERE: "no run there to end",
}
