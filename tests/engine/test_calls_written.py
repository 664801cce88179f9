"""Calls are written before they are placed; what one of them holds keeps no other from being placed."""

from bench import world
from drumbeat.engine.planner import Planner
from drumbeat.models import Call
from drumbeat.store import new_calls
from tests.support.phoning import SPOKEN, calling

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START


def test_a_nul_that_a_filter_makes_keeps_no_call_from_leaving(owner, office):
    calling(owner, ["machine"], script="Hi{{ '%00' | url_decode }} there")
    calling(owner, ["human"], script=SPOKEN)
    office.go(NOW)
    assert set(Call.objects.values_list("script", flat=True)) == {"Hi there", SPOKEN}
    assert len(office.sids) == 2


def test_a_call_that_cannot_be_written_keeps_no_other_from_leaving(owner, office, monkeypatch):
    written = new_calls._values

    def failing(one, call, now):
        if "bad" in call.script.text:
            raise ValueError("no database takes this")
        return written(one, call, now)

    calling(owner, ["machine"], script="Hi, bad one")
    calling(owner, ["human"], script="Hi there")
    Planner().plan_once(NOW)
    with monkeypatch.context() as until_mended:
        until_mended.setattr(new_calls, "_values", failing)
        for _ in range(20):
            office.dispatcher.turn(NOW, wait_seconds=0.02)
        assert [call.script for call in Call.objects.all()] == ["Hi there"]
        assert len(office.sids) == 1
    office.go(NOW)
    assert len(office.sids) == 2
