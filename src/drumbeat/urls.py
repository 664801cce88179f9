"""Routes: health, the API, public links, and the web app for everything else."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from drumbeat.api import pictures, public, tracking
from drumbeat.api.access import accounts
from drumbeat.api.access.sign_in import sign_in
from drumbeat.api.api import api
from drumbeat.api.compat.errors import no_such_route as no_such_route_of_kind_b
from drumbeat.api.compat.routes import api as kind_b
from drumbeat.api.grants import callback as oauth
from drumbeat.api.health import healthz
from drumbeat.api.hooks import incoming, providers, twilio
from drumbeat.api.problems import no_such_route
from drumbeat.api.web_app import web_app

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("sign-in/<str:token>", sign_in),
    path("_allauth/browser/v1/", include(accounts.urlpatterns)),
    *public.urlpatterns,
    *pictures.urlpatterns,
    *tracking.urlpatterns,
    *incoming.urlpatterns,
    *providers.urlpatterns,
    *twilio.urlpatterns,
    *oauth.urlpatterns,
    path("api/", api.urls),
    re_path(r"^api/", no_such_route),
    path("v2/", kind_b.urls),
    re_path(r"^v2/", no_such_route_of_kind_b),
    # Whatever is left is a page of the web app; files that are missing stay missing.
    re_path(r"^(?!static/|u/|pictures/|o/|c/|sign-in/|_allauth/|v2/)", web_app),
]
