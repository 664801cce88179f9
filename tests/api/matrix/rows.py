"""One row for each operation of the API: the right it needs, and an example request that works.

A route without a row fails `test_matrix.py`. `WHAT` names (CONTACT, …) stand for ids of the world at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from tests.api.matrix.inbox import INBOX
from tests.api.matrix.numbers import NUMBERS
from tests.api.matrix.row import OWN, PUBLIC, Row
from tests.api.matrix.seen import SEEN
from tests.api.matrix.tasks import TASKS
from tests.api.matrix.world import (
    ATTACHMENT,
    CONTACT,
    ENROLLMENT,
    FIELD,
    GRANT,
    HOOK,
    IMPORT,
    INVITATION,
    JOB,
    KEY,
    LIST,
    MAILBOX,
    MEMBER,
    NOTE,
    NOTIFICATION,
    OTHER_CONTACT,
    ROLE,
    SENDER,
    SEQUENCE,
    SUPPRESSION,
    TAG,
    TEMPLATE,
    TEST_MAIL,
    VIEW,
    WORKSPACE,
    What,
)
from tests.api.matrix.writing import WRITING
from tests.support.pictures import a_png

CREATED, GONE, OK = HTTPStatus.CREATED, HTTPStatus.NO_CONTENT, HTTPStatus.OK
FORBIDDEN, MISSING = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
LINK = {"token": "made-up"}
SOMEBODY = {"name": "Kim", "password": "correct horse 12"}
ONE_ENROLLMENT = {"ids": [ENROLLMENT]}

ACCESS: Mapping[str, Row] = {
    "get_session": Row(None),
    "change_ownself": Row(None, body={"name": "Kim"}),
    "sign_out": Row(None, ok=GONE),
    "list_workspaces": Row(None),
    "switch_workspace": Row(None, body={"workspace_id": WORKSPACE}),
    "get_settings": Row("settings.view"),
    "change_settings": Row("settings.edit", body={"overdue_minutes": 20}),
    "get_branding": Row("settings.view"),
    "change_branding": Row("settings.edit", body={"accent": "#123456"}),
    "upload_logo": Row("settings.edit", body=a_png()),
    "remove_logo": Row("settings.edit"),
    "preview_branding": Row("settings.view", body={"wanted": {"name": "Ours"}}),
    "list_attachments": Row("sequences.view"),
    "upload_attachment": Row("contacts.edit", body=b"a,b\n1,2\n", ok=CREATED),
    "get_attachment": Row("sequences.view", path={"attachment_id": ATTACHMENT}, limited=MISSING),
    "fetch_attachment": Row("sequences.view", path={"attachment_id": ATTACHMENT}, limited=MISSING),
    "remove_attachment": Row(
        "sequences.edit", path={"attachment_id": ATTACHMENT}, ok=GONE, limited=FORBIDDEN
    ),
    "list_members": Row("users.view"),
    "change_member": Row("users.edit", path={"member_id": MEMBER}, body={"role": "rep"}),
    "remove_member": Row("users.delete", path={"member_id": MEMBER}, ok=GONE),
    "make_member_owner": Row("users.edit", path={"member_id": MEMBER}, ok=REFUSED),
    "create_password_link": Row("users.edit", path={"member_id": MEMBER}, ok=CREATED),
    "list_roles": Row("users.view"),
    "create_role": Row("users.edit", body={"name": "Helper", "rights": ["contacts.view"]}, ok=CREATED),
    "change_role": Row("users.edit", path={"role_id": ROLE}, body={"rights": ["tasks.view"]}),
    "remove_role": Row("users.edit", path={"role_id": ROLE}, ok=GONE),
    "list_invitations": Row("users.view"),
    "create_invitation": Row("users.create", body={"email": "new@ours.test", "role": "rep"}, ok=CREATED),
    "withdraw_invitation": Row("users.edit", path={"invitation_id": INVITATION}, ok=GONE),
    "list_keys": Row("settings.edit"),
    "create_key": Row("settings.edit", body={"name": "CI", "role": "viewer"}, ok=CREATED),
    "revoke_key": Row("settings.edit", path={"key_id": KEY}),
    "list_audit_entries": Row("settings.edit"),
    "list_views": Row(None, query={"room": "contacts"}),
    "save_view": Row(None, body={"room": "contacts", "name": "Mine", "query": "state=active"}, ok=CREATED),
    # The shared view is the admin's: to others it is not theirs to change.
    "change_view": Row(OWN, path={"view_id": VIEW}, body={"name": "New"}),
    "remove_view": Row(OWN, path={"view_id": VIEW}, ok=GONE),
    "list_notifications": Row(None),
    "read_notifications": Row(None, body={"ids": [NOTIFICATION]}, foreign=OK),
    "list_hooks": Row("settings.edit"),
    "create_hook": Row("settings.edit", body={"name": "CRM", "event": "converted"}, ok=CREATED),
    "rotate_hook": Row("settings.edit", path={"hook_id": HOOK}),
    "remove_hook": Row("settings.edit", path={"hook_id": HOOK}, ok=GONE),
    "create_emergency_stop": Row("enrollments.edit"),
    "show_webhook_secrets": Row("settings.edit"),
    "replace_webhook_secret": Row("settings.edit"),
    "delete_emergency_stop": Row("settings.edit", ok=GONE),
    "get_board": Row("sequences.view"),
    "list_dev_inbox": Row(None),
    "get_dev_mail": Row(None, path={"mail_id": 1}, ok=MISSING),
    "get_job": Row("enrollments.view", path={"job_id": JOB}),
}

JOINING: Mapping[str, Row] = {
    "prepare_to_join": Row(PUBLIC, ok=GONE),
    "look_at_claim_link": Row(PUBLIC, body=LINK, ok=REFUSED),
    "claim_installation": Row(
        PUBLIC,
        body={**LINK, **SOMEBODY, "email": "kim@ours.test", "workspace": "Ours", "time_zone": "UTC"},
        ok=REFUSED,
    ),
    "look_at_invitation": Row(PUBLIC, body=LINK, ok=REFUSED),
    "accept_invitation": Row(PUBLIC, body={**LINK, **SOMEBODY}, ok=REFUSED),
    "look_at_password_link": Row(PUBLIC, body=LINK, ok=REFUSED),
    "set_password_by_link": Row(PUBLIC, body={**LINK, "password": "correct horse 12"}, ok=REFUSED),
}

ENROLLMENTS: Mapping[str, Row] = {
    "list_enrollments": Row("enrollments.view"),
    "count_enrollments": Row("enrollments.view", query={"sequence_id": SEQUENCE}),
    "get_enrollment": Row("enrollments.view", path={"enrollment_id": ENROLLMENT}, limited=MISSING),
    "explain_enrollment": Row("enrollments.view", path={"enrollment_id": ENROLLMENT}, limited=MISSING),
    "pause_enrollment": Row("enrollments.edit", path={"enrollment_id": ENROLLMENT}, limited=MISSING),
    "resume_enrollment": Row(
        "enrollments.edit",
        path={"enrollment_id": ENROLLMENT},
        body={"shift": True},
        ok=REFUSED,
        limited=MISSING,
    ),
    "stop_enrollment": Row("enrollments.edit", path={"enrollment_id": ENROLLMENT}, limited=MISSING),
    "pause_enrollments": Row("enrollments.edit", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "resume_enrollments": Row("enrollments.edit", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "stop_enrollments": Row("enrollments.edit", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "list_reviews": Row("reviews.view"),
    "count_reviews": Row("reviews.view"),
    "approve_enrollments": Row("reviews.edit", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "reject_enrollments": Row("reviews.edit", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "cancel_job": Row("enrollments.edit", path={"job_id": JOB}, ok=MISSING),
    "reach_of_enrollments": Row("enrollments.view", body=ONE_ENROLLMENT, foreign=OK, limited=OK),
    "resolve_enrollments": Row(
        "enrollments.edit", body={**ONE_ENROLLMENT, "resolution": "arrived"}, foreign=OK, limited=OK
    ),
}

ONE_SEQUENCE = {"sequence_id": SEQUENCE}
EMPTY_FLOW = {"format": 1, "steps": []}
FILE = "format: 1\nname: New\nflow:\n  steps: []\n"

SEQUENCES: Mapping[str, Row] = {
    "list_sequences": Row("sequences.view"),
    "get_sequence_totals": Row("sequences.view"),
    "create_sequence": Row("sequences.create", body={"name": "New"}, ok=CREATED),
    "get_sequence": Row("sequences.view", path=ONE_SEQUENCE),
    "get_sequence_rules": Row("sequences.view", path=ONE_SEQUENCE),
    "list_trigger_matches": Row("enrollments.view", path=ONE_SEQUENCE),
    "change_sequence": Row("sequences.edit", path=ONE_SEQUENCE, body={"name": "New"}),
    "delete_sequence": Row("sequences.delete", path=ONE_SEQUENCE, ok=REFUSED),
    "change_sequence_settings": Row("sequences.edit", path=ONE_SEQUENCE, body={"review": True}),
    "duplicate_sequence": Row("sequences.create", path=ONE_SEQUENCE, body={}, ok=CREATED),
    "activate_sequence": Row("sequences.edit", path=ONE_SEQUENCE, body={}),
    "pause_sequence": Row("sequences.edit", path=ONE_SEQUENCE),
    "resume_sequence": Row("sequences.edit", path=ONE_SEQUENCE),
    "archive_sequence": Row("sequences.delete", path=ONE_SEQUENCE),
    "get_sequence_draft": Row("sequences.view", path=ONE_SEQUENCE),
    "save_sequence_draft": Row(
        "sequences.edit", path=ONE_SEQUENCE, body={"document": EMPTY_FLOW, "revision": 1}
    ),
    "restore_sequence_version": Row("sequences.edit", path=ONE_SEQUENCE, body={"version": 1, "revision": 1}),
    "list_sequence_problems": Row("sequences.view", path=ONE_SEQUENCE),
    "check_flow": Row("sequences.view", body={"document": EMPTY_FLOW}),
    # It has a step that this release cannot carry out.
    "publish_sequence": Row("sequences.edit", path=ONE_SEQUENCE, body={}, ok=REFUSED),
    "preview_version_move": Row("enrollments.view", path={**ONE_SEQUENCE, "number": 1}, body={}),
    "preview_version_move_people": Row("enrollments.view", path={**ONE_SEQUENCE, "number": 1}, body={}),
    "start_version_move": Row(
        "enrollments.edit", path={**ONE_SEQUENCE, "number": 1}, body={}, ok=HTTPStatus.ACCEPTED
    ),
    "unlock_sequence": Row("sequences.edit", path=ONE_SEQUENCE, body={"password": "correct horse"}, ok=GONE),
    "set_sequence_password": Row(
        "sequences.edit", path=ONE_SEQUENCE, body={"password": "correct horse"}, ok=GONE
    ),
    "choose_default_sequence": Row("sequences.edit", path=ONE_SEQUENCE),
    "give_up_default_sequence": Row("sequences.edit", path=ONE_SEQUENCE),
    "save_sequence_as_template": Row("sequences.create", path=ONE_SEQUENCE, body={}, ok=CREATED),
    "change_template": Row("sequences.edit", path={"template_id": TEMPLATE}, body={"description": "New"}),
    "delete_template": Row("sequences.delete", path={"template_id": TEMPLATE}, ok=GONE),
    "list_sequence_versions": Row("sequences.view", path=ONE_SEQUENCE),
    "get_sequence_version": Row("sequences.view", path={**ONE_SEQUENCE, "number": 1}),
    "compare_sequence_versions": Row("sequences.view", path=ONE_SEQUENCE, query={"before": "1"}),
    "export_sequence_file": Row("sequences.view", path=ONE_SEQUENCE),
    "diff_sequence_file": Row("sequences.view", body={"text": FILE}),
    "apply_sequence_file": Row("sequences.edit", body={"text": FILE}),
    "get_file_schema": Row(None),
    "preview_step": Row(
        "sequences.view", path=ONE_SEQUENCE, body={"step": "hello", "contact_id": CONTACT}, limited=MISSING
    ),
    "send_step_test": Row(
        "sequences.edit",
        path=ONE_SEQUENCE,
        body={"step": "hello", "to": "me@ours.test", "contact_id": CONTACT},
        ok=HTTPStatus.ACCEPTED,
        limited=HTTPStatus.FORBIDDEN,
    ),
    "get_step_test": Row("sequences.view", path={"touch_id": 1_000_000}, ok=MISSING),
    "forecast_sequence": Row("sequences.view", path=ONE_SEQUENCE, query={"list_id": LIST}),
    "simulate_sequence": Row(
        "sequences.view", path=ONE_SEQUENCE, body={"contact_ids": [CONTACT], "days": 9}, limited=MISSING
    ),
    "get_simulation": Row("sequences.view", path={"job_id": 1_000_000}, ok=MISSING),
    "cancel_simulation": Row("sequences.view", path={"job_id": 1_000_000}, ok=MISSING),
    "list_templates": Row("sequences.view"),
    "list_holiday_countries": Row(None),
    "list_next_times": Row(
        "sequences.view", path={"sequence_id": SEQUENCE}, body={"contact_id": CONTACT}, limited=MISSING
    ),
    "list_holidays": Row(None, query={"countries": "DE-BY", "year": 2026}),
    "list_step_kinds": Row("sequences.view"),
    "list_merge_tags": Row("sequences.view"),
    "get_flow_schema": Row(None),
}

TYPED = {"host": "mail.example.com", "port": 587, "security": "starttls"}
READ = {"address": "rep@example.com", "host": "mail.example.com", "username": "rep", "password": "secret"}

DAILY: Mapping[str, Row] = {
    "get_today": Row("enrollments.view"),
    "ask_doctor": Row("enrollments.view"),
    "list_senders": Row("senders.view"),
    "get_sender": Row("senders.view", path={"sender_id": SENDER}),
    "create_sender": Row("senders.create", body={"address": "new@example.com", "server": TYPED}, ok=CREATED),
    "update_sender": Row("senders.edit", path={"sender_id": SENDER}, body={"signature": "Best"}),
    "enable_sender": Row("senders.edit", path={"sender_id": SENDER}),
    "disable_sender": Row("senders.edit", path={"sender_id": SENDER}),
    "retry_sender": Row("senders.edit", path={"sender_id": SENDER}),
    "make_default_sender": Row("senders.edit", path={"sender_id": SENDER}),
    "try_server": Row("senders.create", body={**TYPED, "host": "10.0.0.1"}, ok=REFUSED),
    "try_sender": Row("senders.edit", path={"sender_id": SENDER}, body={}),
    "list_mail_providers": Row("senders.view"),
    "try_account": Row("senders.create", body={"provider": "ses"}, ok=REFUSED),
    "get_sender_webhook": Row("senders.edit", path={"sender_id": SENDER}, ok=REFUSED),
    "list_domains": Row("senders.view"),
    "check_domain": Row("senders.edit", path={"domain": "nobody.test"}, ok=MISSING),
    "make_domain_key": Row("senders.edit", path={"domain": "nobody.test"}, ok=MISSING),
    "sign_for_domain": Row("senders.edit", path={"domain": "nobody.test"}, ok=MISSING),
    "stop_signing_for_domain": Row("senders.edit", path={"domain": "nobody.test"}, ok=MISSING),
    "choose_link_host": Row(
        "senders.edit", path={"domain": "nobody.test"}, body={"host": "links.nobody.test"}, ok=MISSING
    ),
    "prove_link_host": Row("senders.edit", path={"domain": "nobody.test"}, ok=MISSING),
    "list_sender_records": Row("senders.view"),
    "list_grant_providers": Row("senders.view"),
    "list_grants": Row("senders.view"),
    "start_grant": Row(
        "senders.create",
        body={"provider": "google", "address": "new@example.com", "uses": ["sender"]},
        ok=REFUSED,
    ),
    "remove_grant": Row("senders.edit", path={"grant_id": GRANT}),
    "list_held_accounts": Row("senders.view"),
    "settle_held_account": Row(
        "senders.create", path={"held_id": "made-up"}, body={"use": "typed"}, ok=MISSING
    ),
    "drop_held_account": Row("senders.create", path={"held_id": "made-up"}, ok=MISSING),
    "list_mailboxes": Row("senders.view"),
    "create_mailbox": Row("senders.create", body={**READ, "username": "new"}, ok=CREATED),
    "update_mailbox": Row("senders.edit", path={"mailbox_id": MAILBOX}, body=READ),
    "remove_mailbox": Row("senders.edit", path={"mailbox_id": MAILBOX}, ok=GONE),
    "enable_mailbox": Row("senders.edit", path={"mailbox_id": MAILBOX}, ok=GONE),
    "disable_mailbox": Row("senders.edit", path={"mailbox_id": MAILBOX}, ok=GONE),
    "try_mailbox_typed": Row("senders.create", body={**READ, "host": "10.0.0.1"}, ok=REFUSED),
    "try_mailbox": Row("senders.edit", path={"mailbox_id": MAILBOX}, body={}),
    "send_test_mail": Row("senders.edit", path={"sender_id": SENDER}, body={"client_id": "a-client-id"}),
    "get_test_mail": Row("senders.view", path={"touch_id": TEST_MAIL}),
}

ONE_CONTACT = {"contact_ids": [CONTACT]}
PERSON = {"contact_id": CONTACT}
NAMED = {"name": "Renamed"}
ONE_LIST = {"list_id": LIST}
COLUMNS = {"targets": ["email", "first_name"]}
ENROLLING = {"sequence_id": SEQUENCE, **ONE_CONTACT}

CONTACTS: Mapping[str, Row] = {
    "list_contacts": Row("contacts.view"),
    "count_contacts": Row("contacts.view"),
    "get_contact_facets": Row("contacts.view"),
    "export_contacts": Row("contacts.edit"),
    "create_contact": Row("contacts.create", body={"email": "new@example.com"}, ok=CREATED),
    "get_contact": Row("contacts.view", path=PERSON, limited=MISSING),
    "change_contact": Row("contacts.edit", path=PERSON, body={"title": "CTO"}, limited=MISSING),
    "delete_contact": Row("contacts.delete", path=PERSON, ok=REFUSED, limited=FORBIDDEN),
    "get_contact_next": Row("enrollments.view", path=PERSON, limited=MISSING),
    "list_contact_timeline": Row("contacts.view", path=PERSON, limited=MISSING),
    "log_contact_event": Row("contacts.edit", path=PERSON, body={"kind": "call_logged"}, limited=MISSING),
    "upload_events": Row("contacts.edit", body=b"kind,email\nconverted,nobody@example.com\n"),
    "add_contact_note": Row("contacts.edit", path=PERSON, body={"text": "Hi"}, ok=CREATED, limited=MISSING),
    "delete_contact_note": Row("contacts.delete", path={**PERSON, "note_id": NOTE}, ok=GONE, limited=MISSING),
    "change_contacts": Row(
        "contacts.edit", body={**ONE_CONTACT, "act": "set_stage", "stage": "won"}, foreign=OK, limited=OK
    ),
    "get_contact_data": Row("contacts.edit", path=PERSON, limited=MISSING),
    "erase_contact": Row(
        "settings.edit", path=PERSON, body={"confirmation": "x"}, ok=REFUSED, limited=FORBIDDEN
    ),
    "list_contact_duplicates": Row("contacts.view", path=PERSON, limited=MISSING),
    "preview_contact_merge": Row(
        "contacts.delete", path=PERSON, query={"with": OTHER_CONTACT}, limited=FORBIDDEN
    ),
    "merge_contact": Row("contacts.delete", path=PERSON, body={"other_id": OTHER_CONTACT}, limited=FORBIDDEN),
    "list_contact_fields": Row("contacts.view"),
    "create_contact_field": Row("contacts.edit", body={"label": "Size"}, ok=CREATED),
    "change_contact_field": Row("contacts.edit", path={"field_id": FIELD}, body={"label": "Size"}),
    "delete_contact_field": Row("contacts.delete", path={"field_id": FIELD}, ok=GONE),
    "list_tags": Row("contacts.view"),
    "rename_tag": Row("contacts.edit", path={"tag_id": TAG}, body=NAMED),
    "delete_tag": Row("contacts.delete", path={"tag_id": TAG}, ok=GONE),
    "list_lists": Row("contacts.view"),
    "create_list": Row("contacts.create", body={"name": "New"}, ok=CREATED),
    "get_list": Row("contacts.view", path=ONE_LIST),
    "rename_list": Row("contacts.edit", path=ONE_LIST, body=NAMED),
    "delete_list": Row("contacts.delete", path=ONE_LIST, ok=GONE),
    "join_list": Row("contacts.edit", path=ONE_LIST, body=ONE_CONTACT, limited=OK),
    "leave_list": Row("contacts.edit", path=ONE_LIST, body=ONE_CONTACT, limited=OK),
}

IMPORTS: Mapping[str, Row] = {
    "list_imports": Row("contacts.create"),
    "upload_import": Row("contacts.create", body=b"email\nkim@example.com\n", ok=CREATED),
    "get_import": Row("contacts.create", path={"import_id": IMPORT}),
    "preview_import": Row("contacts.create", path={"import_id": IMPORT}),
    "check_import": Row("contacts.create", path={"import_id": IMPORT}, body=COLUMNS),
    "start_import": Row("contacts.create", path={"import_id": IMPORT}, body=COLUMNS),
    "cancel_import": Row("contacts.create", path={"import_id": IMPORT}),
    "get_import_refusals": Row("contacts.create", path={"import_id": IMPORT}),
}

SEGMENT = What("segment")
ONE_SEGMENT = {"segment_id": SEGMENT}
ANYBODY = {"condition": {"rules": [{"field": "last_name", "operator": "is_not_empty"}]}}

CONDITIONS: Mapping[str, Row] = {
    "list_condition_fields": Row("contacts.view", query={"sequence_id": SEQUENCE}),
    "list_condition_values": Row("contacts.view", query={"field": "company"}),
    "match_condition": Row("contacts.view", body=ANYBODY),
    "list_segments": Row("contacts.view"),
    "create_segment": Row("contacts.create", body={**ANYBODY, "name": "New"}, ok=CREATED),
    "get_segment": Row("contacts.view", path=ONE_SEGMENT),
    "count_segment": Row("contacts.view", path=ONE_SEGMENT),
    "change_segment": Row("contacts.edit", path=ONE_SEGMENT, body=NAMED),
    "delete_segment": Row("contacts.delete", path=ONE_SEGMENT, ok=GONE),
}

SUPPRESSIONS: Mapping[str, Row] = {
    "list_suppressions": Row("suppressions.view"),
    "add_suppression": Row("suppressions.create", body={"address": "no@example.com"}, ok=CREATED),
    "import_suppressions": Row("suppressions.create", body={"addresses": "no@example.com"}),
    "explain_suppression": Row("suppressions.view", query={"address": "gone@zebra.test"}),
    "lift_suppression": Row(
        "suppressions.delete", path={"suppression_id": SUPPRESSION}, body={"reason": "They asked"}
    ),
}

ENROLLING_MANY: Mapping[str, Row] = {
    "get_enroll_options": Row("enrollments.create"),
    "preflight_enroll": Row("enrollments.create", body=ENROLLING, limited=OK),
    "list_preflight_contacts": Row(
        "enrollments.create", body={**ENROLLING, "answer": "enrolled"}, limited=OK
    ),
    "enroll_contacts": Row("enrollments.create", body=ENROLLING, limited=OK),
    "quick_enroll_contact": Row(
        "enrollments.create", path={"contact_id": CONTACT}, ok=REFUSED, limited=MISSING
    ),
    "undo_enroll": Row("enrollments.edit", body={"enrollment_ids": [ENROLLMENT]}, foreign=OK, limited=OK),
}

ROWS: Mapping[str, Row] = {
    **SEQUENCES,
    **ACCESS,
    **JOINING,
    **ENROLLMENTS,
    **DAILY,
    **NUMBERS,
    **SEEN,
    **TASKS,
    **WRITING,
    **INBOX,
    **CONTACTS,
    **IMPORTS,
    **CONDITIONS,
    **SUPPRESSIONS,
    **ENROLLING_MANY,
}
