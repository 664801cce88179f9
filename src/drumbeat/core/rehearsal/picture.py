"""A report as a picture: SVG as text, readable in light and dark, with a title and a description in words.

Above, messages per day, stacked by sender, against what the senders may send; below, how many came through each
step. Every day and every step is there, and says its numbers when it is pointed at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from drumbeat.core.rehearsal.report import DayVolume, Report, StepTally

MOST_COLOURS = 5
_WIDTH, _LEFT, _RIGHT = 960, 64, 24
_HEAD, _CHART, _AXIS, _LEGEND = 72, 220, 34, 30
_ROW = 30
_LEAST_SLOT = 4.0
_DATE_WIDTH = 76
_STYLE = """
    svg { --paper: #ffffff; --ink: #1d1f24; --soft: #5d6470; --line: #d9dce2; --cap: #b3261e; --wait: #e3e6eb;
      --c0: #2a66d9; --c1: #0f8a6d; --c2: #c76a00; --c3: #7a4bc2; --c4: #b8326e; --c5: #76808f; }
    @media (prefers-color-scheme: dark) {
      svg { --paper: #16181d; --ink: #eceef2; --soft: #a3abb8; --line: #353a43; --cap: #ff8a80; --wait: #2b303a;
        --c0: #6b9dff; --c1: #41c7a3; --c2: #f0a04b; --c3: #b592f5; --c4: #f07aa9; --c5: #99a3b3; }
    }
    text { font: 13px system-ui, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
    .title { font-size: 18px; font-weight: 600; }
    .soft { fill: var(--soft); font-size: 12px; }
    .line { stroke: var(--line); }
    .cap { stroke: var(--cap); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the picture says; `senders` by id, `messages` and `people` are the words beside a number."""

    title: str
    senders: Mapping[int, str]
    cap: str = "at most"
    waiting: str = "waiting at the end of the day"
    others: str = "other senders"
    messages: str = "messages"
    people: str = "people"
    skipped: str = "skipped"
    failed: str = "failed"
    still_here: str = "still here"
    steps: str = "For each step: sent or done, and how many came to it"
    nothing: str = "Nothing would leave."


@dataclass(frozen=True, slots=True)
class _Day:
    """Messages by colour, what waits, and the senders' caps together; None: one of them has none."""

    day: date
    parts: Sequence[int]
    waiting: int
    cap: int | None

    @property
    def sent(self) -> int:
        return sum(self.parts)


def picture(report: Report, words: Words) -> str:
    """Draw the report as one SVG document."""
    coloured = _coloured(report.volumes)
    days = _days(report.volumes, coloured)
    plain_width = _WIDTH - _LEFT - _RIGHT
    slot = max(_LEAST_SLOT, plain_width / max(1, len(days)))
    width = round(_LEFT + _RIGHT + max(plain_width, slot * len(days)))
    steps_top = _HEAD + _CHART + _AXIS + _LEGEND + 44
    height = steps_top + _ROW * len(report.steps) + 24
    said = f"{report.messages} {words.messages}, {report.people} {words.people}"
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(words.title)}</title>',
        f'<desc id="desc">{escape(_described(said, days))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="var(--paper)"/>',
        f'<text class="title" x="{_LEFT}" y="32">{escape(words.title)}</text>',
        f'<text class="soft" x="{_LEFT}" y="52">{escape(said)}</text>',
        *_chart(days, slot, width, words),
        *_legend(coloured, days, words),
        *_steps(report.steps, steps_top, width, words),
        "</svg>",
    ]
    return "\n".join(body) + "\n"


def _described(said: str, days: Sequence[_Day]) -> str:
    return f"{said}. " + " ".join(f"{each.day}: {each.sent}." for each in days if each.sent)


def _coloured(volumes: Sequence[DayVolume]) -> list[int]:
    """Choose the senders with a colour of their own: those who send most."""
    totals: dict[int, int] = {}
    for volume in volumes:
        totals[volume.sender_id] = totals.get(volume.sender_id, 0) + volume.sent
    return sorted(totals, key=lambda id_: (-totals[id_], id_))[:MOST_COLOURS]


def _days(volumes: Sequence[DayVolume], coloured: Sequence[int]) -> list[_Day]:
    """Return every day from the first to the last, those without a message too."""
    if not volumes:
        return []
    by_day: dict[date, dict[int, DayVolume]] = {}
    caps: dict[int, int | None] = {}
    for volume in volumes:
        by_day.setdefault(volume.day, {})[volume.sender_id] = volume
        caps.setdefault(volume.sender_id, volume.cap)
    first, last = min(by_day), max(by_day)
    found = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        here = by_day.get(day, {})
        caps |= {id_: volume.cap for id_, volume in here.items()}
        parts = [here[id_].sent if id_ in here else 0 for id_ in coloured]
        others = sum(volume.sent for id_, volume in here.items() if id_ not in coloured)
        cap = sum(filter(None, caps.values())) if None not in caps.values() else None
        found.append(_Day(day, [*parts, others], sum(volume.waiting for volume in here.values()), cap))
    return found


def _chart(days: Sequence[_Day], slot: float, width: int, words: Words) -> Iterator[str]:
    bottom = _HEAD + _CHART
    if not days:
        yield f'<text x="{_LEFT}" y="{_HEAD + _CHART / 2}">{escape(words.nothing)}</text>'
        return
    tallest = max([1, *(day.sent for day in days)])
    most = max([tallest, *(day.cap for day in days if day.cap is not None and day.cap <= tallest * 4)])
    scale = _CHART / most
    for value in sorted({0, most // 2, most}):
        y = bottom - value * scale
        yield f'<path class="line" d="M{_LEFT} {y:.1f}H{width - _RIGHT}"/>'
        yield f'<text class="soft" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
    for index, day in enumerate(days):
        yield from _bar(day, _LEFT + index * slot, slot, scale, words)
    yield from _dates(days, slot, width)
    yield from _cap_line(days, slot, scale, most)


def _dates(days: Sequence[_Day], slot: float, width: int) -> Iterator[str]:
    """Name the first day and the Mondays, where there is room."""
    free_from = 0.0
    for index, day in enumerate(days):
        x = _LEFT + index * slot
        wanted = index == 0 or day.day.weekday() == 0 or slot >= _DATE_WIDTH
        if wanted and free_from <= x <= width - _DATE_WIDTH:
            yield f'<text class="soft" x="{x:.1f}" y="{_HEAD + _CHART + 20}">{day.day}</text>'
            free_from = x + _DATE_WIDTH


def _bar(day: _Day, x: float, slot: float, scale: float, words: Words) -> Iterator[str]:
    """One day: its messages, sender on sender, and a title that says the numbers."""
    said = f"{day.day}: {day.sent} {words.messages}"
    if day.waiting:
        said += f", {day.waiting} {words.waiting}"
    yield f'<g data-day="{day.day}"><title>{escape(said)}</title>'
    yield f'<rect x="{x:.1f}" y="{_HEAD}" width="{slot:.1f}" height="{_CHART}" fill="transparent"/>'
    y, inner = float(_HEAD + _CHART), max(1.0, slot * 0.72)
    left = x + (slot - inner) / 2
    for colour, count in enumerate(day.parts):
        if count:
            y -= count * scale
            yield (
                f'<rect x="{left:.1f}" y="{y:.1f}" width="{inner:.1f}" height="{count * scale:.1f}" '
                f'fill="var(--c{colour})"/>'
            )
    if day.waiting:
        y = float(_HEAD + _CHART)
        yield f'<circle cx="{x + slot / 2:.1f}" cy="{y + 4:.1f}" r="1.8" fill="var(--cap)"/>'
    yield "</g>"


def _cap_line(days: Sequence[_Day], slot: float, scale: float, most: int) -> Iterator[str]:
    shown = [(index, day.cap) for index, day in enumerate(days) if day.cap is not None and day.cap <= most]
    if not shown:
        return
    path = "".join(
        f"M{_LEFT + index * slot:.1f} {_HEAD + _CHART - cap * scale:.1f}h{slot:.1f}" for index, cap in shown
    )
    yield f'<path class="cap" d="{path}"/>'


def _legend(coloured: Sequence[int], days: Sequence[_Day], words: Words) -> Iterator[str]:
    y, x = _HEAD + _CHART + _AXIS + 14, float(_LEFT)
    names = [(colour, words.senders.get(id_, str(id_))) for colour, id_ in enumerate(coloured)]
    if any(day.parts[-1] for day in days):
        names.append((len(coloured), words.others))
    for colour, name in names:
        yield f'<rect x="{x:.0f}" y="{y - 9}" width="10" height="10" rx="2" fill="var(--c{colour})"/>'
        yield f'<text class="soft" x="{x + 16:.0f}" y="{y}">{escape(name)}</text>'
        x += 34 + 7 * len(name)
    if any(day.cap is not None for day in days):
        yield f'<path class="cap" d="M{x:.0f} {y - 4}h18"/>'
        yield f'<text class="soft" x="{x + 24:.0f}" y="{y}">{escape(words.cap)}</text>'
        x += 42 + 7 * len(words.cap)
    if any(day.waiting for day in days):
        yield f'<circle cx="{x + 3:.0f}" cy="{y - 4}" r="2.5" fill="var(--cap)"/>'
        yield f'<text class="soft" x="{x + 12:.0f}" y="{y}">{escape(words.waiting)}</text>'


def _steps(steps: Sequence[StepTally], top: float, width: int, words: Words) -> Iterator[str]:
    """One row per step: how many entered it, how many it was carried out for, and what else became of them."""
    yield f'<text class="soft" x="{_LEFT}" y="{top - 12:.0f}">{escape(words.steps)}</text>'
    most = max([1, *(step.entered for step in steps)])
    name_width, number_width = 240, 320
    room = width - _LEFT - _RIGHT - name_width - number_width
    for index, step in enumerate(steps):
        y = top + index * _ROW
        label = step.name or step.key
        said = _said_of(step, words)
        yield f"<g data-step={quoteattr(step.key)}><title>{escape(f'{label}: {said}')}</title>"
        yield f'<text x="{_LEFT}" y="{y + 16:.0f}">{escape(_short(label, 32))}</text>'
        x = _LEFT + name_width
        yield (
            f'<rect x="{x}" y="{y + 4:.0f}" width="{step.entered / most * room:.1f}" height="16" rx="3" '
            'fill="var(--wait)"/>'
        )
        yield (
            f'<rect x="{x}" y="{y + 4:.0f}" width="{min(step.done, step.entered) / most * room:.1f}" height="16" '
            'rx="3" fill="var(--c0)"/>'
        )
        yield f'<text class="soft" x="{x + room + 12:.0f}" y="{y + 16:.0f}">{escape(_short(said, 52))}</text></g>'


def _said_of(step: StepTally, words: Words) -> str:
    parts = [f"{step.done} of {step.entered}"]
    parts += [f"{name} {count}" for name, count in step.ways.most_common()]
    for count, word in (
        (step.skipped.total(), words.skipped),
        (step.failed.total(), words.failed),
        (step.standing, words.still_here),
    ):
        if count:
            parts.append(f"{count} {word}")
    return " · ".join(parts)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
