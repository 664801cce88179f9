"""Routes: health, the API, public links, and the web app for everything else."""

from __future__ import annotations

from django.urls import URLPattern, path

from drumbeat.api import public
from drumbeat.api.health import healthz
from drumbeat.api.sign_in import sign_in

urlpatterns: list[URLPattern] = [
    path("healthz", healthz),
    path("sign-in/<str:token>", sign_in),
    *public.urlpatterns,
]
