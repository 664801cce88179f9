"""The unsubscribe link: reading changes nothing, one POST is enough, guessing tells nothing."""

import base64
import hashlib
import re
from dataclasses import fields

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from drumbeat.actions import opt_outs
from drumbeat.api.public import WORDS, Link, Words, read_token, read_words
from drumbeat.core.answers.wishes import Sentiment, read_wish
from drumbeat.models import ContactFact, Enrollment, Suppression
from drumbeat.store.marks import seal
from tests.support.outreach import an_outreach

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def outreach(db):
    return an_outreach("Acme <GmbH>")


@pytest.fixture
def link(outreach):
    return "/u/" + token_of(outreach)


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def token_of(outreach):
    return seal("unsubscribe", f"{outreach.workspace.pk}:{outreach.contact.pk}:{outreach.sequence.pk}")


def the_scopes():
    return sorted(Suppression.objects.values_list("channel", "reason", "scope", "source"))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_the_link_any_number_of_times_changes_nothing(link, browser, method):
    for _ in range(3):
        assert getattr(browser, method)(link).status_code == 200

    assert not Suppression.objects.exists()
    assert not ContactFact.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"data": ONE_CLICK}, id="multipart"),
        pytest.param(
            {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"},
            id="urlencoded",
        ),
        pytest.param({"data": "List-Unsubscribe=One-Click", "content_type": ""}, id="no type at all"),
    ],
)
def test_one_click_works_without_cookie_login_or_redirect(outreach, link, browser, body):
    answer = browser.post(link, **body)

    assert answer.status_code == 200
    assert not answer.cookies
    assert the_scopes() == [("email", "unsubscribe", "", "one_click")]
    outreach.planned.refresh_from_db()
    assert outreach.planned.vetoed_at is not None


def test_the_page_offers_all_or_this_sequence(link, browser):
    page = browser.get(link).content.decode()

    assert re.findall(r'name="(\w+)" value="(\w+)"', page) == [("from", "all"), ("from", "sequence")]
    assert 'method="post"' in page


def test_from_all(link, browser):
    page = browser.post(link, {"from": "all"}).content.decode()

    assert the_scopes() == [("email", "unsubscribe", "", "unsubscribe_page")]
    assert "You are unsubscribed" in page


def test_from_this_sequence_only_and_then_from_all(outreach, link, browser):
    scope = f"sequence:{outreach.sequence.pk}"

    page = browser.post(link, {"from": "sequence"}).content.decode()
    assert the_scopes() == [("email", "unsubscribe", scope, "unsubscribe_page")]
    assert 'value="all"' in page

    browser.post(link, {"from": "all"})
    assert [row[2] for row in the_scopes()] == ["", scope]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="an empty form"),
        pytest.param({"from": "everything"}, id="a word that is not ours"),
        pytest.param({"List-Unsubscribe": "Two-Clicks"}, id="not the one-click words"),
    ],
)
def test_a_post_that_asks_for_nothing_shows_the_question(link, browser, body):
    answer = browser.post(link, body)

    assert answer.status_code == 200
    assert "Stop receiving" in answer.content.decode()
    assert not Suppression.objects.exists()


def test_known_repeated_and_unknown_tokens_are_answered_alike(outreach, link, browser):
    gone = seal("unsubscribe", f"{outreach.workspace.pk}:{10**9}:{outreach.sequence.pk}")
    links = [link, link, f"/u/{gone}", "/u/nonsense", link[:-1], link[:-8] + "AAAAAAAA"]

    answers = [browser.post(each, ONE_CLICK) for each in links]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers[:3]}) == 1
    assert {"You are unsubscribed" in answer.content.decode() for answer in answers} == {True}
    assert Suppression.objects.count() == 1


def test_a_token_for_something_else_is_no_unsubscribe_link(outreach, browser):
    other = seal("sign-in", f"{outreach.workspace.pk}:{outreach.contact.pk}:{outreach.sequence.pk}")

    browser.post(f"/u/{other}", ONE_CLICK)

    assert not Suppression.objects.exists()


def test_a_mail_outside_a_sequence_has_no_second_choice(outreach, browser):
    token = seal("unsubscribe", f"{outreach.workspace.pk}:{outreach.contact.pk}:0")

    assert 'value="sequence"' not in browser.get(f"/u/{token}").content.decode()
    browser.post(f"/u/{token}", {"from": "sequence"})
    assert [row[2] for row in the_scopes()] == [""]


@pytest.mark.parametrize("tail", [".", ")", "%3E", "=", ","])
def test_what_mail_programs_leave_at_the_end_of_a_link_is_overlooked(link, browser, tail):
    browser.post(link + tail, ONE_CLICK)

    assert Suppression.objects.exists()


def test_the_enrollment_is_left_to_its_next_look(outreach, link, browser):
    browser.post(link, ONE_CLICK)

    enrollment = Enrollment.objects.get()
    assert (enrollment.state, enrollment.woken_at is not None) == ("awaiting", True)


@pytest.mark.parametrize(
    ("asked", "language", "heading"),
    [
        pytest.param("de-AT,de;q=0.9,en;q=0.8", "de", "Keine E-Mails mehr", id="German"),
        pytest.param("fr-CA, en;q=0.3", "fr", "Ne plus recevoir", id="French"),
        pytest.param("ja, de;q=0.7, en;q=0.3", "de", "Keine E-Mails mehr", id="the first that we have"),
        pytest.param("ja", "en", "Stop receiving", id="none that we have"),
        pytest.param("", "en", "Stop receiving", id="nothing asked"),
        pytest.param("de;q=x;;;,\x7f", "en", "Stop receiving", id="nonsense"),
    ],
)
def test_the_page_speaks_the_readers_language(link, browser, asked, language, heading):
    page = browser.get(link, headers={"accept-language": asked}).content.decode()

    assert f'<html lang="{language}">' in page
    assert heading in page


def test_the_page_runs_no_script_leaks_no_link_and_escapes_names(link, browser):
    answer = browser.get(link)
    page = answer.content.decode()

    assert "Acme &lt;GmbH&gt;" in page
    assert "<script" not in page
    assert "example.com" not in page
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert not answer.cookies


def test_the_policy_lets_the_page_have_its_own_style(link, browser):
    answer = browser.get(link)
    style = re.search(r"<style>(.*)</style>", answer.content.decode(), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()

    assert f"'sha256-{digest}'" in answer["Content-Security-Policy"]


def broken(*_, **__):
    raise OperationalError("database is locked")


@pytest.mark.parametrize(
    ("body", "again"),
    [
        pytest.param(ONE_CLICK, "all", id="one click"),
        pytest.param({"from": "all"}, "all", id="all"),
        pytest.param({"from": "sequence"}, "sequence", id="this sequence"),
    ],
)
def test_when_nothing_could_be_stored_the_client_is_told_to_come_back(link, monkeypatch, body, again):
    monkeypatch.setattr(opt_outs, "unsubscribe", broken)

    answer = Client().post(link, body)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert re.findall(r'name="(\w+)" value="(\w+)"', page) == [("from", again)]
    assert "unsubscribed" not in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", sorted(WORDS))
def test_what_was_not_stored_is_said_in_the_readers_language(link, monkeypatch, language):
    monkeypatch.setattr(opt_outs, "unsubscribe", broken)

    page = Client().post(link, ONE_CLICK, headers={"accept-language": language}).content.decode()

    words = WORDS[language]
    assert f'<html lang="{language}">' in page
    assert {words.not_stored, words.not_stored_sentence, words.again, words.not_stored_note} <= set(
        re.findall(r">([^<>]+)<", page)
    )


def test_a_defect_of_ours_is_not_taken_for_a_database_that_is_away(link, monkeypatch):
    def defect(*_, **__):
        raise ValueError("ours")

    monkeypatch.setattr(opt_outs, "unsubscribe", defect)

    assert Client(raise_request_exception=False).post(link, ONE_CLICK).status_code == 500


def test_the_question_is_asked_without_a_database(link, browser):
    def away(*_):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        answer = browser.get(link)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Stop receiving emails from the sender?" in page
    assert re.findall(r'value="(\w+)"', page) == ["all", "sequence"]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_words_to_answer_with_are_understood(language):
    quoted = re.findall(r"[“„«]\s*(\w+)\s*[”“»]", WORDS[language].not_stored_note)

    assert len(quoted) == 2
    for word in quoted:
        assert read_wish(word).sentiment is Sentiment.UNSUBSCRIBE


class Tokens(TestCase):
    """No token that we did not write means anything, and none of ours shows what it says."""

    @given(st.integers(1, 2**53), st.integers(1, 2**53), st.integers(0, 2**53))
    def test_a_token_says_what_was_put_in(self, workspace_id, contact_id, sequence_id):
        token = seal("unsubscribe", f"{workspace_id}:{contact_id}:{sequence_id}")
        assert read_token(token) == Link(workspace_id, contact_id, sequence_id or None)
        assert re.fullmatch(r"[A-Za-z0-9_-]{22,}", token)

    @given(st.text(max_size=80))
    def test_any_other_text_says_nothing(self, text):
        assert read_token(text) is None

    @given(st.integers(0, 10**6))
    def test_one_changed_character_says_nothing(self, place):
        token = seal("unsubscribe", "1:2:3")
        place %= len(token) - 1  # the last character holds unused bits
        other = "A" if token[place] != "A" else "B"
        assert read_token(token[:place] + other + token[place + 1 :]) is None


def test_another_language_is_another_file(tmp_path):
    (tmp_path / "nl.toml").write_text("".join(f'{field.name} = "{field.name}"\n' for field in fields(Words)))
    assert read_words(tmp_path)["nl"].title == "title"


@pytest.mark.parametrize("language", sorted(WORDS))
def test_every_language_names_the_sender_where_it_is_asked_and_answered(language):
    words = WORDS[language]
    assert all("{name}" in text for text in (words.ask, words.done_all, words.done_one))
