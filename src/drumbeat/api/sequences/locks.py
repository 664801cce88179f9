"""The password of a sequence: opened for a session, or for one request of a program by a header; set, changed."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Status

from drumbeat.actions import access
from drumbeat.actions.sequences import locks
from drumbeat.api.auth import UNLOCKED_KEY, MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock

router = Router(tags=["sequences"])


class UnlockIn(Body):
    password: str = Field(min_length=1, max_length=locks.LONGEST)


class SequencePasswordIn(Body):
    """`password` null takes it away. Give the `old` one, or `reset` as an admin."""

    password: str | None = Field(min_length=locks.SHORTEST, max_length=locks.LONGEST)
    old: str = Field(default="", max_length=locks.LONGEST)
    reset: bool = False


@router.post(
    "/sequences/{int:sequence_id}/unlock",
    response={204: None, **REFUSALS, 429: Problem},
    operation_id="unlock_sequence",
)
def unlock_sequence(request: MemberRequest, sequence_id: int, body: UnlockIn) -> Status[None]:
    """Open a sequence that a password guards, for the length of the session.

    Programs send the password with each request instead, in the header `Sequence-Password`.
    """
    access.require(request.member, "sequences.edit")
    _keep(request, sequence_id, locks.unlock(request.member, sequence_id, body.password))
    return Status(204, None)


@router.put(
    "/sequences/{int:sequence_id}/password",
    response={204: None, **REFUSALS, 429: Problem},
    operation_id="set_sequence_password",
)
def set_sequence_password(request: MemberRequest, sequence_id: int, body: SequencePasswordIn) -> Status[None]:
    """Guard every change of a sequence by a password; change it, or take it away."""
    stamp = locks.set_password(
        request.member,
        sequence_id,
        body.password,
        SystemClock().now(),
        old=body.old,
        reset=body.reset,
    )
    _keep(request, sequence_id, stamp)
    return Status(204, None)


def _keep(request: HttpRequest, sequence_id: int, stamp: str) -> None:
    """Let the session remember; a request with a key has none."""
    if not request.user.is_authenticated:
        return
    kept = dict(request.session.get(UNLOCKED_KEY, {}))
    kept[str(sequence_id)] = stamp
    request.session[UNLOCKED_KEY] = {id_: value for id_, value in kept.items() if value}
