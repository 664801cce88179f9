"""Faults of the surroundings (database, files) as a sentence with what to do. Our own stay tracebacks."""

from __future__ import annotations

from pathlib import Path

from drumbeat.core.errors import DomainError


def as_domain_error(fault: Exception) -> DomainError | None:
    """Return what an operator can act on, None when `fault` is a defect of ours."""
    from django.db import DatabaseError, OperationalError

    if isinstance(fault, DatabaseError) and _lacks_tables(str(fault)):
        return DomainError(
            "not_migrated", "The database has no tables, or those of an older release. Run: drumbeat migrate"
        )
    if isinstance(fault, OperationalError):
        return _unreachable(str(fault))
    if isinstance(fault, _OF_FILES) and fault.filename:
        return DomainError("file_unusable", f"{fault.filename}: {fault.strerror}.{_whose(fault.filename)}")
    return None


_OF_FILES = (PermissionError, FileNotFoundError, IsADirectoryError, NotADirectoryError, FileExistsError)


def _whose(name: str) -> str:
    """Say where the path comes from when it is of the data folder, so that one knows what to change."""
    from drumbeat.environment import environment

    data, path = environment().data.absolute(), Path(name).absolute()
    of_data = path == data or data in path.parents or path in data.parents
    return (
        f" The data folder is {data}, named by DRUMBEAT_DATA; it must be one that can be written to."
        * of_data
    )


def _lacks_tables(text: str) -> bool:
    return (
        "no such table" in text
        or "no such column" in text
        or ("does not exist" in text and "relation" in text)
    )


def _unreachable(text: str) -> DomainError | None:
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        if "unable to open" not in text:
            return _sqlite_busy(text)
        folder = Path(str(settings["NAME"])).resolve().parent
        return DomainError(
            "database_unreachable",
            f"The database file cannot be opened: {settings['NAME']}. "
            f"Does {folder} exist, and may this user write to it? DRUMBEAT_DATA names the folder; "
            "drumbeat migrate creates it.",
        )
    where = f"{settings['HOST'] or 'the local socket'}" + (f":{settings['PORT']}" if settings["PORT"] else "")
    return DomainError(
        "database_unreachable",
        f"The database {settings['NAME']} at {where} does not answer as {settings['USER'] or 'this user'}: "
        f"{_first_line(text)} Is PostgreSQL running, and is DRUMBEAT_DATABASE_URL right?",
    )


def _sqlite_busy(text: str) -> DomainError | None:
    if "locked" not in text:
        return None
    return DomainError(
        "database_busy",
        "Another process keeps the database locked for more than 20 s. Try again in a moment.",
    )


def _first_line(text: str) -> str:
    line = text.strip().splitlines()[0] if text.strip() else "no answer"
    return line if line.endswith(".") else f"{line}."
