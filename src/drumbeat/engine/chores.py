"""What each kind of job does in one chunk. Importing this module registers them."""

from __future__ import annotations

from drumbeat.actions import imports
from drumbeat.engine.jobs import handler
from drumbeat.store import jobs

handler(jobs.IMPORT)(imports.chunk)
