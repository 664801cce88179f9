"""What sequences begin with: the templates of the product, and those that a workspace kept."""

from __future__ import annotations

from ninja import Field, Router, Status

from drumbeat.actions.sequences import offers, own_templates
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.api.sequences import content_view as view
from drumbeat.api.sequences.content_schemas import TemplateOut
from drumbeat.clock import SystemClock

router = Router(tags=["sequences"])


class TemplateIn(Body):
    """Without a name or a description it gets the sequence's."""

    name: str = Field(default="", max_length=200)
    description: str | None = Field(default=None, max_length=2_000)


class TemplateChangeIn(Body):
    """What is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=2_000)


@router.get(
    "/templates", response={200: list[TemplateOut], 401: Problem, 403: Problem}, operation_id="list_templates"
)
def list_templates(request: MemberRequest) -> list[TemplateOut]:
    """List what a sequence can begin with: the workspace's own templates, then those of the product."""
    own = [view.own_template(each) for each in own_templates.of(request.member)]
    return [*own, *(view.template(each) for each in offers.templates(request.member))]


@router.post(
    "/sequences/{int:sequence_id}/template",
    response={201: TemplateOut, **REFUSALS},
    operation_id="save_sequence_as_template",
)
def save_sequence_as_template(
    request: MemberRequest, sequence_id: int, body: TemplateIn
) -> Status[TemplateOut]:
    """Keep the working copy and the settings of a sequence as a template of the workspace."""
    now = SystemClock().now()
    row = own_templates.save(request.member, sequence_id, now, name=body.name, description=body.description)
    return Status(201, view.own_template(row))


@router.patch(
    "/templates/{int:template_id}", response={200: TemplateOut, **REFUSALS}, operation_id="change_template"
)
def change_template(request: MemberRequest, template_id: int, body: TemplateChangeIn) -> TemplateOut:
    """Rename or describe a template of the workspace."""
    changes = body.model_dump(exclude_unset=True)
    return view.own_template(own_templates.change(request.member, template_id, changes, SystemClock().now()))


@router.delete(
    "/templates/{int:template_id}", response={204: None, **REFUSALS}, operation_id="delete_template"
)
def delete_template(request: MemberRequest, template_id: int) -> Status[None]:
    """Delete a template of the workspace; sequences that began with it stay."""
    own_templates.remove(request.member, template_id, SystemClock().now())
    return Status(204, None)
