"""A database that is away or locked: whoever asks is told to come back, on whatever route."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "text/html,application/xhtml+xml"


def away(*_):
    raise OperationalError("database is locked")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("get", "/sign-in/some-token", id="a link to sign in"),
        pytest.param("post", "/_allauth/browser/v1/auth/login", id="a password"),
        pytest.param("get", "/oauth/callback?state=x&code=y", id="back from a provider"),
        pytest.param("post", "/hooks/some-token", id="another program's call"),
        pytest.param("get", "/api/session", id="the web app"),
    ],
)
@pytest.mark.parametrize("accepts", [PAGE, "application/json"])
def test_who_asks_is_told_to_come_back(method, path, accepts):
    browser = Client(headers={"Accept": accepts})
    browser.cookies["sessionid"] = "some-session"
    body = {"email": "ann@ours.test", "password": "x"} if method == "post" else None
    with connection.execute_wrapper(away):
        said = getattr(browser, method)(path, body)

    assert (said.status_code, said["Retry-After"], said["Cache-Control"]) == (503, "5", "no-store")
    is_page = accepts == PAGE and not path.startswith("/api/")
    assert ("text/html" in said["Content-Type"]) == is_page
    assert ("in a moment" if is_page else "database_busy") in said.content.decode()
