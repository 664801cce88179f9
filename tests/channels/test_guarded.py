"""What a host that was typed answers is read up to a limit and for a while, however it comes."""

import gzip
import socket
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from drumbeat.channels import in_time
from drumbeat.channels.esp import guarded
from drumbeat.channels.esp.backends import backend_of
from drumbeat.channels.oauth import client
from drumbeat.core.hosts import read_network
from drumbeat.core.providers import PROVIDERS, Account
from drumbeat.environment import environment
from drumbeat.store.link_hosts import said_at

HERE = (read_network("127.0.0.0/8"),)


@contextmanager
def answering(head, *pieces, seconds_apart=0.0):
    """Answer one call with these pieces, waiting between them; yields the address."""
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as door:

        def answer():
            with door.accept()[0] as line:
                line.recv(65536)
                try:
                    line.sendall(head)
                    for piece in pieces:
                        line.sendall(piece)
                        if over.wait(seconds_apart):
                            return
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            over.set()
            thread.join()


def ok(*lines):
    return "\r\n".join(("HTTP/1.1 200 OK", "Connection: close", *lines, "", "")).encode()


@pytest.fixture(params=[guarded.plain, lambda: guarded.session(HERE)], ids=["plain", "typed"])
def asking(request):
    with request.param() as session:
        yield session


def test_an_answer_is_read_whole(asking):
    with answering(ok("Content-Length: 6"), b"abc", b"def") as url:
        assert asking.get(url, timeout=5).content == b"abcdef"


def test_an_endless_answer_is_cut(asking, monkeypatch):
    monkeypatch.setattr(guarded, "LONGEST_ANSWER", 1000)
    with answering(ok(), b"x" * 1001) as url, pytest.raises(requests.RequestException, match="too long"):
        asking.get(url, timeout=5)


def test_what_grows_when_it_is_unpacked_is_cut(asking, monkeypatch):
    monkeypatch.setattr(guarded, "LONGEST_ANSWER", 1000)
    packed = gzip.compress(b"x" * 100_000)
    with (
        answering(ok("Content-Encoding: gzip"), packed) as url,
        pytest.raises(requests.RequestException, match="too long"),
    ):
        asking.get(url, timeout=5)


def test_a_drip_ends_when_its_time_is_over(asking, monkeypatch):
    monkeypatch.setattr(guarded, "SECONDS", 0.2)
    drip = [b"x"] * 200
    with (
        answering(ok(), *drip, seconds_apart=0.05) as url,
        pytest.raises(requests.exceptions.ReadTimeout),
    ):
        asking.get(url, timeout=5)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"HTTP/1.1 200 ", id="the status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Name: ", id="a header"),
        pytest.param(ok("Transfer-Encoding: chunked"), id="the length of a piece"),
        pytest.param(ok("Transfer-Encoding: chunked") + b"0\r\nX-Name: ", id="a trailer"),
    ],
)
def test_a_drip_around_the_body_ends_too(asking, monkeypatch, head):
    monkeypatch.setattr(in_time, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(in_time, "BODY_SECONDS", 0.2)
    drip = [b"0"] * 200
    with (
        answering(head, *drip, seconds_apart=0.05) as url,
        pytest.raises(requests.exceptions.ReadTimeout),
    ):
        asking.get(url, timeout=5)


def test_what_renews_a_grant_waits_no_longer_for_a_head_that_drips():
    drip = [b"0"] * 200
    with (
        answering(b"HTTP/1.1 200 OK\r\nX-Name: ", *drip, seconds_apart=0.05) as url,
        pytest.raises(client.Unreachable),
    ):
        client.post(url, {}, seconds=0.2)


@pytest.mark.parametrize("provider", sorted(set(PROVIDERS)))
def test_what_asks_a_provider_reads_no_endless_answer(provider, monkeypatch):
    monkeypatch.setattr(guarded, "LONGEST_ANSWER", 1000)
    account = Account(
        provider,
        {one.name: next(iter(one.choices), "x") for one in PROVIDERS[provider].fields if not one.secret},
        {one.name: "x" for one in PROVIDERS[provider].fields if one.secret},
    )
    with answering(ok(), b"x" * 1001) as url:
        backend = backend_of(account, url)
        with closing(backend), pytest.raises(requests.RequestException, match="too long"):
            backend.session.post(url, timeout=5)


class Kept(BaseHTTPRequestHandler):
    """Answers each call of a line with the number of its line."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        said = str(self.client_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *about):
        pass


def test_a_line_is_used_again_after_an_answer(asking):
    with ThreadingHTTPServer(("127.0.0.1", 0), Kept) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        lines = [asking.get(f"http://127.0.0.1:{server.server_port}/", timeout=5).content for _ in range(3)]
        asking.close()
        server.shutdown()
    assert len(set(lines)) == 1


def test_one_that_stops_in_the_middle_is_a_fault(asking):
    with answering(ok("Content-Length: 60"), b"abc") as url, pytest.raises(requests.RequestException):
        asking.get(url, timeout=5)


def test_nothing_of_a_redirect_is_read(asking):
    head = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 1000000\r\n\r\n"
    with answering(head) as url, pytest.raises(requests.exceptions.TooManyRedirects):
        asking.get(url, timeout=0.5)


@pytest.fixture
def _here(monkeypatch):
    monkeypatch.setenv("DRUMBEAT_PRIVATE_NETWORKS", "127.0.0.0/8")
    environment.cache_clear()
    yield
    environment.cache_clear()


@pytest.mark.usefixtures("_here")
def test_a_host_of_links_is_read_no_longer_than_its_time(monkeypatch):
    monkeypatch.setattr("drumbeat.store.link_hosts._SECONDS", 0.2)
    drip = [b"x"] * 200
    with answering(ok(), *drip, seconds_apart=0.05) as url, pytest.raises(OSError, match="in time"):
        said_at(url)


@pytest.mark.usefixtures("_here")
def test_of_a_host_of_links_the_beginning_is_read():
    with answering(ok(), b"y" * 5000) as url:
        assert said_at(url) == "y" * 1000
