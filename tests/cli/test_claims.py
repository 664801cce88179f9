"""What only one process may have."""

import os
import socket
import threading

import pytest

from drumbeat.cli.claims import free_port, wait_for_port, worker_lock
from drumbeat.cli.result import ExitCode, exit_code_of
from drumbeat.core.errors import DomainError


def test_a_second_worker_learns_who_holds_the_lock(tmp_path):
    with worker_lock(tmp_path), pytest.raises(DomainError) as refusal, worker_lock(tmp_path, patience=0.1):
        pass
    assert f"process {os.getpid()}" in refusal.value.message
    assert exit_code_of(refusal.value) is ExitCode.BUSY


def test_a_worker_waits_for_one_that_is_ending(tmp_path):
    holding, release = threading.Event(), threading.Event()

    def hold():
        with worker_lock(tmp_path):
            holding.set()
            release.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(20)
    threading.Timer(0.3, release.set).start()
    with worker_lock(tmp_path, patience=20):
        assert (tmp_path / "worker.lock").read_text() == f"{os.getpid()}\n"
    thread.join()


def test_a_port_in_use_is_told_with_its_number():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DomainError, match=f"Port {port} on 127.0.0.1 is in use") as refusal:
            wait_for_port("127.0.0.1", port, patience=0.1)
    assert exit_code_of(refusal.value) is ExitCode.BUSY


def test_a_port_that_gets_free_is_waited_for():
    taken = socket.create_server(("127.0.0.1", 0))
    threading.Timer(0.3, taken.close).start()
    wait_for_port("127.0.0.1", taken.getsockname()[1], patience=20)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(DomainError, match="no address of this machine"):
        wait_for_port("192.0.2.1", free_port(), patience=0.1)
