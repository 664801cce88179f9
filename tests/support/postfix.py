"""A real mail server of our own on loopback: Postfix, taking mail over SMTP and laying it into the boxes of a Dovecot.

It greylists, refuses and bounces as its own programs do; nothing it says is written here but the words of a policy.
Root alone may start it. Whatever leaves for outside of its domains is refused: nothing gets out of the machine.
"""

import pwd
import shutil
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.dovecot import Dovecot, speaks
from tests.support.processes import free_port, until
from tests.support.servers import mail_program

GREYLISTED = "grey@example.com"
REFUSED = "refused@example.com"
DEFERRED = "deferred@example.com"
FULL = "full@example.com"
NOBODY = "nobody-here@example.com"

_MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/postfix.log
maillog_file_prefixes = {root}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.com
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
recipient_delimiter = +
virtual_mailbox_domains = example.com, ours.test
virtual_mailbox_base = {boxes}
virtual_mailbox_maps = inline:{{ {people} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
transport_maps = inline:{{ {full}=full: }}
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions =
  check_recipient_access inline:{{
    {{ {refused} = 550 5.7.1 We want no mail of yours }}
    {{ {deferred} = 451 4.2.1 This mailbox is busy }} }},
  check_policy_service inet:127.0.0.1:{policy_port}, permit_mynetworks, reject
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = error:5.1.2 nothing leaves this machine
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
full unix - n n - - pipe flags=Rq user=nobody argv=/bin/sh {root}/full.sh
"""
_FULL = "echo '5.2.2 the mailbox is over its quota'\nexit 69\n"


class _Policy(socketserver.StreamRequestHandler):
    """Postfix' policy protocol: attributes to an empty line, then an action. Who comes a second time is let in."""

    def handle(self) -> None:
        asked: dict[str, str] = {}
        for raw in self.rfile:
            name, _, value = raw.decode().strip().partition("=")
            if name:
                asked[name] = value
                continue
            self.wfile.write(f"action={self._action(asked.get('recipient', ''))}\n\n".encode())
            asked = {}

    def _action(self, recipient: str) -> str:
        told: list[str] = self.server.told  # type: ignore[attr-defined]
        if recipient != GREYLISTED or recipient in told:
            return "dunno"
        told.append(recipient)
        return "defer_if_permit 4.2.0 Greylisted, come back later"


@dataclass(frozen=True)
class Postfix:
    """`port` takes mail; `log` is what Postfix itself wrote. `greylisted`: who was told to come back."""

    port: int
    root: Path
    greylisted: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        file = self.root / "postfix.log"
        return file.read_text() if file.exists() else ""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def postfix(boxes: Dovecot, people: dict[str, str]) -> Iterator[Postfix]:
    """Run a Postfix until the end of the context; `people`: whose mail goes into which user's box."""
    program = mail_program("postfix")
    assert program, "tests with the marker `mail` run only where Postfix is installed"
    root = Path(tempfile.mkdtemp(prefix="drumbeat-postfix-"))
    server = Postfix(free_port(), root)
    with _policy(server.greylisted) as policy_port:
        _lay_out(server, boxes, people, policy_port)
        running = subprocess.Popen([program, "-c", str(root / "conf"), "start-fg"], stdout=subprocess.DEVNULL)
        try:
            until(lambda: speaks(server.port, b"220"))
            yield server
        finally:
            running.terminate()
            running.wait(timeout=15)
            shutil.rmtree(root)


def _lay_out(server: Postfix, boxes: Dovecot, people: dict[str, str], policy_port: int) -> None:
    root, whose = server.root, pwd.getpwnam("nobody")
    root.chmod(0o755)
    for name in ("conf", "queue", "data"):
        (root / name).mkdir()
    owner = pwd.getpwnam("postfix")
    shutil.chown(root / "data", owner.pw_uid, owner.pw_gid)
    (root / "full.sh").write_text(_FULL)
    (root / "conf/main.cf").write_text(
        _MAIN.format(
            root=root,
            boxes=boxes.boxes,
            people=", ".join(f"{address}={user}/" for address, user in people.items()),
            uid=whose.pw_uid,
            gid=whose.pw_gid,
            full=FULL,
            refused=REFUSED,
            deferred=DEFERRED,
            policy_port=policy_port,
        )
    )
    (root / "conf/master.cf").write_text(_MASTER.format(port=server.port, root=root))


@contextmanager
def _policy(told: list[str]) -> Iterator[int]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Policy)
    server.daemon_threads = True
    server.told = told  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
