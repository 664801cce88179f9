"""What is in a sequence: its working copy, what lint says, versions and their differences, files."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router, Status

from drumbeat.actions import sequences
from drumbeat.actions.sequences import files as sequence_files
from drumbeat.actions.sequences import locks, versions
from drumbeat.api.auth import PASSWORD_HEADER, MemberRequest
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, UNSEEN, Problem
from drumbeat.api.sequences import content_view as more
from drumbeat.api.sequences import view
from drumbeat.api.sequences.content_schemas import (
    CheckIn,
    ComparisonOut,
    DraftIn,
    DraftOut,
    DraftSavedOut,
    FileApplyIn,
    FileDifferenceOut,
    FileIn,
    FileOut,
    ProblemsOut,
    PublishIn,
    RestoreIn,
    VersionOut,
    VersionWithFlowOut,
)
from drumbeat.clock import SystemClock
from drumbeat.core.sequence_file import file_schema

router = Router(tags=["sequences"])

Side = Annotated[str, Query(pattern=r"^(draft|[1-9][0-9]{0,8})$")]


@router.get(
    "/sequences/{int:sequence_id}/draft",
    response={200: DraftOut, **UNSEEN},
    operation_id="get_sequence_draft",
)
def get_sequence_draft(request: MemberRequest, sequence_id: int) -> DraftOut:
    """Show the working copy with its revision and problems."""
    return view.draft(sequences.read_draft(request.member, sequence_id))


@router.put(
    "/sequences/{int:sequence_id}/draft",
    response={200: DraftSavedOut, **REFUSALS, 409: Problem},
    operation_id="save_sequence_draft",
)
def save_sequence_draft(request: MemberRequest, sequence_id: int, body: DraftIn) -> DraftSavedOut:
    """Save the working copy.

    409 `draft_conflict`: somebody saved meanwhile; `fields` say `saved_by`, `saved_at` and the `revision` now.
    """
    now = SystemClock().now()
    member = request.member
    revision, found = sequences.save_draft(member, sequence_id, body.document, now, revision=body.revision)
    changed = sequences.is_changed(member, sequence_id, body.document)
    return view.draft_saved(revision, found, now, changed=changed)


@router.post(
    "/sequences/{int:sequence_id}/restore",
    response={200: DraftOut, **REFUSALS, 409: Problem},
    operation_id="restore_sequence_version",
)
def restore_sequence_version(request: MemberRequest, sequence_id: int, body: RestoreIn) -> DraftOut:
    """Make the flow of a version the working copy; nothing runs otherwise until it is published."""
    now = SystemClock().now()
    versions.restore(request.member, sequence_id, body.version, now, revision=body.revision)
    return view.draft(sequences.read_draft(request.member, sequence_id))


@router.get(
    "/sequences/{int:sequence_id}/problems",
    response={200: ProblemsOut, **UNSEEN},
    operation_id="list_sequence_problems",
)
def list_sequence_problems(request: MemberRequest, sequence_id: int) -> ProblemsOut:
    """Say what lint finds in the saved working copy. Errors block publishing, warnings do not."""
    return view.problems(sequences.read_draft(request.member, sequence_id))


@router.post(
    "/flow-problems",
    response={200: ProblemsOut, 401: Problem, 403: Problem, 422: Problem},
    operation_id="check_flow",
)
def check_flow(request: MemberRequest, body: CheckIn) -> ProblemsOut:
    """Say what lint finds in a document that is not saved."""
    return view.found(sequences.check_document(request.member, body.document))


@router.get(
    "/sequences/{int:sequence_id}/versions",
    response={200: Page[VersionOut], **REFUSALS},
    operation_id="list_sequence_versions",
)
def list_sequence_versions(request: MemberRequest, sequence_id: int, page: Paged) -> Page[VersionOut]:
    """List the versions, the newest first."""
    member = request.member
    rows = versions.find(member, sequence_id)
    return page_of(rows, ("-number",), page, lambda shown: map(more.version, versions.seen(shown)))


@router.post(
    "/sequences/{int:sequence_id}/versions",
    response={201: VersionOut, **REFUSALS, 409: Problem},
    operation_id="publish_sequence",
)
def publish_sequence(request: MemberRequest, sequence_id: int, body: PublishIn) -> Status[VersionOut]:
    """Freeze the working copy as the next version, which new enrollments use; running ones keep theirs."""
    made = sequences.publish(request.member, sequence_id, SystemClock().now(), revision=body.revision)
    return Status(201, more.version(versions.one(request.member, sequence_id, made.number)))


@router.get(
    "/sequences/{int:sequence_id}/versions/{int:number}",
    response={200: VersionWithFlowOut, **UNSEEN},
    operation_id="get_sequence_version",
)
def get_sequence_version(request: MemberRequest, sequence_id: int, number: int) -> VersionWithFlowOut:
    """Show one version with its flow."""
    return more.version_with_flow(versions.one(request.member, sequence_id, number))


@router.get(
    "/sequences/{int:sequence_id}/comparison",
    response={200: ComparisonOut, **REFUSALS},
    operation_id="compare_sequence_versions",
)
def compare_sequence_versions(
    request: MemberRequest, sequence_id: int, before: Side, after: Side = "draft"
) -> ComparisonOut:
    """Say what is different, step by step: between two versions, or a version and the working copy."""
    return more.comparison(before, after, versions.compare(request.member, sequence_id, before, after))


@router.get(
    "/sequences/{int:sequence_id}/file",
    response={200: FileOut, **UNSEEN},
    operation_id="export_sequence_file",
)
def export_sequence_file(request: MemberRequest, sequence_id: int) -> FileOut:
    """Write the working copy and the settings as a YAML file."""
    written = sequence_files.export(request.member, sequence_id)
    return FileOut(name=written.name, text=written.text)


@router.post(
    "/sequence-files/diff",
    response={200: FileDifferenceOut, 401: Problem, 403: Problem, 422: Problem},
    operation_id="diff_sequence_file",
)
def diff_sequence_file(request: MemberRequest, body: FileIn) -> FileDifferenceOut:
    """Check a file and say what applying it would change; nothing changes."""
    return more.file_difference(sequence_files.diff(request.member, body.text, sequence_id=body.sequence_id))


@router.post(
    "/sequence-files/apply",
    response={200: FileDifferenceOut, 401: Problem, 403: Problem, 422: Problem},
    operation_id="apply_sequence_file",
    openapi_extra=dict(PARAMETER),
)
def apply_sequence_file(request: MemberRequest, body: FileApplyIn) -> Any:
    """Make a sequence what a file says, all of it or nothing; applying it twice changes nothing.

    Where a password guards the sequence, send it in the header `Sequence-Password`.

    422 `file_invalid`: `fields` say each fault with its line; ask for the differences to get them apart.
    """
    password = request.headers.get(PASSWORD_HEADER)
    if password and (guarded := sequence_files.guarded_of(request.member, body.text, body.sequence_id)):
        locks.unlock(request.member, guarded, password)
    return _applied(request, body)


@idempotent  # within the route: a wrong password is counted though the transaction of the key is taken back
def _applied(request: MemberRequest, body: FileApplyIn) -> FileDifferenceOut:
    done = sequence_files.apply(
        request.member,
        body.text,
        SystemClock().now(),
        sequence_id=body.sequence_id,
        activate=body.activate,
    )
    return more.file_difference(done)


@router.get("/sequence-file-schema", response=dict[str, Any], operation_id="get_file_schema")
def get_file_schema(request: MemberRequest) -> dict[str, Any]:
    """Return the JSON Schema of a sequence file, for editors."""
    return file_schema()
