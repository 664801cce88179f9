"""The settings of an installation: environment variables, read once, checked, one frozen value.

Everything else that can be set is a row in the database. Also the installation's secret, a file in the data folder.
"""

from __future__ import annotations

import difflib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network, read_network


@dataclass(frozen=True, slots=True)
class HostPort:
    host: str
    port: int


class ModelOutput(StrEnum):
    """How a model is told the form of its answer: small servers know less."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Each field is the variable `DRUMBEAT_<NAME>`; its comment in docs/reference/settings.md says what it changes."""

    data: Path = Path("data")
    database_url: str = ""
    public_url: str = ""
    inbound_smtp: HostPort | None = None
    inbound_lmtp: HostPort | None = None
    executor_interval_seconds: float = 1.0
    decider: str = ""
    model_url: str = ""
    model: str = ""
    model_key: str = field(default="", repr=False)
    model_output: ModelOutput = ModelOutput.JSON_SCHEMA
    model_seconds: float = 60.0
    model_price_in: Decimal | None = None
    model_price_out: Decimal | None = None
    model_personal_data: bool = True
    web_processes: int = 1
    serve: bool = False
    allowed_hosts: tuple[str, ...] = ("*",)
    trusted_proxies: int = 0
    private_networks: tuple[Network, ...] = ()
    provider_api_url: str = ""
    debug: bool = False
    log_level: str = "INFO"
    sequence_password: str = ""
    google_client_id: str = ""
    google_client_secret: str = field(default="", repr=False)
    microsoft_client_id: str = ""
    microsoft_client_secret: str = field(default="", repr=False)
    microsoft_tenant: str = "common"
    oauth_name: str = ""
    oauth_client_id: str = ""
    oauth_client_secret: str = field(default="", repr=False)
    oauth_authorize_url: str = ""
    oauth_token_url: str = ""
    oauth_revoke_url: str = ""
    oauth_scopes: tuple[str, ...] = ()
    oauth_smtp: str = ""
    oauth_imap: str = ""


PREFIX = "DRUMBEAT_"
NOT_OURS = frozenset({"SKIP_SPA", "REQUIRE_ALL"})
"""Names with our prefix that the build and the test run read, not the program."""


def _host_port(name: str, text: str) -> HostPort:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or not host:
        raise DomainError(
            "setting_invalid", f"{name} must be host:port, for example 127.0.0.1:2525, not {text!r}."
        )
    return HostPort(host.strip("[]"), int(port))


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value <= 0:
        raise DomainError("setting_invalid", f"{name} must be a number above 0, not {text!r}.")
    return value


def _price(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 1_000_000:
        raise DomainError("setting_invalid", f"{name} must be a price such as 0.15, not {text!r}.")
    return value


def _output(name: str, text: str) -> ModelOutput:
    if text not in set(ModelOutput):
        raise DomainError("setting_invalid", f"{name} must be one of {', '.join(ModelOutput)}, not {text!r}.")
    return ModelOutput(text)


def _web_address(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise DomainError(
            "setting_invalid", f"{name} must begin with http:// or https:// and a host, not {text!r}."
        )
    return text.rstrip("/")


def _whole_number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise DomainError("setting_invalid", f"{name} must be a whole number from 1, not {text!r}.")
    return int(text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _several(_name: str, text: str) -> tuple[str, ...]:
    return tuple(_parts(text))


def _switch(_name: str, text: str) -> bool:
    return text.lower() in {"1", "true", "yes", "on"}


def _proxies(name: str, text: str) -> int:
    return 0 if text == "0" else _whole_number(name, text)


_READERS: Mapping[str, Callable[[str, str], object]] = {
    "data": lambda _name, text: Path(text),
    "inbound_smtp": _host_port,
    "inbound_lmtp": _host_port,
    "executor_interval_seconds": _number,
    "model_url": _web_address,
    "model_output": _output,
    "model_seconds": _number,
    "model_price_in": _price,
    "model_price_out": _price,
    "model_personal_data": _switch,
    "trusted_proxies": _proxies,
    "web_processes": _whole_number,
    "allowed_hosts": _several,
    "private_networks": lambda _name, text: tuple(read_network(part) for part in _parts(text)),
    "oauth_scopes": _several,
    "debug": _switch,
    "serve": _switch,
}
"""Whatever is not here is a text as it stands."""


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the settings in `variables`; raise DomainError for an unknown or unreadable one."""
    known = {PREFIX + field.name.upper(): field.name for field in fields(Environment)}
    values: dict[str, object] = {}
    for name, text in variables.items():
        if not name.startswith(PREFIX) or name.removeprefix(PREFIX) in NOT_OURS:
            continue
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise DomainError("setting_unknown", f"There is no setting {name}.{hint}")
        if text != "":
            reader = _READERS.get(known[name])
            values[known[name]] = reader(name, text) if reader is not None else text
    return Environment(**values)  # type: ignore[arg-type]


@cache
def environment() -> Environment:
    """Return the settings of this process, read at the first call."""
    return read_environment(os.environ)


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def database_settings(env: Environment) -> dict[str, object]:
    """Return Django's DATABASES entry: SQLite in the data folder, or what the URL names."""
    if not env.database_url:
        return _sqlite(env.data / "drumbeat.sqlite3")
    url = urlsplit(env.database_url)
    if url.scheme not in {"postgresql", "postgres"}:
        raise DomainError(
            "setting_invalid",
            "DRUMBEAT_DATABASE_URL must look like postgresql://user:password@host:5432/name; leave it out for SQLite.",
        )
    socket = parse_qs(url.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "drumbeat",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": socket or url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            # No longer than a request may wait: see `api.patience`.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
            "connect_timeout": 10,
            # A process that stands still in a transaction would hold its locks, and everybody who needs them.
            "options": "-c idle_in_transaction_session_timeout=15s",
        },
    }


def _sqlite(path: Path) -> dict[str, object]:
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=67108864;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def installation_secret(data: Path) -> bytes:
    """Return the secret of the installation, written at the first call.

    Two first starts and a kill agree: the file is complete before it gets its name, and the first link wins.
    """
    path = data / "secret"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data, prefix=".secret-", delete=False) as draft:
            draft.write(secrets.token_hex(32).encode())
            draft.flush()
            os.fsync(draft.fileno())
        try:
            os.link(draft.name, path)
        except FileExistsError:
            pass
        finally:
            Path(draft.name).unlink()
    return path.read_bytes()
