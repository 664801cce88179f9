"""Contacts as a CSV file, streamed."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from ninja import Router

from drumbeat.actions.contacts import export as contact_export
from drumbeat.api.auth import MemberRequest
from drumbeat.api.contacts.schemas import Filtered
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock

router = Router(tags=["contacts"])

CSV = {
    "responses": {
        200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}},
    }
}


@router.get(
    "/contacts/export.csv",
    response=REFUSALS,
    operation_id="export_contacts",
    openapi_extra=CSV,
)
def export_contacts(request: MemberRequest, filters: Filtered) -> StreamingHttpResponse:
    """Write the contacts that fit as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    now = SystemClock().now()
    return csv_file(
        contact_export.export(request.member, filters.query(), now), f"contacts-{now:%Y-%m-%d}.csv"
    )


def csv_file(parts: contact_export.Parts, name: str) -> StreamingHttpResponse:
    """Return a file that a browser saves and never shows."""
    return StreamingHttpResponse(
        (part.encode() for part in parts),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
