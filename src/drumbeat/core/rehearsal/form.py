"""The JSON form of a report: what `--json`, the API and a kept result say alike."""

from __future__ import annotations

from typing import Any

from drumbeat.core.rehearsal.report import FORMAT, DayVolume, Report, StepTally, Waiting


def write_report(report: Report) -> dict[str, Any]:
    """Write plain JSON values; moments in UTC, days as the sender's calendar names them, waits in minutes."""
    return {
        "format": FORMAT,
        "people": report.people,
        "left_out": report.left_out,
        "starts_at": report.starts_at.isoformat(),
        "until": report.until.isoformat(),
        "ended_at": report.ended_at.isoformat(),
        "messages": report.messages,
        "first_send_at": report.first_send_at.isoformat() if report.first_send_at else None,
        "last_send_at": report.last_send_at.isoformat() if report.last_send_at else None,
        "volumes": [_volume(each) for each in report.volumes],
        "waits": [_waiting(each) for each in report.waits],
        "ends": [{"state": end.state, "reason": end.reason, "people": end.people} for end in report.ends],
        "steps": [_step(each) for each in report.steps],
    }


def _volume(volume: DayVolume) -> dict[str, Any]:
    return {
        "day": volume.day.isoformat(),
        "sender_id": volume.sender_id,
        "sent": volume.sent,
        "waiting": volume.waiting,
        "cap": volume.cap,
    }


def _waiting(waiting: Waiting) -> dict[str, Any]:
    return {
        "day": waiting.day.isoformat(),
        "sender_id": waiting.sender_id,
        "reason": waiting.reason,
        "messages": waiting.messages,
        "longest_minutes": -(-int(waiting.longest.total_seconds()) // 60),
    }


MOMENTS = ("first_at", "middle_from", "median_at", "middle_until", "last_at")
"""Of a step: when it was first done, when for a quarter, half and three quarters, and when last."""


def _step(tally: StepTally) -> dict[str, Any]:
    quarters = [at.isoformat() for at in tally.quarters()]
    return {
        "key": tally.key,
        "kind": tally.kind,
        "name": tally.name,
        "entered": tally.entered,
        "done": tally.done,
        "standing": tally.standing,
        "skipped": dict(tally.skipped),
        "failed": dict(tally.failed),
        "ways": dict(tally.ways),
        **(dict(zip(MOMENTS, quarters, strict=True)) if quarters else dict.fromkeys(MOMENTS)),
    }
