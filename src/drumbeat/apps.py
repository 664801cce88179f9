"""The one Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DrumbeatConfig(AppConfig):
    name = "drumbeat"
    label = "drumbeat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from drumbeat import checks  # noqa: F401  # registers the system checks, which need loaded apps
        from drumbeat.store import driver

        driver.tell_new_connections()
