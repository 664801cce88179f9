"""A family of processes: started again when one dies, ended together, whatever ends the parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import all_end, descendants, is_alive, until

PARENT = """
import logging, os, sys
from drumbeat.cli.supervise import Child, supervise
logging.basicConfig(format="%(message)s")
children = [
    Child(name, (sys.executable, "-c", code, str(os.getpid())), os.environ, ends_last=name == {last!r})
    for name, code in {children!r}
]
sys.exit(supervise(children, grace={grace!r}))
"""
STAYS = """
import os, sys, time
from drumbeat.cli.parent import tie_to
tie_to(int(sys.argv[1]))
os.write(1, b"up\\n")
time.sleep(600)
"""
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, b"up\\n")
time.sleep(600)
"""
DIES = 'import os; os.write(1, b"died\\n")'
FINDS_IT_TAKEN = "import sys; sys.exit(3)"


@pytest.fixture
def family():
    started = []

    def start(*codes, last="", grace=10.0):
        children = [(f"child{place}", code) for place, code in enumerate(codes)]
        source = PARENT.format(children=children, last=last, grace=grace)
        process = subprocess.Popen(
            [sys.executable, "-c", source], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        below = descendants(process.pid) if process.poll() is None else set()
        process.kill()
        process.communicate()
        all_end(below)


def children_up(process, count):
    return until(lambda: len(found := descendants(process.pid)) == count and found)


def test_sigterm_ends_all_and_the_exit_code_is_zero(family):
    parent = family(STAYS, STAYS)
    assert [parent.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
    children = children_up(parent, 2)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(20) == 0
    assert not any(map(is_alive, children))


def test_the_children_end_when_the_parent_is_killed(family):
    parent = family(STAYS, STAYS)
    for _ in range(2):
        parent.stdout.readline()
    children = children_up(parent, 2)
    parent.kill()
    parent.wait(20)
    all_end(children)


def test_a_child_that_dies_is_started_again(family):
    parent = family(DIES)
    until(lambda: parent.stdout.readline() == "died\n")
    until(lambda: parent.stdout.readline() == "died\n")
    assert parent.poll() is None


def test_a_child_that_is_killed_is_started_again(family):
    parent = family(STAYS)
    parent.stdout.readline()
    (child,) = children_up(parent, 1)
    os.kill(child, signal.SIGKILL)
    until(lambda: (found := descendants(parent.pid)) and found != {child})


def test_a_child_that_finds_its_place_taken_ends_all_with_3(family):
    parent = family(STAYS, FINDS_IT_TAKEN)
    assert parent.wait(20) == 3


def test_a_child_that_does_not_want_to_end_is_killed(family):
    parent = family(STUBBORN, grace=0.5)
    parent.stdout.readline()
    children = children_up(parent, 1)
    parent.send_signal(signal.SIGTERM)
    parent.wait(20)
    assert not any(map(is_alive, children))


def test_what_the_others_need_ends_after_them(family, tmp_path):
    notes = Path(tmp_path / "notes")
    says = """
import os, signal, sys, time
def end(*_):
    time.sleep({seconds})
    with open({notes!r}, "a") as file:
        file.write({name!r})
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
os.write(1, b"up\\n")
time.sleep(600)
"""
    needed = says.format(seconds=0, notes=str(notes), name="needed ")
    needs = says.format(seconds=0.5, notes=str(notes), name="needs ")
    parent = family(needed, needs, last="child0")
    for _ in range(2):
        parent.stdout.readline()
    parent.send_signal(signal.SIGTERM)
    parent.wait(20)
    assert notes.read_text() == "needs needed "


def test_a_child_whose_parent_died_before_it_could_tie_itself_ends_at_once():
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    orphan = subprocess.run([sys.executable, "-c", STAYS, str(gone.pid)], timeout=20, check=False)
    assert orphan.returncode == 0
