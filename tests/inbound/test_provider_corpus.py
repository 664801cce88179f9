"""Calls of providers that nobody here wrote: each gives the events that their authors expect, bad ones are turned away.

`pytest -s` prints the table.
"""

import base64
import re
from collections import Counter
from datetime import UTC, datetime
from email.message import EmailMessage

from drumbeat.channels.esp.lying import Source
from drumbeat.core.mail import read_mail
from drumbeat.core.provider_events import Told
from drumbeat.core.provider_lying import Lying, What
from drumbeat.core.providers import PROVIDERS, Account, Half, account_of, takes
from drumbeat.inbound.providers.calls import Call, NotProven, Passed, Unreadable, read
from tests.support.corpora import OPEN, rows
from tests.support.lying import lying
from tests.support.provider import ACCOUNTS

NOT_OFFERED = {
    "cloudmailin": "receives and does not send",
    "simple": "no provider: a form of the recorder's own",
}
SECRETS = {
    "WEBHOOK_SIGNING_KEY": "webhook_signing_key",
    "SIGNING_SECRET": "signing_secret",
    "INBOUND_SECRET": "inbound_secret",
    "WEBHOOK_KEY": "webhook_key",
    "WEBHOOK_VERIFICATION_KEY": "webhook_verification_key",
    "API_KEY": "api_key",
}


def of(kind):
    return [row for row in rows("manifest.jsonl") if row["kind"] == kind]


def cases(kind):
    for row in of(kind):
        name = row["file"].rsplit("/", 1)[1].removesuffix(".jsonl")
        for case in rows(row["file"]):
            yield name, case


def secrets_of(name, case):
    found = {}
    for setting, value in case.get("settings", {}).items():
        bare = setting.removeprefix("ANYMAIL_").removeprefix(f"{name.upper()}_").removeprefix("TRACKING_")
        if bare in SECRETS and value:
            found[SECRETS[bare]] = value
    return found


def passwords_of(case):
    given = case.get("settings", {}).get("WEBHOOK_SECRET", [])
    return [given] if isinstance(given, str) else given


def body_of(case):
    return base64.b64decode(case["body_b64"]) if "body_b64" in case else case.get("body", "").encode()


def address_of(case):
    """Return the address that the authors' tests were called at, as Mandrill signs it."""
    _, _, token = case.get("headers", {}).get("Authorization", "").partition(" ")
    user = base64.b64decode(token).decode()
    return f"http://{user}@testserver{case['path']}" if user else f"http://testserver{case['path']}"


def told_at(headers, body):
    """Return when the call was made, by what it says itself: signatures hold for some minutes."""
    sent = {name.lower(): value for name, value in headers.items()}
    said = sent.get("svix-timestamp") or sent.get("x-twilio-email-event-webhook-timestamp", "")
    if found := re.search(rb'timestamp"\s*(?::\s*"?|\r\n\r\n)(\d{10})|(?:^|&)timestamp=(\d{10})', body):
        said = said or (found[1] or found[2]).decode()
    return datetime.fromtimestamp(int(said) if said.isdecimal() else 0, UTC)


def answer(name, half, case):
    """Return what the call gave, None where it was turned away."""
    call = Call(
        half=half,
        address=address_of(case),
        content_type=case.get("content_type", ""),
        headers=case.get("headers", {}),
        body=body_of(case),
    )
    account = Account(name, {}, secrets_of(name, case))
    try:
        return read(call, account, passwords_of(case), told_at(call.headers, call.body))
    except (NotProven, Unreadable):
        return None


def normal(event):
    return {
        "event_type": event.kind,
        "timestamp": event.at or None,
        "event_id": event.event_id,
        "message_id": event.message_id,
        "recipient": event.recipient,
        "reject_reason": event.reject_reason,
        "description": event.description,
        "mta_response": event.answer,
        "click_url": event.url,
        "user_agent": event.user_agent,
    }


def expected(event):
    return {
        key: (event[key] if key == "timestamp" else str(event[key] or "").replace("\0", "")[:2000])
        for key in normal_keys
    }


normal_keys = (
    *("event_type", "timestamp", "event_id", "message_id", "recipient", "reject_reason"),
    *("description", "mta_response", "click_url", "user_agent"),
)


def mail_of(passed):
    mail = read_mail(passed.raw)
    return {
        "subject": mail.subject,
        "from": mail.from_address,
        "message_id": mail.message_id,
        "envelope_sender": passed.envelope_from,
        "text": bool(mail.text.strip()),
        "html": bool(mail.html.strip()),
    }


def expected_mail(event):
    read = read_mail(f"From: {event['from'] or ''}\nMessage-ID: {event['message_id'] or ''}\n\n".encode())
    told = {
        "subject": event["subject"] or "",
        "from": read.from_address,
        "message_id": read.message_id,
        "envelope_sender": event["envelope_sender"] or "",
    }
    # They take the text of a mail that is attached for that of the mail itself.
    if all(one["type"] != "message/rfc822" for one in event["attachments"]):
        told |= {key: bool((event[key] or "").strip()) for key in ("text", "html")}
    return told


def fetched(name, one, case):
    """Return a mail of a call, from where it lies if need be: there stands what its authors expect of it."""
    if isinstance(one, Passed):
        return one
    [event] = case["expected_events"]
    with lying() as store:
        lay(store, one, event)
        raw = Source(account_of(name, ACCOUNTS[name]), store.base).fetch(one) or b""
    return Passed(
        event_id=one.external_id, envelope_from=one.envelope_from, envelope_to=one.envelope_to, raw=raw
    )


def lay(store, one, event):
    if one.what is What.S3:
        store.put(f"/s3/{one.about['bucket']}/{one.about['key']}", letter_of(event), "binary/octet-stream")
        return
    files = [
        {"filename": each["name"], "download_url": store.put(f"/{number}", b"x" * each["size"], each["type"])}
        for number, each in enumerate(event["attachments"])
    ]
    plain = {key: event[key] for key in ("from", "to", "subject", "text", "html", "message_id")}
    store.put(f"/resend/emails/receiving/{one.about['email_id']}", {**plain, "attachments": files})


def letter_of(event):
    mail = EmailMessage()
    for name in ("subject", "from", "message_id"):
        mail[name.replace("_", "-")] = event[name]
    mail.set_content(event["text"])
    mail.add_alternative(event["html"], subtype="html")
    return mail.as_bytes()


def is_right(name, half, case):
    if case["method"] in ("HEAD", "GET"):
        return case["expected_status"] == 200  # answered alike for every address, unread
    got = answer(name, half, case)
    if case["expected_status"] != 200 or (not passwords_of(case) and not secrets_of(name, case)):
        return got is None  # the authors warn of an address that nothing protects; here it takes nothing
    if got is None:
        return False
    told = [
        normal(one) if isinstance(one, Told) else mail_of(fetched(name, one, case))
        for one in got
        if not (isinstance(one, Lying) and one.what is What.SUBSCRIPTION)
    ]
    wanted = [
        expected(one) if one["kind"] == "tracking" else expected_mail(one)
        for one in case["expected_events"]
        if not str(one.get("subject")).startswith("!")  # of which its authors made no mail either
    ]
    pairs = zip(told, wanted, strict=True)
    return all({key: mine[key] for key in theirs} == theirs for mine, theirs in pairs)


def test_every_call_of_the_corpus_gives_what_its_authors_expect_and_bad_ones_are_turned_away():
    score: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    for kind, half in (("esp-tracking", Half.EVENTS), ("esp-inbound", Half.INBOUND)):
        for name, case in cases(kind):
            offered = name in PROVIDERS and takes(PROVIDERS[name], half)
            assert offered or name in NOT_OFFERED, name
            score[kind, name, "asked" if offered else "not offered"] += 1
            if not offered:
                continue
            score[kind, name, "bad"] += case["expected_status"] != 200
            if is_right(name, half, case):
                score[kind, name, "right"] += 1
            else:
                wrong.append((kind, name, case["test"]))
    table(score)
    assert wrong == []


def table(score):
    print()
    for kind, name in sorted({(kind, name) for kind, name, _ in score}):
        counted = [score[kind, name, word] for word in ("asked", "right", "bad", "not offered")]
        print(f"{kind:16} {name:14}" + "".join(f"{number:6}" for number in counted))


RECORDED_KEYS = {"mailgun": {"webhook_signing_key": "foo"}, "mandrill": {"webhook_key": "a-key"}}
"""With which the authors of the recorded calls had them signed."""
KEY_UNKNOWN = {"mailgun__parsed__spam.txt"}
"""Signed by a key that the authors did not publish: to us it proves nothing."""


def recorded(row):
    """Return a recorded call, with the password of our address where the provider does not sign."""
    head, _, body = (OPEN / row["file"]).read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
    pairs = [line.partition(": ") for line in head.decode().splitlines()[1:]]
    headers = {name: value for name, _, value in pairs if name != "Content-Length"}
    content_type = headers.pop("Content-Type")
    headers["Authorization"] = f"Basic {base64.b64encode(b'drumbeat:pw').decode()}"
    if content_type.startswith("multipart/"):
        body = body.replace(b"\n", b"\r\n")
    return Call(
        half=Half.INBOUND,
        address="https://drumbeat.test/hooks",
        content_type=content_type,
        headers=headers,
        body=body.rstrip(b"\n") if b"urlencoded" in content_type.encode() else body,
    )


def test_mail_in_recorded_calls_is_read_and_what_is_not_signed_is_turned_away():
    score: Counter[tuple[str, str]] = Counter()
    for row in of("esp-inbound-raw"):
        name, file = row["expect"]["provider"], row["file"].rpartition("/")[2]
        wanted = row["expect"]["valid_signature"] and file not in KEY_UNKNOWN
        if name in NOT_OFFERED:
            score[name, "not offered"] += 1
            continue
        passwords = [] if name in RECORDED_KEYS else ["drumbeat:pw"]
        try:
            call, account = recorded(row), Account(name, {}, RECORDED_KEYS.get(name, {}))
            found = read(call, account, passwords, told_at(call.headers, call.body))
        except (NotProven, Unreadable):
            found = []
        froms = [read_mail(one.raw).from_address for one in found if isinstance(one, Passed)]
        score[name, "asked"] += 1
        score[name, "right"] += froms == (["james@opennorth.ca"] if wanted else [])
    print()
    print(dict(score))
    assert sum(score[name, "asked"] - score[name, "right"] for name, _ in score) == 0
