"""Accounts at Twilio and their numbers over the API, against the tests' own Twilio."""

from dataclasses import replace

import pytest
from django.utils import timezone

from drumbeat.actions import number_stops
from drumbeat.actions.numbers import accounts
from drumbeat.demo.twilio.server import ACCOUNT, KEY, KEY_SECRET, SERVICE, TEMPLATE, TOKEN
from drumbeat.engine import senders as engine_senders
from drumbeat.environment import environment
from drumbeat.models import (
    AuditEntry,
    CustomRole,
    Member,
    Message,
    PhoneAccount,
    SenderProfile,
    Touch,
    Workspace,
)
from drumbeat.store import phone_accounts
from tests.support.office import a_lead, an_owner
from tests.support.phoning import OURS, PUBLIC
from tests.support.twilio import calling

pytestmark = pytest.mark.django_db
TYPED = {"sid": ACCOUNT, "token": TOKEN, "name": "Main"}
NUMBER = {"phone_number": OURS, "friendly_name": "Sales", "capabilities": {"sms": True, "voice": True}}
LISTED = {
    "sid": TEMPLATE,
    "friendly_name": "hello",
    "language": "en",
    "variables": {"1": "Ann"},
    "types": {"twilio/text": {"body": "Hi {{1}}"}},
    "approval_requests": {"status": "approved"},
}


@pytest.fixture
def twilio(monkeypatch):
    with calling() as running:
        surroundings = replace(environment(), provider_api_url=running.base, public_url=PUBLIC)
        for module in (accounts, phone_accounts, engine_senders):
            monkeypatch.setattr(module, "environment", lambda: surroundings)
        yield running


@pytest.fixture
def api(client, twilio):
    owner = an_owner()
    client.force_login(owner.user)

    def ask(method, path, body=None):
        answer = getattr(client, method)(f"/api/{path}", body, content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    return ask


@pytest.fixture
def account(api):
    return api("post", "phone-accounts", TYPED)[1]


class TestAccounts:
    def test_one_that_works_is_kept_and_its_secrets_are_shown_to_nobody(self, api):
        status, shown = api("post", "phone-accounts", TYPED)
        assert (status, shown["name"], shown["fault"]) == (201, "Main", "")
        assert shown["hook_url"].startswith(f"{PUBLIC}/hooks/twilio/")
        assert TOKEN not in str(api("get", "phone-accounts"))
        row = PhoneAccount.objects.get()
        assert TOKEN.encode() not in bytes(row.secrets_encrypted)
        assert phone_accounts.credentials_of(row).secret == TOKEN
        assert TOKEN not in str(list(AuditEntry.objects.values()))

    def test_one_that_twilio_refuses_is_not_kept(self, api):
        status, told = api("post", "phone-accounts", {**TYPED, "token": "wrong"})
        assert (status, told["code"]) == (422, "account_refused")
        assert not PhoneAccount.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"sid": "AC1"}, "sid"),
            ({"token": ""}, "token"),
            ({"key_sid": "AC1", "key_secret": "x"}, "key_sid"),
            ({"key_sid": KEY}, "key_secret"),
            ({"prices": {"currency": "USD", "by_prefix": {"49": "1"}}}, "prices"),
            ({"prices": {"currency": "USD", "by_prefix": {"+49": "NaN"}}}, "prices"),
        ],
    )
    def test_what_cannot_be_an_account_is_refused_before_twilio_is_asked(self, api, twilio, wrong, field):
        status, told = api("post", "phone-accounts", {**TYPED, **wrong})
        assert (status, told["code"], list(told["fields"])) == (422, "account_invalid", [field])
        assert not PhoneAccount.objects.exists()

    def test_the_same_one_is_connected_once(self, api, account):
        assert api("post", "phone-accounts", TYPED)[1]["code"] == "account_exists"

    def test_a_key_makes_the_requests_and_the_token_stays_for_callbacks(self, api, account):
        status, shown = api(
            "patch", f"phone-accounts/{account['id']}", {"key_sid": KEY, "key_secret": KEY_SECRET}
        )
        row = PhoneAccount.objects.get()
        assert (status, shown["key_sid"]) == (200, KEY)
        assert phone_accounts.credentials_of(row).secret == KEY_SECRET
        assert phone_accounts.token_of(row) == TOKEN

    def test_a_wrong_secret_changes_nothing(self, api, account):
        status, _ = api("patch", f"phone-accounts/{account['id']}", {"token": "wrong"})
        assert status == 422
        assert phone_accounts.token_of(PhoneAccount.objects.get()) == TOKEN

    def test_trying_says_what_is_wrong_and_frees_what_was_held_once_it_is_well(self, api, account, twilio):
        api("post", "numbers", {"account_id": account["id"], "number": OURS, "channel": "sms"})
        SenderProfile.objects.filter(kind="twilio").update(down_reason="sender_auth", failures=1)
        twilio.token = "another"
        _, shown = api("post", f"phone-accounts/{account['id']}/try")
        assert "401 20003" in shown["fault"]
        twilio.token = TOKEN
        assert api("post", f"phone-accounts/{account['id']}/try")[1]["fault"] == ""
        assert SenderProfile.objects.get(kind="twilio").down_reason == ""

    def test_its_numbers_and_templates_are_those_at_twilio(self, api, account, twilio):
        twilio.numbers, twilio.templates = [NUMBER], [LISTED]
        assert api("get", f"phone-accounts/{account['id']}/numbers")[1] == [
            {"number": OURS, "name": "Sales", "texts": True, "calls": True, "channels": []}
        ]
        [known] = api("get", "whatsapp-templates")[1]["templates"]
        assert (known["sid"], known["body"], known["status"]) == (TEMPLATE, "Hi {{1}}", "approved")
        twilio.templates = []
        assert len(api("get", "whatsapp-templates")[1]["templates"]) == 1  # as it was told
        assert api("get", "whatsapp-templates?anew=true")[1]["templates"] == []

    @pytest.mark.parametrize("right", ["contacts.edit", "sequences.view"])
    def test_who_may_choose_a_template_sees_them_and_nothing_else_of_the_account(
        self, api, account, twilio, right
    ):
        twilio.templates = [LISTED]
        CustomRole.objects.create(workspace=Workspace.objects.get(), name="chooser", rights=[right])
        Member.objects.update(role="chooser")
        [known] = api("get", "whatsapp-templates")[1]["templates"]
        assert known["sid"] == TEMPLATE
        assert (ACCOUNT in str(known), TOKEN in str(known)) == (False, False)
        refused = [
            api("get", path)[0] for path in ("whatsapp-templates?anew=true", "phone-accounts", "numbers")
        ]
        assert refused == [403, 403, 403]

    def test_who_may_choose_none_sees_no_templates(self, api, account):
        CustomRole.objects.create(workspace=Workspace.objects.get(), name="other", rights=["tasks.view"])
        Member.objects.update(role="other")
        assert api("get", "whatsapp-templates")[0] == 403

    def test_one_with_numbers_that_send_stays(self, api, account):
        _, number = api("post", "numbers", {"account_id": account["id"], "number": OURS, "channel": "sms"})
        assert api("delete", f"phone-accounts/{account['id']}")[1]["code"] == "account_in_use"
        assert api("delete", f"numbers/{number['id']}")[0] == 204
        assert api("delete", f"phone-accounts/{account['id']}")[0] == 204
        assert not PhoneAccount.objects.exists()


class TestNumbers:
    def add(self, api, account, **more):
        body = {"account_id": account["id"], "number": "+1 415 555 0199", "channel": "sms", **more}
        return api("post", "numbers", body)

    def test_a_fresh_one_keeps_office_hours_and_sends_fifty_a_day(self, api, account):
        status, shown = self.add(api, account)
        assert (status, shown["number"], shown["cap_per_day"]) == (201, OURS, 50)
        assert shown["window"]["monday"] == [["09:00", "17:00"]]

    def test_it_has_a_row_for_each_channel_and_each_once(self, api, account):
        assert [self.add(api, account, channel=one)[0] for one in ("sms", "whatsapp", "voice")] == [201] * 3
        assert self.add(api, account)[1]["code"] == "number_exists"

    def test_numbers_are_no_mailboxes(self, api, account):
        self.add(api, account)
        assert api("get", "senders")[1]["items"] == []
        assert len(api("get", "numbers")[1]["items"]) == 1

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"number": "12"}, "phone_invalid"),
            ({"service_sid": "MG1"}, "service_invalid"),
            ({"account_id": 99}, "not_found"),
            ({"cap_per_day": 5, "time_zone": "Mars/Crater"}, "time_zone_unknown"),
        ],
    )
    def test_what_cannot_send_is_refused_and_nothing_is_added(self, api, account, wrong, code):
        assert self.add(api, account, **wrong)[1]["code"] == code
        assert not SenderProfile.objects.filter(kind="twilio").exists()

    def test_its_pace_pool_and_registration_can_be_changed(self, api, account):
        _, number = self.add(api, account)
        changed = {"cap_per_day": 9, "any_hour": True, "service_sid": SERVICE, "registration": "registered"}
        _, shown = api("patch", f"numbers/{number['id']}", changed)
        assert (shown["cap_per_day"], shown["window"]) == (9, None)
        assert (shown["service_sid"], shown["registration"]) == (SERVICE, "registered")
        assert api("patch", f"numbers/{number['id']}", {"service_sid": ""})[1]["service_sid"] == ""

    def test_a_test_goes_to_a_number_of_ones_own_once(self, api, account):
        _, number = self.add(api, account)
        asked = {"to": "+14155550123", "client_id": "abcdefgh"}
        first, second = (api("post", f"numbers/{number['id']}/test-text", asked)[1]["id"] for _ in range(2))
        touch = Touch.objects.get()
        assert first == second == touch.pk
        assert (touch.kind, touch.recipient, touch.contact) == ("sms", "+14155550123", None)

    def test_a_step_of_its_channel_is_offered_once_there_is_one(self, api, account):
        def reason():
            return {one["kind"]: one["reason_code"] for one in api("get", "step-kinds")[1]}["sms"]

        assert reason() == "channel_without_sender"
        self.add(api, account)
        assert reason() == ""


def test_a_text_is_weighed_and_priced_by_the_beginning_of_the_number(api):
    api("post", "phone-accounts", {**TYPED, "prices": {"currency": "USD", "by_prefix": {"+1": "0.0083"}}})
    _, weight = api("post", "texts/weigh", {"text": "“" + "a" * 70, "number": "+14155550100"})
    assert (weight["encoding"], weight["segments"], weight["dear"]) == ("ucs-2", 2, ["“"])
    assert (weight["currency"], weight["amount"], weight["most"]) == ("USD", "0.0166", "0.0166")


def test_each_channel_has_prices_of_its_own_and_without_a_number_they_span(api):
    prices = {
        "currency": "EUR",
        "by_prefix": {"+1": "0.01", "+49": "0.08"},
        "voice": {"+49": "0.02"},
    }
    _, account = api("post", "phone-accounts", {**TYPED, "prices": prices})
    kim = a_lead(Member.objects.get(), phone="+4930901820")

    def cost(**asked):
        _, told = api("post", "texts/weigh", {"text": "word " * 200, **asked})
        return told["currency"], told["amount"], told["most"]

    assert cost() == ("EUR", "0.07", "0.56")
    assert cost(contact_id=kim.pk) == ("EUR", "0.56", "0.56")
    assert cost(channel="voice", contact_id=kim.pk) == ("EUR", "0.04", "0.04")
    assert cost(channel="voice", number="+33612345678") == ("EUR", None, None)
    assert cost(channel="whatsapp") == ("", None, None)
    api("patch", f"phone-accounts/{account['id']}", {"prices": {"currency": "EUR"}})
    assert cost() == ("", None, None)


class TestWriting:
    @pytest.fixture
    def kim(self, api, account):
        api("post", "numbers", {"account_id": account["id"], "number": OURS, "channel": "sms"})
        api("post", "numbers", {"account_id": account["id"], "number": OURS, "channel": "whatsapp"})
        return a_lead(Member.objects.get(), phone="+14155550100")

    def write(self, api, kim, **more):
        body = {"client_id": "abcdefgh", "channel": "sms", "text": "Hi Kim", **more}
        return api("post", f"conversations/{kim.pk}/texts", body)

    def test_a_person_texts_a_contact_once(self, api, kim):
        status, shown = self.write(api, kim)
        self.write(api, kim)
        touch = Touch.objects.get()
        assert (status, shown["text"], shown["can_take_back"]) == (200, "Hi Kim", True)
        assert (touch.kind, touch.recipient, touch.contact) == ("sms", "+14155550100", kim)

    def test_whatsapp_takes_text_within_a_day_of_their_last_message_alone(self, api, kim):
        assert self.write(api, kim, channel="whatsapp")[1]["code"] == "whatsapp_window_closed"
        sender = SenderProfile.objects.get(channel="whatsapp")
        Message.objects.create(
            workspace=kim.workspace,
            contact=kim,
            sender=sender,
            channel="whatsapp",
            direction="in",
            kind="reply",
            text="Hi",
            occurred_at=timezone.now(),
        )
        [_, way] = api("get", f"conversations/{kim.pk}/texts")[1]
        assert (way["channel"], way["free_until"] is not None) == ("whatsapp", True)
        assert self.write(api, kim, channel="whatsapp")[0] == 200

    def test_outside_of_it_a_template_goes(self, api, kim):
        status, _ = self.write(
            api, kim, channel="whatsapp", text="", template_sid=TEMPLATE, values={"1": "Kim"}
        )
        assert status == 200
        assert Touch.objects.values_list("content__template", flat=True).get() == {
            "content_sid": TEMPLATE,
            "values": {"1": "Kim"},
        }

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"text": " "}, "text_missing"),
            ({"client_id": "x"}, "client_id_invalid"),
            ({"template_sid": TEMPLATE}, "template_invalid"),
            ({"sender_id": 0}, "no_number"),
        ],
    )
    def test_what_cannot_be_sent_is_refused(self, api, kim, wrong, code):
        assert self.write(api, kim, **wrong)[1]["code"] == code
        assert not Touch.objects.exists()

    def test_whoever_said_stop_is_not_written_to(self, api, kim):
        number_stops.stop(kim.workspace_id, "+14155550100", timezone.now(), source="test")
        status, told = self.write(api, kim)
        assert (status, told["code"]) == (422, "contact_unreachable")
        assert [one["unreachable"] for one in api("get", f"conversations/{kim.pk}/texts")[1]] == [
            "opted_out"
        ] * 2
