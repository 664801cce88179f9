"""Django's own checks of models, routes and settings: a server asks only those of its database when it starts."""

from django.core.checks import run_checks


def test_models_routes_and_settings_are_sound():
    assert [str(message) for message in run_checks()] == []
