"""`drumbeat sign-in`: a link that signs in once; whoever may run commands here gets in without a password."""

from __future__ import annotations

import argparse

from drumbeat.actions.members import sign_in
from drumbeat.cli import acting, web_links
from drumbeat.cli.result import Result
from drumbeat.models import LinkPurpose


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", nargs="?", help="of a member; default: the owner of the workspace")


def run(args: argparse.Namespace) -> Result:
    now = acting.now()
    owner = acting.owner(args)
    member = sign_in.member_called(owner, args.email) if args.email else owner
    token = sign_in.create(member, now)
    link = web_links.to(LinkPurpose.SIGN_IN, token)
    expires_at = now + sign_in.LIFETIMES[LinkPurpose.SIGN_IN]
    data = {"link": link, "email": member.user.email, "expires_at": expires_at}
    return Result(data, [f"Signs in {member.name} <{member.user.email}>, once, within a day:", "", link])
