"""Routes: health, the API, public links, and the web app for everything else."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
