"""A real IMAP server of our own on loopback: Dovecot, with one maildir a user, and mails laid into it from outside."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.support.certificate import Certificate
from tests.support.processes import free_port, until
from tests.support.servers import mail_program

PASSWORD = "test"
_CONF = """
protocols = imap
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{pem}
ssl_key = <{pem}
disable_plaintext_auth = no
auth_mechanisms = plain login{xoauth2}
first_valid_uid = 0
{users}
mail_location = maildir:{root}/boxes/%n
mailbox_idle_check_interval = 1 secs
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
{tokens}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/boxes/%n
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


_TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {file}
}}
"""
_PROVIDER = """
introspection_mode = auth
introspection_url = {url}
username_attribute = email
"""
_WITHOUT_ROOT = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
"""


@dataclass(frozen=True)
class Dovecot:
    """`port` speaks plain and STARTTLS, `tls_port` TLS; every user's password is PASSWORD."""

    root: Path
    port: int
    tls_port: int
    certificate: Certificate
    _whose: pwd.struct_passwd
    _numbers: Iterator[int]

    @property
    def boxes(self) -> Path:
        """Where a delivering server lays mail: a maildir a user, theirs who reads them."""
        return self.root / "boxes"

    def url(self, user: str = "rep") -> str:
        return f"imap://{user}:{PASSWORD}@127.0.0.1:{self.port}"

    def deliver(self, raw: bytes, user: str = "rep") -> Path:
        """Lay a mail into a maildir as a delivering server does: complete before it has its name."""
        box = self.boxes / user
        for folder in (box, box / "tmp", box / "new", box / "cur"):
            self._make(folder)
        name = f"{next(self._numbers)}.test"
        draft = box / "tmp" / name
        draft.write_bytes(raw)
        self._give(draft)
        return draft.rename(box / "new" / name)

    def _make(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir()
            self._give(folder)

    def _give(self, path: Path) -> None:
        os.chown(path, self._whose.pw_uid, self._whose.pw_gid)

    def flags(self, user: str = "rep") -> set[str]:
        """Return the flags of all mails of a user, as their file names tell."""
        names = [path.name for path in (self.boxes / user / "cur").glob("*")]
        return {letter for name in names for letter in name.partition(":2,")[2]}

    def mails(self, user: str = "rep") -> int:
        return sum(1 for folder in ("new", "cur") for _ in (self.boxes / user / folder).glob("*"))


@contextmanager
def dovecot(introspection_url: str = "") -> Iterator[Dovecot]:
    """Run a Dovecot in a folder of its own until the end of the context.

    With the address of a provider it takes XOAUTH2 too, and asks there about each token.
    """
    program = mail_program("dovecot")
    assert program, "tests with the marker `mail` run only where Dovecot is installed"
    me = pwd.getpwuid(os.geteuid())
    # Root serves no mail: the boxes are nobody's then, who must be able to get there.
    whose = pwd.getpwnam("nobody") if me.pw_uid == 0 else me
    root = Path(tempfile.mkdtemp(prefix="drumbeat-dovecot-"))
    root.chmod(0o755)
    certificate = Certificate.make()
    server = Dovecot(root, free_port(), free_port(), certificate, whose, count(1))
    server._make(server.boxes)
    conf, provider = root / "dovecot.conf", root / "oauth2.conf"
    provider.write_text(_PROVIDER.format(url=introspection_url))
    conf.write_text(
        _CONF.format(
            root=root,
            pem=certificate.folder / "both.pem",
            users="" if me.pw_uid == 0 else _WITHOUT_ROOT.format(user=me.pw_name, group=_group(me.pw_gid)),
            xoauth2=" xoauth2" if introspection_url else "",
            tokens=_TOKENS.format(file=provider) if introspection_url else "",
            uid=whose.pw_uid,
            gid=whose.pw_gid,
            port=server.port,
            tls_port=server.tls_port,
            password=PASSWORD,
        )
    )
    running = subprocess.Popen([program, "-F", "-c", str(conf)], stdout=subprocess.DEVNULL)
    try:
        until(lambda: speaks(server.port, b"* OK"))
        yield server
    finally:
        running.terminate()
        running.wait(timeout=10)
        certificate.remove()
        shutil.rmtree(root)


def _group(gid: int) -> str:
    return grp.getgrgid(gid).gr_name


def speaks(port: int, greeting: bytes) -> bool:
    """Say whether what answers at the port begins like this."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            return line.recv(len(greeting)) == greeting
    except OSError:
        return False
