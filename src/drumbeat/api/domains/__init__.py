"""The domains that senders send from: how their DNS stands, and signing for them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema

from drumbeat.actions import domains, link_hosts
from drumbeat.actions.domains import Domain
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock

router = Router(tags=["domains"])


class RecordOut(Schema):
    """How one record stands; `add` is what to add at `name`, "" where nothing is."""

    what: Literal["mx", "spf", "dkim", "dmarc"]
    mark: Literal["ok", "warning", "missing", "wrong", "unknown"]
    text: str
    name: str
    add: str
    seen: list[str]


class LinkRecordOut(Schema):
    """A record to publish at `name`."""

    kind: Literal["CNAME", "TXT"]
    name: str
    value: str


class DomainOut(Schema):
    """A domain of senders. `record` is to be published as TXT at `name`; both "" while there is no key.

    Tracked links lead by `link_host` since `link_host_proven_at`; until then as before.
    """

    domain: str
    senders: int
    signs: bool
    name: str
    record: str
    mark: str
    found: list[RecordOut]
    checked_at: datetime | None
    link_host: str
    link_host_proven_at: datetime | None
    link_records: list[LinkRecordOut]


class LinkHostIn(Body):
    """A host below the domain, "" for none."""

    host: str = Field(max_length=300)


def _out(domain: Domain) -> DomainOut:
    return DomainOut.from_orm(domain)


@router.get("/domains", response={200: list[DomainOut], **REFUSALS}, operation_id="list_domains")
def list_domains(request: MemberRequest) -> list[DomainOut]:
    """List the domains of the workspace's senders, with what the last check found."""
    return [_out(each) for each in domains.listed(request.member)]


@router.post("/domains/{domain}/check", response={200: DomainOut, **REFUSALS}, operation_id="check_domain")
def check_domain(request: MemberRequest, domain: str) -> DomainOut:
    """Ask the DNS how the domain stands now. It takes some seconds."""
    return _out(domains.check(request.member, domain, SystemClock().now()))


@router.post("/domains/{domain}/key", response={200: DomainOut, **REFUSALS}, operation_id="make_domain_key")
def make_domain_key(request: MemberRequest, domain: str) -> DomainOut:
    """Make the key that will sign for the domain; the same one when it is asked again."""
    return _out(domains.make_key(request.member, domain, SystemClock().now()))


@router.post("/domains/{domain}/sign", response={200: DomainOut, **REFUSALS}, operation_id="sign_for_domain")
def sign_for_domain(request: MemberRequest, domain: str) -> DomainOut:
    """Sign from now on, once the DNS holds the key."""
    return _out(domains.sign(request.member, domain, SystemClock().now()))


@router.post(
    "/domains/{domain}/stop-signing",
    response={200: DomainOut, **REFUSALS},
    operation_id="stop_signing_for_domain",
)
def stop_signing_for_domain(request: MemberRequest, domain: str) -> DomainOut:
    """Sign no more; the key is kept."""
    return _out(domains.stop_signing(request.member, domain, SystemClock().now()))


@router.put(
    "/domains/{domain}/link-host", response={200: DomainOut, **REFUSALS}, operation_id="choose_link_host"
)
def choose_link_host(request: MemberRequest, domain: str, body: LinkHostIn) -> DomainOut:
    """Choose the host under which tracked links of the domain's mails lead; used once it is proven."""
    return _out(link_hosts.choose(request.member, domain, body.host, SystemClock().now()))


@router.post(
    "/domains/{domain}/link-host/proof", response={200: DomainOut, **REFUSALS}, operation_id="prove_link_host"
)
def prove_link_host(request: MemberRequest, domain: str) -> DomainOut:
    """Ask the DNS and the host itself whether it leads here, and use it from now on. It takes some seconds."""
    return _out(link_hosts.prove(request.member, domain, SystemClock().now()))
