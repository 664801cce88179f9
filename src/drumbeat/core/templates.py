"""The templates a sequence can begin with: flows with text, hints and exit settings. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from drumbeat.core.delay import parse_delay
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Exit
from drumbeat.core.flow import EmailContent, EmailStep, Flow, Hints, JobType, Step, VoiceStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`name` is its id; what is not a setting here has the default of every new sequence."""

    name: str
    title: str
    description: str
    flow: Flow
    exit_on_reply: Exit = Exit.FINISH
    exit_on_meeting: Exit = Exit.PAUSE


def template(name: str) -> Template:
    if name not in TEMPLATES:
        raise DomainError(
            "template_unknown", f"No template is called {name!r}. Choose: {', '.join(TEMPLATES)}."
        )
    return TEMPLATES[name]


def template_flow(name: str) -> Flow:
    return template(name).flow


_GREETING = 'Hi {{ contact.first_name | default: "there" }},'
_CLOSING = """Best regards,
{{ sender.name }}

--
Not for you? Stop these mails here: {{ unsubscribe_url }}"""


def _mail(*paragraphs: str, subject: str = "") -> EmailContent:
    return EmailContent(subject=subject, text="\n\n".join((_GREETING, *paragraphs, _CLOSING)) + "\n")


def _line(*steps: Step) -> Flow:
    following = [*(step.key for step in steps[1:]), None]
    chained = [replace(step, next=key) for step, key in zip(steps, following, strict=True)]
    return Flow(steps[0].key, {step.key: step for step in chained})


_COLD_OUTREACH = _line(
    EmailStep(
        key="intro",
        name="Introduction",
        job_type=JobType.INITIAL_OUTREACH,
        content=_mail(
            "I am {{ sender.name }} from {{ workspace.name }}. I came across "
            '{{ contact.company | default: "your team" }} and thought of one thing that we could take off '
            "your hands.",
            "We help teams like yours get the routine work done with the people they already have, so that "
            "the week has room again for what only you can do.",
            "Is that something you are looking at right now? A yes or no is plenty.",
            subject='An idea for {{ contact.company | default: "your team" }}',
        ),
        hints=Hints(
            angle="Say what made you write to this person, in one line about them, not about us.",
            call_to_action="Ask one question that can be answered with yes or no.",
            value_proposition="Name one result that teams like theirs get, without superlatives.",
        ),
    ),
    EmailStep(
        key="value",
        name="Value",
        delay=parse_delay("4d"),
        job_type=JobType.FOLLOW_UP_EMAIL,
        content=_mail(
            "One thing that I left out of my first mail: the beginning is small. We look at how you do it "
            "today and tell you what we would change. You decide whether it is worth going on, and if it is "
            "not, you keep our notes.",
            "Shall I send you an example from a team about the size of "
            '{{ contact.company | default: "yours" }}?',
        ),
        hints=Hints(
            angle="Add something new; do not ask whether the first mail arrived.",
            call_to_action="Offer an example that can be had with a one-word reply.",
            value_proposition="Show how small the first step is and what they keep either way.",
        ),
    ),
    EmailStep(
        key="call_to_action",
        name="Call to action",
        delay=parse_delay("6d"),
        job_type=JobType.FOLLOW_UP_EMAIL,
        content=_mail(
            "This is my last note about it. If it is worth fifteen minutes to you, tell me a day that suits "
            "you and I will send an invitation.",
            "If it is not, you need not do anything. I will leave you in peace, and I wish you a good week.",
        ),
        hints=Hints(
            angle="Be the person who makes it easy to say no.",
            call_to_action="Ask for a day for a call of fifteen minutes.",
            value_proposition="Repeat the one result in half a sentence.",
        ),
    ),
)

_FOLLOW_UP_SERIES = _line(
    EmailStep(
        key="check_in",
        name="Check-in",
        job_type=JobType.FOLLOW_UP_EMAIL,
        content=_mail(
            "We talked a little while ago, and I would like to hear where things stand on your side.",
            "Is it still something you want to move forward with? If a question is in the way, send it to me "
            "as it comes to mind. You need not sort it first.",
            subject="Where do things stand?",
        ),
        hints=Hints(
            angle="Pick up the last thing that was said, not the whole story.",
            call_to_action="Ask where they stand and invite the question that is in the way.",
            value_proposition="Remind them of what they wanted to get out of it.",
        ),
    ),
    EmailStep(
        key="final_nudge",
        name="Final nudge",
        delay=parse_delay("7d"),
        job_type=JobType.FOLLOW_UP_EMAIL,
        content=_mail(
            "I do not want to crowd your inbox, so this is my last note for now.",
            "If the time is wrong, tell me when to come back and I will put it in my calendar. If it is not "
            "for you, that is fine too: a short no helps me as much as a yes.",
        ),
        hints=Hints(
            angle="Close kindly; leave a door open.",
            call_to_action="Ask for a yes, a no, or a later date.",
            value_proposition="None: they know it by now.",
        ),
    ),
)

_RE_ENGAGEMENT = _line(
    EmailStep(
        key="hello_again",
        name="Hello again",
        job_type=JobType.RE_ENGAGEMENT,
        content=_mail(
            "It has been a while since we were in touch. Some things have changed at {{ workspace.name }} "
            "since then, and one of them made me think of "
            '{{ contact.company | default: "you and your team" }}.',
            "Would a short update be useful? Reply with a yes, and I will send you the two or three points "
            "that matter to you.",
            subject="It has been a while",
        ),
        hints=Hints(
            angle="Say what is new since you last talked and why it concerns them.",
            call_to_action="Offer a short update for a one-word reply.",
            value_proposition="One change that removes what held them back then.",
        ),
    ),
    EmailStep(
        key="last_word",
        name="Last word",
        delay=parse_delay("5d"),
        job_type=JobType.RE_ENGAGEMENT,
        content=_mail(
            "I wrote to you a few days ago. No answer is an answer too, so I only ask once more.",
            'Shall I keep you on my list? "Later" is a good answer, and so is "no, thank you".',
            subject="Shall I keep you on my list?",
        ),
        hints=Hints(
            angle="Ask for permission, not for attention.",
            call_to_action="Let them choose: keep in touch, later, or no.",
            value_proposition="None: ask, do not sell.",
        ),
    ),
)

_MEETING_REQUEST = _line(
    EmailStep(
        key="invitation",
        name="Invitation",
        job_type=JobType.INITIAL_OUTREACH,
        content=_mail(
            "I am {{ sender.name }} from {{ workspace.name }}. I would like to hear how "
            '{{ contact.company | default: "your team" }} handles things today, and show you what others in '
            "your place do differently.",
            "Would fifteen minutes next week suit you? Tell me a day and a time, and I will send the "
            "invitation.",
            "If a colleague of yours is the better person to ask, a name would help me a lot.",
            subject="Fifteen minutes next week?",
        ),
        hints=Hints(
            angle="Say what the meeting is good for, from their side of the table.",
            call_to_action="Ask for a day and a time within the next week.",
            value_proposition="They leave with one thing that they can use, whatever comes of it.",
        ),
    ),
)

_VOICEMAIL_EMAIL_COMBO = _line(
    EmailStep(
        key="intro",
        name="Introduction",
        job_type=JobType.INITIAL_OUTREACH,
        content=_mail(
            "I am {{ sender.name }} from {{ workspace.name }}. We help teams like "
            '{{ contact.company | default: "yours" }} get the routine work done with the people they '
            "already have.",
            "I will try to reach you by phone in the next days. If mail suits you better, reply here, and we "
            "leave it at that.",
            subject='A short word about {{ contact.company | default: "your team" }}',
        ),
        hints=Hints(
            angle="Announce the call, so that it does not come out of the blue.",
            call_to_action="Let them choose between phone and mail.",
            value_proposition="Name one result that teams like theirs get.",
        ),
    ),
    VoiceStep(
        key="voicemail",
        name="Voicemail",
        delay=parse_delay("3d"),
        job_type=JobType.VOICEMAIL_DROP,
        script=(
            'Hi {{ contact.first_name | default: "there" }}, this is {{ sender.name }} from '
            "{{ workspace.name }}. I sent you a mail a few days ago. You need not call back: I will write "
            "once more with the short version, and you can answer whenever it suits you. Thank you, and have "
            "a good day."
        ),
        hints=Hints(
            angle="Sound like a person, under twenty seconds.",
            call_to_action="Point to the mail; do not ask for a call back.",
            value_proposition="One result in one sentence.",
        ),
    ),
    EmailStep(
        key="follow_up",
        name="Follow-up",
        delay=parse_delay("5d"),
        job_type=JobType.FOLLOW_UP_EMAIL,
        content=_mail(
            "I tried to reach you by phone, so here is the short version in writing: we look at how you do "
            "it today, tell you what we would change, and you decide whether it is worth going on.",
            "Is that worth fifteen minutes to you? Tell me a day that suits you, or tell me no. Both are "
            "fine.",
        ),
        hints=Hints(
            angle="Tie the mail to the call in one clause.",
            call_to_action="Ask for a day for a call of fifteen minutes.",
            value_proposition="Show how small the first step is.",
        ),
    ),
)

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        each.name: each
        for each in (
            Template(
                name="cold_outreach",
                title="Cold Outreach",
                description="Introduce yourself, add value, ask: three mails in ten days.",
                flow=_COLD_OUTREACH,
            ),
            Template(
                name="follow_up_series",
                title="Follow-Up Series",
                description="After a first talk: a check-in and a final nudge a week later.",
                flow=_FOLLOW_UP_SERIES,
            ),
            Template(
                name="re_engagement",
                title="Re-Engagement",
                description="For people you have not heard of in a while: two mails in five days.",
                flow=_RE_ENGAGEMENT,
            ),
            Template(
                name="meeting_request",
                title="Meeting Request",
                description="One mail that asks for fifteen minutes.",
                flow=_MEETING_REQUEST,
            ),
            Template(
                name="voicemail_email_combo",
                title="Voicemail + Email Combo",
                description="A mail, a voicemail three days later, a mail on day eight.",
                flow=_VOICEMAIL_EMAIL_COMBO,
            ),
        )
    }
)
