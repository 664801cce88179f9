"""Whoever fits a condition is found in pages: each once, at the same cost wherever the page lies, and resumably."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.core.document import read_condition
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import Contact, Enrollment, Job, Sequence, TriggerMatch, Workspace
from drumbeat.store import jobs, sweeps
from drumbeat.store.conditions import where
from tests.support import many_contacts
from tests.support.many_contacts import rule
from tests.support.starting import NOW, a_contact, enrolled_in, read_all, started_by

pytestmark = pytest.mark.django_db(transaction=True)

MANY_FIT = {"rules": [rule("custom.seats", "greater", 1)]}
ASKED = {
    "all": {"rules": [rule("email", "is_not_empty")]},
    "a stage": {"rules": [rule("stage", "equals", "new")]},
    "few": {"rules": [rule("stage", "equals", "lost"), rule("title", "equals", "title 5")]},
    "nobody": {"rules": [rule("stage", "equals", "unheard of")]},
    "own fields": MANY_FIT,
    "events": {"rules": [rule("event.sent", "happened")]},
    "either": {
        "combinator": "or",
        "rules": [rule("tag", "equals", "common"), rule("stage", "equals", "new")],
    },
}


@pytest.fixture
def owner():
    return world.a_workspace()


def a_sequence(owner):
    version = world.a_sequence(owner, world.a_sender(owner.workspace))
    return Sequence.objects.get(id=version.sequence_id)


def pages_of(find, condition):
    after, pages = 0, []
    while True:
        page = find(read_condition(condition), after)
        pages.append(page.contact_ids)
        if page.up_to is None:
            return pages
        assert page.up_to > after
        after = page.up_to


@pytest.mark.parametrize("asked", ASKED)
def test_pages_hold_everybody_who_fits_once_and_in_order(owner, monkeypatch, asked):
    monkeypatch.setattr(sweeps, "PAGE", 7)
    monkeypatch.setattr(sweeps, "WINDOW", 20)
    many_contacts.fill(owner, 240, NOW)
    theirs = Workspace.objects.create(name="Theirs", created_at=NOW)
    Contact.objects.filter(id__gt=80, id__lte=110).update(workspace=theirs)
    sequence = a_sequence(owner)

    pages = pages_of(lambda condition, after: sweeps.fitting(sequence, condition, after, NOW), ASKED[asked])

    known = Contact.objects.filter(workspace=owner.workspace)
    fits = where(owner.workspace_id, read_condition(ASKED[asked]), NOW)
    assert [id_ for page in pages for id_ in page] == sorted(known.filter(fits).values_list("id", flat=True))
    assert all(len(page) <= 7 for page in pages)


def test_pages_of_who_runs_hold_those_alone(owner, monkeypatch):
    monkeypatch.setattr(sweeps, "PAGE", 7)
    many_contacts.fill(owner, 60, NOW)
    sequence = a_sequence(owner)
    running = list(Contact.objects.filter(id__gt=20).order_by("id").values_list("id", flat=True))
    world.enroll(sequence.current_version, running)
    Enrollment.objects.filter(contact_id=running[3]).update(state="finished", next_step_at=None)

    pages = pages_of(
        lambda condition, after: sweeps.fitting_who_run(sequence, condition, after, NOW), ASKED["a stage"]
    )

    new = Contact.objects.filter(id__in=running, stage="new").exclude(id=running[3])
    assert [id_ for page in pages for id_ in page] == sorted(new.values_list("id", flat=True))


def plan_of(text):
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + text)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_a_page_reads_its_window_however_many_fit_besides(owner):
    many_contacts.fill(owner, 30_000, NOW)
    sequence = a_sequence(owner)
    with CaptureQueriesContext(connection) as captured:
        page = sweeps.fitting(sequence, read_condition(MANY_FIT), 15_000, NOW)
    assert len(page.contact_ids) == sweeps.PAGE
    plan = plan_of(captured.captured_queries[-1]["sql"])
    assert "LIST SUBQUERY" not in plan, plan  # all who fit, read anew for each page
    assert "Seq Scan on drumbeat_contact " not in plan, plan
    assert "SCAN drumbeat_contact" not in plan, plan


def enrolling(owner, monkeypatch, people, page):
    monkeypatch.setattr(sweeps, "PAGE", page)
    for number in range(people):
        a_contact(owner, f"p{number:03}", stage="new")
    return started_by(
        owner, auto_enroll=True, enrollment_criteria=ASKED["a stage"], enroll_at_activation=True
    )


def test_a_page_takes_as_many_statements_for_many_as_for_few(owner, monkeypatch):
    def statements(page):
        with CaptureQueriesContext(connection) as captured:
            enrolling(owner, monkeypatch, 2 * page + 1, page)
            engine_jobs.run_once(NOW)
            before = len(captured)
            engine_jobs.run_once(NOW)
            return len(
                [each for each in captured.captured_queries[before:] if not each["sql"].startswith("ANALYZE")]
            )

    few = statements(3)
    assert few > 10
    Contact.objects.all().delete()
    # SQLite runs one prepared statement over the rows and reports each of them once.
    assert statements(40) == few


def test_one_that_breaks_off_goes_on_and_enrolls_nobody_twice(owner, monkeypatch):
    sequence = enrolling(owner, monkeypatch, 20, 6)
    save, broken = jobs.save, iter([False, True, False, True] + [False] * 20)

    def breaking(job, progress, now):
        if next(broken):
            raise OSError("the disk went away")
        return save(job, progress, now)

    monkeypatch.setattr(jobs, "save", breaking)
    for _ in range(8):
        Job.objects.update(not_before=NOW)
        engine_jobs.run_once(NOW)

    assert enrolled_in(sequence) == [f"p{number:03}" for number in range(20)]
    assert TriggerMatch.objects.filter(answer="enrolled").count() == 20


def test_the_job_says_how_many_it_met_and_enrolled(owner, monkeypatch):
    sequence = enrolling(owner, monkeypatch, 9, 4)
    Enrollment.objects.all().delete()
    known = Contact.objects.get(email="p002@lead.test")
    world.enroll(sequence.current_version, [known.pk])
    job = Job.objects.get(kind=sweeps.LEARN)
    engine_jobs.run_once(NOW)
    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("waiting", 4, {"met": 4, "enrolled": 3})

    read_all(NOW + timedelta(seconds=1))

    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("done", 9, {"met": 9, "enrolled": 8})
