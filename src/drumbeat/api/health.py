"""`GET /healthz` for load balancers and people: no session, no cookie, no names."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drumbeat.clock import SystemClock
from drumbeat.environment import environment
from drumbeat.models import Worker

SILENT_AFTER = timedelta(seconds=30)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when web and database do, and under `drumbeat serve` its worker too; else 503, same body."""
    serve = environment().serve
    try:
        database, worker = True, _worker_is_alive(SystemClock().now(), here=serve)
    except DatabaseError:
        database, worker = False, False
    body = {"web": True, "database": database, "worker": worker}
    return JsonResponse(body, status=200 if database and (worker or not serve) else 503)


def _worker_is_alive(now: datetime, *, here: bool) -> bool:
    """Tell whether a worker gave a sign of life lately; with `here`, one on this machine."""
    alive = Worker.objects.filter(seen_at__gt=now - SILENT_AFTER)
    return (alive.filter(name__startswith=f"{socket.gethostname()}-") if here else alive).exists()
