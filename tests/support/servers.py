"""Finds the programs that some tests talk to: PostgreSQL, mail servers, a browser.

Nothing here starts anything. `missing` says in a sentence what a marked test lacks on this machine.
"""

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SPA = Path(__file__).parents[2] / "src/drumbeat/spa"
SYSTEM = "/usr/sbin:/usr/local/sbin"


def postgres_bin() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`, the newest where there are several; Debian hides them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def chromium() -> str | None:
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def mail_program(name: str) -> str | None:
    """Return the path of `postfix` or `dovecot`, which lie outside the PATH of ordinary users."""
    return shutil.which(name) or shutil.which(name, path=SYSTEM)


def missing(need: str) -> str | None:
    """Say what this machine lacks for tests with that marker, or None."""
    return NEEDS[need]()


def _missing_postgres() -> str | None:
    return None if postgres_bin() else "PostgreSQL is not installed: no initdb found"


def _missing_mail() -> str | None:
    absent = [name for name in ("postfix", "dovecot") if not mail_program(name)]
    if absent:
        return f"{' and '.join(absent)} not installed"
    return None if os.geteuid() == 0 else "postfix starts as root only"


def _missing_browser() -> str | None:
    if chromium() is None:
        return "Chromium is not installed: set CHROMIUM or put it on the PATH"
    if find_spec("playwright") is None:
        return "playwright is not installed: pip install -r requirements-dev.txt"
    return None if (SPA / "index.html").is_file() else "the web app is not built: make build"


NEEDS: dict[str, Callable[[], str | None]] = {
    "pg": _missing_postgres,
    "mail": _missing_mail,
    "e2e": _missing_browser,
}
