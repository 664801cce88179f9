"""Whatever programs ask for in whatever order: nobody is enrolled twice, and what is finished stays so."""

import json
from collections import Counter

from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from drumbeat.actions.members import keys
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment
from drumbeat.store import flows
from tests.support.office import a_mailbox, an_active_sequence, an_owner, leads

PEOPLE = SEQUENCES = 2
STATES = ("active", "blocked", "finished")

enrolls = st.tuples(st.just("enroll"), st.integers(0, SEQUENCES - 1), st.integers(0, PEOPLE - 1))
puts = st.tuples(st.just("put"), st.integers(0, 3), st.sampled_from(STATES))
finishes = st.tuples(st.just("finish"), st.integers(0, SEQUENCES), st.integers(0, PEOPLE - 1))
looks = st.tuples(st.just("look"), st.just(0), st.just(0))
calls = st.lists(st.one_of(enrolls, puts, finishes, looks), min_size=1, max_size=12)


class CallsInAnyOrder(TestCase):
    """Each example begins with one reviewed and one running sequence, and two people."""

    def setUp(self):
        flows.load_flow.cache_clear()

    @settings(max_examples=25)
    @given(calls)
    def test_nobody_is_enrolled_twice_and_what_is_finished_stays_so(self, calls):
        owner = an_owner()
        a_mailbox(owner)
        flows.load_flow.cache_clear()
        program = _Program(owner)
        for call in calls:
            before = dict(Enrollment.objects.filter(state="finished").values_list("id", "updated_at"))
            reviewed = set(Enrollment.objects.filter(state="pending_review").values_list("id", flat=True))
            program.make(*call)
            going = Enrollment.objects.exclude(state="finished").values_list("sequence_id", "contact_id")
            assert max(Counter(going).values(), default=0) <= 1
            ended = dict(Enrollment.objects.filter(state="finished").values_list("id", "updated_at"))
            assert before.items() <= ended.items()
            passed = Enrollment.objects.filter(id__in=reviewed).exclude(
                state__in=["pending_review", "finished"]
            )
            assert not passed.exists()


class _Program:
    def __init__(self, owner):
        _, text = keys.create(owner, "program", timezone.now())
        self.headers = {"Authorization": f"Bearer {text}"}
        self.client = Client()
        self.sequences = [
            an_active_sequence(owner, name=f"Sequence {n}", review=n == 0) for n in range(SEQUENCES)
        ]
        self.people = leads(owner, PEOPLE)

    def make(self, call, first, second):
        match call:
            case "enroll":
                data = {"sequence_id": self.sequences[first].pk, "resource_id": self.people[second]}
                self._ask("post", "", {"resource_type": "lead", **data})
            case "put":
                ids = list(Enrollment.objects.order_by("id").values_list("id", flat=True))
                if first < len(ids):
                    self._ask("put", f"/{ids[first]}", {"state": second})
            case "finish":
                ids = [sequence.pk for sequence in self.sequences[first : first + 1]]
                data = {"resource_id": self.people[second], "sequence_ids": ids}
                self._ask("post", "/finish_ongoing_for_resource", {"resource_type": "contact", **data})
            case _:
                Planner().plan_once(timezone.now())

    def _ask(self, method, path, data):
        body = json.dumps({"data": data})
        ask = getattr(self.client, method)
        answer = ask(
            f"/v2/sequence_enrollments{path}", body, content_type="application/json", headers=self.headers
        )
        assert answer.status_code in (200, 422), answer.content
