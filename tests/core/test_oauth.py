"""OAuth 2.0: what is asked of a provider, and what its answers mean."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.oauth import (
    Client,
    Denied,
    Place,
    Provider,
    Tokens,
    Why,
    authorize_url,
    challenge_of,
    code_form,
    google,
    is_granted,
    microsoft,
    read_answer,
    refresh_form,
    revoke_form,
)

CLIENT = Client("our-id", "our-secret")
BACK = "https://drumbeat.example.com/oauth/callback"


def asked(provider: Provider) -> dict[str, list[str]]:
    url = authorize_url(
        provider, CLIENT, back_to=BACK, state="st", verifier="v" * 43, address="ann@ours.test"
    )
    return parse_qs(urlsplit(url).query, strict_parsing=True)


def test_the_challenge_is_that_of_the_standards_own_example():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636 appendix B
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("provider", "scopes", "extra"),
    [
        pytest.param(
            google(), "https://mail.google.com/ openid email", {"access_type": ["offline"]}, id="Google"
        ),
        pytest.param(
            microsoft("contoso.example.com"),
            "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All "
            "offline_access openid email profile",
            {},
            id="Microsoft",
        ),
    ],
)
def test_a_person_is_asked_for_mail_and_who_they_are(provider, scopes, extra):
    query = asked(provider)
    assert query["scope"] == [scopes]
    assert query["code_challenge"] == [challenge_of("v" * 43)]
    assert query["code_challenge_method"] == ["S256"]
    assert (query["state"], query["login_hint"], query["redirect_uri"]) == (["st"], ["ann@ours.test"], [BACK])
    assert extra.items() <= query.items()
    assert "our-secret" not in str(query)


def test_only_the_operators_tenant_is_asked_at_microsoft():
    assert "/contoso.example.com/" in microsoft("contoso.example.com").token_url


def test_an_address_that_has_a_query_keeps_it():
    own = microsoft("x")
    with_query = Provider(
        **{name: getattr(own, name) for name in own.__dataclass_fields__}
        | {"authorize_url": "https://id.example.com/go?realm=a"}
    )
    assert asked(with_query)["realm"] == ["a"]


def test_a_code_is_shown_with_its_verifier():
    assert code_form(CLIENT, "c", "v", BACK) == {
        "grant_type": "authorization_code",
        "code": "c",
        "redirect_uri": BACK,
        "code_verifier": "v",
        "client_id": "our-id",
        "client_secret": "our-secret",
    }


def test_a_client_without_a_secret_sends_none():
    assert refresh_form(Client("our-id", ""), "r") == {
        "grant_type": "refresh_token",
        "refresh_token": "r",
        "client_id": "our-id",
    }


def test_the_refresh_token_is_what_is_taken_back():
    assert revoke_form(CLIENT, "r")["token"] == "r"


def test_no_secret_and_no_token_is_shown_by_accident():
    assert "secret" not in repr(CLIENT).replace("secret=", "").replace("Client", "")
    assert "zzz" not in repr(Tokens("zzz", 60, "zzz"))


def said(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("body", "tokens"),
    [
        pytest.param(said(access_token="a"), Tokens("a", 3600), id="nothing but a token"),
        pytest.param(
            said(access_token="a", token_type="bearer", expires_in=1200, refresh_token="r", scope="x  y"),
            Tokens("a", 1200, "r", "x y"),
            id="everything",
        ),
        pytest.param(said(access_token="a", expires_in="900"), Tokens("a", 900), id="seconds as text"),
        pytest.param(
            said(access_token="a", expires_in="soon"), Tokens("a", 3600), id="seconds that are none"
        ),
        pytest.param(said(access_token="a", expires_in=0), Tokens("a", 60), id="a time that is too short"),
        pytest.param(said(access_token="a", expires_in=10**12), Tokens("a", 604_800), id="a time too long"),
        pytest.param(
            said(access_token="a", refresh_token=""), Tokens("a", 3600), id="an empty refresh token"
        ),
    ],
)
def test_tokens_are_read(body, tokens):
    assert read_answer(200, body) == tokens


REFUSED, SILENT, REGISTRATION, CONSENT = Why.REFUSED, Why.SILENT, Why.REGISTRATION, Why.CONSENT


@pytest.mark.parametrize(
    ("status", "body", "code", "why", "lost"),
    [
        pytest.param(400, said(error="invalid_grant"), "invalid_grant", REFUSED, True, id="taken back"),
        pytest.param(
            *(400, said(error="interaction_required"), "interaction_required", CONSENT, True),
            id="a new password",
        ),
        pytest.param(
            400, said(error="access_denied"), "access_denied", Why.NOT_ALLOWED, True, id="not allowed"
        ),
        pytest.param(
            *(401, said(error="invalid_client"), "invalid_client", REGISTRATION, False),
            id="the operator's secret",
        ),
        pytest.param(400, said(error="new_word"), "new_word", REFUSED, False, id="a word that nobody knows"),
        pytest.param(
            200, said(error="bad_code", access_token="a"), "bad_code", REFUSED, False, id="an error all right"
        ),
        pytest.param(
            503, said(error="invalid_grant"), "invalid_grant", SILENT, False, id="a server that is ill"
        ),
        pytest.param(429, said(error="invalid_grant"), "invalid_grant", SILENT, False, id="too many asked"),
        pytest.param(400, said(error="server_error"), "server_error", SILENT, False, id="it says it is ill"),
        pytest.param(500, b"<html>", "http_500", SILENT, False, id="a page"),
        pytest.param(403, b"<html>", "http_403", SILENT, False, id="a page of a firewall"),
        pytest.param(302, b"", "http_302", SILENT, False, id="a redirect"),
        pytest.param(400, b"[1]", "http_400", SILENT, False, id="no object"),
        pytest.param(400, said(error={"code": 7}), "http_400", SILENT, False, id="an error of another kind"),
        pytest.param(200, b"", "no_token", SILENT, False, id="nothing"),
        pytest.param(200, b"<html>", "no_token", SILENT, False, id="a page all right"),
        pytest.param(200, b"{}", "no_token", SILENT, False, id="no token"),
        pytest.param(
            200,
            said(access_token="a\r\nRCPT TO:<x>"),
            "no_token",
            SILENT,
            False,
            id="a token with a line end",
        ),
        pytest.param(
            *(200, said(access_token="a", token_type="mac"), "no_bearer_token", REGISTRATION, False),
            id="another kind",
        ),
    ],
)
def test_what_is_said_instead_of_tokens(status, body, code, why, lost):
    answer = read_answer(status, body)
    assert isinstance(answer, Denied)
    assert (answer.code, answer.why, answer.lost) == (code, why, lost)
    assert answer.text


@pytest.mark.parametrize(
    ("place", "scopes", "good"),
    [
        pytest.param(google().smtp, "openid https://mail.google.com/", True, id="Gmail"),
        pytest.param(google().imap, "openid email", False, id="mail was not ticked at Google"),
        pytest.param(
            microsoft("x").smtp, "https://outlook.office.com/smtp.send", True, id="in other letters"
        ),
        pytest.param(
            microsoft("x").smtp, "https://outlook.office365.com/SMTP.Send", True, id="by another name"
        ),
        pytest.param(
            microsoft("x").smtp, "https://outlook.office.com/IMAP.AccessAsUser.All", False, id="reading alone"
        ),
        pytest.param(
            microsoft("x").imap,
            f"{'https://outlook.office.com/Mail.Read ' * 40}https://outlook.office.com/IMAP.AccessAsUser.All",
            True,
            id="behind many others",
        ),
        pytest.param(google().smtp, "", True, id="nothing is said: as asked"),
        pytest.param(Place("mail.example.com", 587, "tls"), "openid", True, id="a provider of one's own"),
    ],
)
def test_a_token_is_good_for_what_was_allowed(place, scopes, good):
    tokens = read_answer(200, said(access_token="a", scope=scopes))
    assert isinstance(tokens, Tokens)
    assert is_granted(tokens, place) is good


def test_what_a_provider_says_fits_on_one_line():
    answer = read_answer(400, said(error="x", error_description="a\r\nb\x07" + "c" * 900))
    assert isinstance(answer, Denied)
    assert answer.text.startswith("a b c")
    assert len(answer.text) == 300


@given(st.integers(100, 599), st.binary(max_size=200) | st.just(b"[" * 100_000))
def test_every_answer_is_read(status, body):
    assert isinstance(read_answer(status, body), Tokens | Denied)


def an_id_token(claims: object) -> str:
    told = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"e30.{told}.c2lnbmVk"


@pytest.mark.parametrize(
    ("token", "account"),
    [
        pytest.param(an_id_token({"email": "ann@ours.test"}), "ann@ours.test", id="its address"),
        pytest.param(
            an_id_token({"preferred_username": "ann@ours.test"}), "ann@ours.test", id="its name at Microsoft"
        ),
        pytest.param(
            an_id_token({"email": "none", "upn": "ann@ours.test"}), "ann@ours.test", id="the first address"
        ),
        pytest.param(an_id_token({"email": f"{'a' * 320}@ours.test"}), "", id="too long"),
        pytest.param(an_id_token({"email": 7}), "", id="no text"),
        pytest.param(an_id_token(["email"]), "", id="no claims"),
        pytest.param("e30.%%%.c2ln", "", id="nothing that can be read"),
        pytest.param("e30.ä.c2ln", "", id="letters of other alphabets"),
        pytest.param("e30", "", id="no token"),
        pytest.param("a" * 20_000, "", id="far too long"),
        pytest.param(None, "", id="none"),
    ],
)
def test_an_answer_tells_who_signed_in(token, account):
    found = read_answer(200, said(access_token="a", id_token=token))
    assert isinstance(found, Tokens)
    assert found.account == account
