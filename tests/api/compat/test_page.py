"""The page about kind B: its examples are run one after the other, its lists are those of the code."""

import json
import re
from itertools import pairwise

import pytest
from django.utils import timezone

from drumbeat.actions.enrollments import by_resource as resource_enrollments
from drumbeat.actions.members import keys
from drumbeat.api.compat.routes import api
from drumbeat.api.compat.words import STATES
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.flow import JobType
from tests.api.compat.client import ACTION_TYPES, EMAIL_STATUSES, TASK_STATUSES
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner
from tests.support.standing import a_task
from tools.markdown import PARSER
from tools.report import ROOT

PAGE = (ROOT / "docs/reference/kind-b.md").read_text(encoding="utf-8")
ANY = "…"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def examples():
    """Yield each request of the page with the answer that follows it."""
    fences = [token for token in PARSER.parse(PAGE) if token.type == "fence"]
    return [(asked.content, told.content) for asked, told in pairwise(fences) if asked.info == "http"]


def under(heading):
    _, _, rest = PAGE.partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def rows(heading):
    return re.findall(r"^\| `([^`]+)` \| (.*?) \|", under(heading), re.MULTILINE)


def shown(told, expected):
    """Return what differs from the page, as the page would have to say it."""
    if expected == ANY:
        return ANY
    if isinstance(expected, dict) and isinstance(told, dict):
        return {key: shown(value, expected.get(key)) for key, value in told.items()}
    if isinstance(expected, list) and isinstance(told, list) and len(expected) == len(told):
        return [shown(*pair) for pair in zip(told, expected, strict=True)]
    both = isinstance(expected, str) and isinstance(told, str)
    return expected if both and MOMENT.fullmatch(told) and MOMENT.fullmatch(expected) else told


@pytest.mark.django_db
def test_every_example_is_answered_as_the_page_shows(client):
    owner = an_owner()
    a_mailbox(owner)
    reply = an_email("reply", after="3wd", text="One more thing.", job_type=JobType.FOLLOW_UP_EMAIL)
    flow = a_line(an_email(), a_task(after="2d", text="Ask what they thought."), reply)
    assert (an_active_sequence(owner, flow).pk, a_lead(owner).pk) == (1, 1), "the page says that both are 1"
    _, key = keys.create(owner, "program", timezone.now())
    for asked, told in examples():
        first, _, body = asked.strip().partition("\n\n")
        method, path = first.split()
        answer = client.generic(
            method, path, body, "application/json", headers={"Authorization": f"Bearer {key}"}
        )
        expected = json.loads(told)
        assert shown(answer.json(), expected) == expected, first


def test_every_route_has_an_example():
    shown_paths = {
        f"{method} {re.sub(r'/[0-9]+$', '/{id}', path.partition('?')[0])}"
        for method, path in (asked.split("\n")[0].split() for asked, _ in examples())
    }
    routes = {
        f"{method} /v2{re.sub(r'{.*}', '{id}', path)}"
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert routes - shown_paths == {"GET /v2/sequences"}  # a list of what is shown for one
    assert shown_paths <= routes


def test_every_state_is_said_as_the_page_says():
    assert dict(rows("States")) == {ours: f"`{there}`" for ours, there in STATES.items()}


def test_every_type_and_status_is_listed():
    assert {word for word, _ in rows("Action types")} == ACTION_TYPES
    assert {word for word, _ in rows("Statuses")} == EMAIL_STATUSES | TASK_STATUSES


def test_every_code_of_a_refusal_is_listed():
    listed = {word for word, _ in rows("Errors")}
    assert {answer.value for answer in resource_enrollments.SENTENCES} <= listed
    assert set(resource_enrollments.SENTENCES) == set(Answer) - {Answer.ENROLLED, Answer.WAITING_FOR_REVIEW}
    sources = [
        *(ROOT / "src/drumbeat/api/compat").glob("*.py"),
        ROOT / "src/drumbeat/actions/enrollments/by_resource.py",
    ]
    raised = {
        code
        for source in sources
        for code in re.findall(r'(?:DomainError|answer)\(\s*"(\w+)"', source.read_text(encoding="utf-8"))
    }
    assert raised <= listed
