"""Whatever a canvas can draw comes back unchanged from the API, and from a YAML file that is applied elsewhere."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from drumbeat.actions import sequences
from drumbeat.core.document import write_document
from tests.support.flows import STEPS, flows, steps
from tests.support.office import an_owner

pytestmark = pytest.mark.django_db

EXAMPLES = 3
SAMPLES = 80


@pytest.fixture
def put(client):
    """Return what saves a document over HTTP as the working copy of a new sequence, and reads it."""
    owner = an_owner()
    client.force_login(owner.user)

    def save(document):
        made = sequences.create(owner, "From", timezone.now())
        path = f"/api/sequences/{made.pk}"
        saved = client.put(
            f"{path}/draft", {"document": document, "revision": 1}, content_type="application/json"
        )
        assert saved.status_code == 200, saved.json()
        return made, client.get(f"{path}/draft").json()["document"]

    return save


def documents(kind):
    """Draw flows in which one kind is sure to be, as the canvas writes them: plain JSON with every way."""
    return flows(kinds=(kind,), max_steps=3).filter(lambda flow: flow.steps).map(write_document)


def test_what_is_drawn_has_every_option_of_every_kind():
    """A field that nobody draws would come back unchanged whatever became of it."""
    told, known = set(), set()

    @settings(max_examples=SAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(data=st.data())
    def note(kind, data):
        for whole, field, is_told in options(data.draw(steps(kind))):
            known.add((whole, field))
            if is_told:
                told.add((whole, field))

    for kind in STEPS:
        note(kind)
    assert {field for field in known - told if field[1] != "kind"} == set()


def options(value):
    """List every field within a value, and whether it says anything else than what it says by itself."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for each in value:
            yield from options(each)
    if is_dataclass(value):
        for field in fields(value):
            said = getattr(value, field.name)
            yield type(value).__name__, field.name, said != default(field)
            yield from options(said)


def default(field):
    return field.default if field.default_factory is MISSING else field.default_factory()


@pytest.mark.parametrize("kind", sorted(STEPS))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_kind_of_step_comes_back_unchanged(put, client, kind, data):
    drawn = data.draw(documents(kind))
    made, kept = put(drawn)
    assert kept == drawn

    text = client.get(f"/api/sequences/{made.pk}/file").json()["text"]
    other, _ = put({"format": 1, "steps": []})
    applied = client.post(
        "/api/sequence-files/apply",
        {"text": text, "sequence_id": other.pk},
        content_type="application/json",
    )
    assert applied.status_code == 200, applied.json()
    assert client.get(f"/api/sequences/{other.pk}/draft").json()["document"] == drawn
