"""What the DNS says of a domain, judged record by record, with the exact one to add."""

import pytest

from drumbeat.core.domain_records import DkimKey, Mark, dns_name, examine, worst

KEY = DkimKey("drumbeat._domainkey.ours.test", "v=DKIM1; k=rsa; p=MIIB")
GOOD = {
    ("ours.test", "MX"): ["10 mx.ours.test."],
    ("ours.test", "TXT"): ["google-site-verification=1", "v=spf1 include:_spf.mail.test ~all"],
    ("_spf.mail.test", "TXT"): ["v=spf1 ip4:192.0.2.0/24 -all"],
    (KEY.name, "TXT"): ["v=DKIM1; k=rsa; p=MI IB"],
    ("_dmarc.ours.test", "TXT"): ["v=DMARC1; p=quarantine; aspf=s"],
}


def found(change=None, key=KEY, organization="ours.test"):
    answers = GOOD | (change or {})
    return {
        each.what: each
        for each in examine(
            "ours.test", key, lambda name, kind: answers.get((name, kind), ()), organization=organization
        )
    }


def test_a_domain_in_order_needs_nothing():
    records = found()
    assert {each.mark for each in records.values()} == {Mark.OK}
    assert worst(records.values()) is Mark.OK
    assert not any(each.add for each in records.values())
    assert "strictly" in records["dmarc"].text


SPF, DMARC = ("ours.test", "TXT"), ("_dmarc.ours.test", "TXT")
DEEP = {(f"i{n}.test", "TXT"): [f"v=spf1 include:i{n + 1}.test -all"] for n in range(12)}
LOOP = {("i0.test", "TXT"): ["v=spf1 include:ours.test include:i0.test -all"]}


@pytest.mark.parametrize(
    ("what", "change", "mark", "words"),
    [
        pytest.param("mx", {("ours.test", "MX"): []}, "missing", "bounces are lost", id="no MX"),
        pytest.param("mx", {("ours.test", "MX"): ["0 ."]}, "wrong", "takes no mail", id="a null MX"),
        pytest.param("mx", {("ours.test", "MX"): None}, "unknown", "Try again", id="no answer for MX"),
        pytest.param("spf", {SPF: ["hello"]}, "missing", "No server may send", id="no SPF"),
        pytest.param("spf", {SPF: None}, "unknown", "Try again", id="no answer for SPF"),
        pytest.param(
            "spf", {SPF: ["v=spf1 mx -all", "v=spf1 a ~all"]}, "wrong", "Join them", id="two SPF records"
        ),
        pytest.param("spf", {SPF: ["v=spf1 +all"]}, "wrong", "every server", id="SPF for the world"),
        pytest.param("spf", {SPF: ["v=spf1 mx"]}, "warning", "End it with", id="SPF without an end"),
        pytest.param(
            "spf", {SPF: ["v=spf1 redirect=_spf.mail.test"]}, "ok", "says which", id="SPF elsewhere"
        ),
        pytest.param(
            "spf", {SPF: ["v=spf1 include:i0.test -all"], **DEEP}, "wrong", "look-ups", id="SPF too deep"
        ),
        pytest.param(
            "spf", {SPF: ["v=spf1 include:i0.test -all"], **LOOP}, "ok", "says which", id="SPF in a circle"
        ),
        pytest.param(
            "spf",
            {SPF: ["v=spf1 include:gone.test a mx:x.test -all"]},
            "ok",
            "says which",
            id="SPF led astray",
        ),
        pytest.param("dkim", {(KEY.name, "TXT"): []}, "missing", "not published", id="no key"),
        pytest.param("dkim", {(KEY.name, "TXT"): None}, "unknown", "Try again", id="no answer for the key"),
        pytest.param(
            "dkim", {(KEY.name, "TXT"): ["v=DKIM1; p=OTHER"]}, "wrong", "Another key", id="another key"
        ),
        pytest.param("dmarc", {DMARC: []}, "missing", "no DMARC", id="no DMARC"),
        pytest.param("dmarc", {DMARC: None}, "unknown", "Try again", id="no answer for DMARC"),
        pytest.param(
            "dmarc", {DMARC: ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, "wrong", "several", id="two DMARC"
        ),
        pytest.param(
            "dmarc", {DMARC: ["v=DMARC1; sp=none"]}, "wrong", "no policy", id="DMARC without policy"
        ),
    ],
)
def test_what_is_amiss_is_named(what, change, mark, words):
    each = found(change)[what]
    assert (each.mark, words in each.text) == (mark, True), each.text
    assert worst([each]) == mark


def test_what_to_add_is_said_exactly():
    assert found({SPF: ["v=spf1 mx -all", "v=spf1 a mx ~all"]})["spf"].add == "v=spf1 mx a ~all"
    assert found({(KEY.name, "TXT"): []})["dkim"].add == KEY.record
    assert found({DMARC: []})["dmarc"].add.startswith("v=DMARC1; p=none")


def test_without_a_key_it_is_said_that_somebody_else_must_sign():
    assert found(key=None)["dkim"].mark is Mark.WARNING


def test_the_policy_of_the_organization_counts_for_a_part_of_it():
    answers = {("_dmarc.ours.test", "TXT"): ["v=DMARC1; p=reject"]}
    records = examine("mail.ours.test", None, lambda *asked: answers.get(asked, ()), organization="ours.test")
    assert records[-1].mark is Mark.OK


@pytest.mark.parametrize(
    ("address", "name"),
    [("ana@Bücher.test", "xn--bcher-kva.test"), ("ours.test.", "ours.test"), ("a@-bad-.test", "-bad-.test")],
)
def test_a_domain_is_named_as_the_dns_writes_it(address, name):
    assert dns_name(address) == name
