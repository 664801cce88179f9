"""A drafter without a model: writes by a script, for tests and for trying a flow out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drumbeat.agents.drafting import Drafted, grounds_of
from drumbeat.core.draft_checks import concerns_about
from drumbeat.core.drafts import Draft
from drumbeat.core.prompts import DraftRequest


@dataclass(frozen=True, slots=True)
class ScriptedDrafter:
    """Writes what the script says; it is looked at like any other."""

    script: Callable[[DraftRequest], Draft]

    def draft(self, request: DraftRequest) -> Drafted:
        made = self.script(request)
        return Drafted(draft=made, concerns=concerns_about(made, grounds_of(request)), model="scripted")
