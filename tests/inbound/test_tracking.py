"""From a fetched link to a fact: spooled without a database, stored once, judged after a moment."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError

from drumbeat.core.tracking_verdicts import JUDGED_AFTER, FetchKind, How
from drumbeat.inbound import tracking
from drumbeat.inbound.tracking_spool import FOLDER, LARGEST_FILE, Hit, Spool
from drumbeat.models import Event
from drumbeat.models import Hit as HitRow
from drumbeat.store import tracking as store
from tests.core.test_tracking_agents import PEOPLE
from tests.support.arriving import facts
from tests.support.outreach import NOW, SENT_AT, an_outreach

BROWSER = PEOPLE[0]
AT = SENT_AT + timedelta(hours=1)
JUDGED_AT = AT + JUDGED_AFTER


def a_hit(mark="a" * 32, key="k1", kind=FetchKind.OPEN, at=AT, agent=BROWSER, **more):
    return Hit(key=key, kind=kind, mark=mark, at=at, how=more.pop("how", How.GET), agent=agent, **more)


def a_click(mark, key="k1", link=1, links=5, **more):
    target = f"https://a.test/{link}"
    return a_hit(mark, key, FetchKind.CLICK, link=link, links=links, target=target, **more)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path)


class TestSpool:
    def test_what_is_put_comes_out_once(self, spool):
        hits = [
            a_hit(key="1", agent="ä\n\x00"),
            a_hit(key="2", kind=FetchKind.CLICK, target="https://a.test"),
        ]
        assert all(spool.put(hit) for hit in hits)

        taken: list[Hit] = []
        assert spool.drain(taken.extend) == 2
        assert taken == hits
        assert spool.drain(taken.extend) == 0

    def test_what_cannot_be_stored_stays(self, spool):
        def fails(_):
            raise DatabaseError("away")

        spool.put(a_hit())
        with pytest.raises(DatabaseError):
            spool.drain(fails)
        taken: list[Hit] = []
        spool.drain(taken.extend)
        assert taken == [a_hit()]

    def test_nobody_takes_a_file_that_is_being_written(self, spool, tmp_path):
        spool.put(a_hit(key="1"))
        taken: list[Hit] = []
        other = Spool(tmp_path)
        assert other.drain(taken.extend) == 0

        spool.hand_on()
        assert other.drain(taken.extend) == 1

    def test_a_line_that_a_crash_cut_short_is_left_out(self, spool, tmp_path):
        spool.put(a_hit(key="1"))
        spool.hand_on()
        (file,) = (tmp_path / FOLDER).iterdir()
        with file.open("a") as end:
            end.write('{"key": "2", "mark')
            end.write("\n[]\n")
        taken: list[Hit] = []
        spool.drain(taken.extend)
        assert [hit.key for hit in taken] == ["1"]

    def test_a_full_file_makes_way_for_another(self, spool, tmp_path):
        line = len(json.dumps({"agent": "x" * 60_000}))
        for key in range(LARGEST_FILE // line + 2):
            spool.put(a_hit(key=str(key), agent="x" * 60_000))
        assert len(list((tmp_path / FOLDER).iterdir())) == 2

    def test_too_many_files_are_refused_and_nobody_notices(self, spool, tmp_path, monkeypatch):
        monkeypatch.setattr("drumbeat.inbound.tracking_spool.MOST_FILES", 1)
        (tmp_path / FOLDER).mkdir()
        (tmp_path / FOLDER / "left.hits").touch()
        assert not spool.put(a_hit())

    def test_threads_do_not_mix_their_lines(self, spool):
        def write(name):
            for n in range(50):
                spool.put(a_hit(key=f"{name}-{n}", agent="x" * 2_000))

        threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken: list[Hit] = []
        spool.drain(taken.extend)
        assert len({hit.key for hit in taken}) == 400

    def test_a_disk_that_fails_raises_nothing(self, tmp_path):
        (tmp_path / FOLDER).write_text("no folder")
        assert not Spool(tmp_path).put(a_hit())


@pytest.fixture
def outreach(db):
    return an_outreach()


def judged(*hits, at=JUDGED_AT):
    tracking.store(list(hits))
    return tracking.judge_once(at)


def told():
    rows = Event.objects.filter(source=store.SOURCE).order_by("id")
    return [(row.kind, row.payload["visitor"], row.payload["reason"]) for row in rows]


class TestJudging:
    def test_an_open_by_a_person_is_a_fact_of_contact_enrollment_and_step(self, outreach):
        assert judged(a_hit(outreach.sent.mark)) == 1

        enrollment = outreach.enrollment
        scopes = ("", f"enrollment:{enrollment.pk}", f"step:{enrollment.pk}:hello")
        assert facts() == {("opened", scope): 1 for scope in scopes}
        event = Event.objects.get()
        assert (event.kind, event.contact, event.touch) == ("opened", outreach.contact, outreach.sent)
        assert (event.enrollment, event.occurred_at, event.triggered_at) == (enrollment, AT, None)
        enrollment.refresh_from_db()
        assert enrollment.woken_at == JUDGED_AT

    def test_a_click_tells_where_it_led(self, outreach):
        judged(a_click(outreach.sent.mark, link=2))
        event = Event.objects.get()
        assert (event.kind, event.payload["url"]) == ("clicked", "https://a.test/2")

    def test_a_machine_is_shown_and_starts_nothing(self, outreach):
        judged(a_hit(outreach.sent.mark, agent="Mozilla/5.0"))

        assert told() == [("opened", "machine", "apple_proxy")]
        assert Event.objects.get().triggered_at == JUDGED_AT
        assert facts() == {}
        outreach.enrollment.refresh_from_db()
        assert outreach.enrollment.woken_at is None

    def test_nothing_is_judged_before_its_time(self, outreach):
        tracking.store([a_click(outreach.sent.mark)])
        assert tracking.judge_once(JUDGED_AT - timedelta(microseconds=1)) == 0
        assert tracking.judge_once(JUDGED_AT) == 1
        assert tracking.judge_once(JUDGED_AT) == 0

    def test_what_comes_meanwhile_judges_a_click_too(self, outreach):
        mark = outreach.sent.mark
        tracking.store([a_click(mark, "1")])
        later = AT + timedelta(seconds=1)
        judged(a_click(mark, "2", link=2, at=later), at=later + JUDGED_AFTER)
        assert told() == [("clicked", "machine", "burst"), ("clicked", "machine", "burst")]

    def test_the_hidden_link_is_no_click_and_tells_of_its_scanner(self, outreach):
        mark = outreach.sent.mark
        judged(a_click(mark, "1", link=0, links=0), a_click(mark, "2", at=AT + timedelta(seconds=30)), at=NOW)
        assert told() == [("clicked", "machine", "hidden_link")]

    def test_a_fetch_that_is_drained_twice_counts_once(self, outreach):
        hit = a_hit(outreach.sent.mark)
        judged(hit, hit)
        judged(hit)
        assert HitRow.objects.count() == 1
        assert facts()["opened", ""] == 1

    def test_opens_of_one_day_are_one_event_and_of_two_days_two(self, outreach):
        mark = outreach.sent.mark
        judged(a_hit(mark, "1"), a_hit(mark, "2", at=AT + timedelta(minutes=5)), at=NOW)
        next_day = AT + timedelta(days=1)
        judged(a_hit(mark, "3", at=next_day), at=next_day + JUDGED_AFTER)
        assert told() == [("opened", "human", "")] * 2
        assert facts()["opened", ""] == 2

    def test_a_click_without_an_open_soon_after_delivery_is_a_machine_s_where_opens_are_tracked(
        self, outreach
    ):
        outreach.sequence.track_opens = True
        outreach.sequence.save()
        soon = outreach.sent.settled_at + timedelta(seconds=30)
        judged(a_click(outreach.sent.mark, at=soon), at=NOW)
        assert told() == [("clicked", "machine", "no_open")]

    def test_mails_that_are_not_known_are_dropped(self, outreach):
        assert judged(a_hit("b" * 32)) == 0
        assert not HitRow.objects.exists()

    def test_one_that_the_database_refuses_keeps_no_other(self, outreach, caplog):
        tracking.store([a_hit(outreach.sent.mark, "1"), a_click(outreach.sent.mark, "2", link=-1)])
        assert [row.key for row in HitRow.objects.all()] == ["1"]
        assert "cannot be stored" in caplog.text

    def test_whoever_fetches_without_end_fills_nothing(self, outreach, monkeypatch):
        monkeypatch.setattr(store, "MOST_KEPT", 2)
        for key in range(4):
            tracking.store([a_hit(outreach.sent.mark, str(key))])
        assert HitRow.objects.count() == 2

    def test_fetches_are_forgotten_after_a_day_and_their_events_stay(self, outreach):
        judged(a_hit(outreach.sent.mark))
        tracking.judge_once(JUDGED_AT + timedelta(days=1))
        assert HitRow.objects.count() == 1
        tracking.judge_once(JUDGED_AT + timedelta(days=1, seconds=1))
        assert not HitRow.objects.exists()
        assert Event.objects.exists()

    def test_the_number_of_queries_does_not_grow_with_the_fetches(
        self, outreach, django_assert_max_num_queries
    ):
        mark = outreach.sent.mark
        with django_assert_max_num_queries(30):
            judged(*(a_hit(mark, str(n), at=AT + timedelta(minutes=n)) for n in range(40)), at=NOW)


@pytest.mark.django_db
def test_a_drain_stores_what_comes_and_waits_for_the_database(spool):
    stored, away = [], [DatabaseError("away"), RuntimeError("a defect")]

    def keep(hits):
        if away:
            raise away.pop()
        stored.extend(hits)

    drain = tracking.Drain(spool, keep)
    spool.put(a_hit())
    waits = [drain._turn() for _ in range(3)]
    assert stored == [a_hit()]
    assert waits[0] == waits[1] > waits[2]


def test_a_drain_runs_until_it_is_left(spool, monkeypatch):
    monkeypatch.setattr(tracking, "_EVERY_SECONDS", 0.01)
    came = threading.Event()
    spool.put(a_hit())
    with tracking.Drain(spool, lambda hits: came.set()):
        assert came.wait(10)
