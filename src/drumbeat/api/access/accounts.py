"""Signing in with a password, by allauth's headless API at `/_allauth`: only the routes that drumbeat uses.

Nobody signs up, and nothing is mailed: people come by links that their admin or the operator hands them.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.headless.account import views
from allauth.headless.constants import Client
from django.http import HttpRequest
from django.urls import path

BROWSER = Client.BROWSER


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks drumbeat."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


urlpatterns = [
    path("auth/session", views.SessionView.as_api_view(client=BROWSER)),
    path("auth/login", views.LoginView.as_api_view(client=BROWSER)),
    path("account/password/change", views.ChangePasswordView.as_api_view(client=BROWSER)),
]
"""Mounted at `/_allauth/browser/v1/`. Everything else that allauth can do stays unreachable."""
