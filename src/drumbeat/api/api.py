"""The one API object: its routers, its errors, its description."""

from __future__ import annotations

from ninja import NinjaAPI

from drumbeat.api import board, dev_inbox, emergency, enrollments, problems, session
from drumbeat.api.auth import MemberSession

api = NinjaAPI(
    title="drumbeat",
    version="1",
    description="Everything that the web app can do, for a signed-in member. Whatever changes something "
    "carries the value of the cookie `csrftoken` in the header X-CSRFToken.",
    auth=MemberSession(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for each in (session, board, emergency, enrollments, dev_inbox):
    api.add_router("", each.router)
problems.install(api)
