"""Suppressing closes every way to an address at once; what a person said is not lifted lightly."""

import pytest

from drumbeat.actions import suppressions
from drumbeat.actions.opt_outs import unsubscribe
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactFact, Event, Role, Suppression
from drumbeat.store.marks import address_hash
from drumbeat.store.suppressions import suppressed
from tests.support.outreach import ADDRESS, NOW, a_contact, a_member, a_touch, an_enrollment, an_outreach
from tests.support.outreach import a_sequence as another_sequence

pytestmark = pytest.mark.django_db

BASE = "kimlee@example.com"


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.fixture
def admin(outreach):
    return outreach.owner


def the_row(**more):
    return Suppression.objects.get(**more)


def in_force(outreach):
    return suppressed(outreach.workspace.pk, [address_hash(BASE)])


class TestAdding:
    def test_it_withholds_what_has_not_left_and_wakes_the_enrollment(self, outreach, admin):
        suppressions.add(admin, ADDRESS, NOW)

        outreach.planned.refresh_from_db()
        outreach.enrollment.refresh_from_db()
        assert outreach.planned.vetoed_at == NOW
        assert outreach.enrollment.woken_at == NOW

    def test_every_spelling_of_an_address_is_the_same(self, outreach, admin):
        first = suppressions.add(admin, " Kim.Lee+news@Example.com ", NOW)
        again = suppressions.add(admin, "kimlee@example.com", NOW)

        assert first == again
        assert in_force(outreach)

    def test_no_row_shows_the_address(self, admin):
        row = suppressions.add(admin, ADDRESS, NOW)

        assert "kim" not in row.hash
        assert len(row.hash) == 64

    def test_a_number_is_suppressed_like_an_address(self, admin):
        row = suppressions.add(admin, "+44 20 7946 0958", NOW, channel="sms", reason="stop")

        assert row.hash == address_hash("+442079460958")

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            pytest.param({"address": "kim at example"}, "phone_invalid", id="neither address nor number"),
            pytest.param({"address": "kim@@example.com"}, "address_invalid", id="a broken address"),
            pytest.param({"channel": "fax"}, "channel_unknown", id="no such channel"),
            pytest.param({"reason": "because"}, "reason_unknown", id="no such reason"),
        ],
    )
    def test_what_is_refused(self, admin, words, code):
        with pytest.raises(DomainError) as refused:
            suppressions.add(admin, **({"address": ADDRESS, "now": NOW} | words))

        assert refused.value.code == code
        assert not Suppression.objects.exists()

    def test_a_rep_may_not(self, outreach):
        with pytest.raises(DomainError) as refused:
            suppressions.add(outreach.rep, ADDRESS, NOW)

        assert refused.value.code == "not_permitted"


class TestImporting:
    def test_lines_are_counted_and_what_is_no_address_is_named_by_its_line(self, outreach, admin):
        suppressions.add(admin, "old@example.com", NOW, reason="import")

        done = suppressions.add_many(admin, [ADDRESS, "", "old@example.com", "not one", ADDRESS.upper()], NOW)

        assert (done.added, done.already) == (1, 1)
        assert [(one.line, one.text) for one in done.refused] == [(4, "not one")]
        outreach.planned.refresh_from_db()
        assert outreach.planned.vetoed_at == NOW

    def test_statements_do_not_grow_with_the_list(self, admin, django_assert_num_queries):
        with django_assert_num_queries(6):  # savepoint, count, insert, open touches, audit, release
            suppressions.add_many(admin, [f"a{n}@example.com" for n in range(suppressions.CHUNK)], NOW)

        assert Suppression.objects.count() == suppressions.CHUNK

    def test_a_fault_leaves_nothing_behind(self, admin, monkeypatch):
        real, calls = suppressions._add_chunk, []

        def second_fails(*args):
            calls.append(args)
            if len(calls) == 2:
                raise RuntimeError("power cut")
            return real(*args)

        monkeypatch.setattr(suppressions, "CHUNK", 1)
        monkeypatch.setattr(suppressions, "_add_chunk", second_fails)
        with pytest.raises(RuntimeError):
            suppressions.add_many(admin, ["a@example.com", "b@example.com"], NOW)

        assert not Suppression.objects.exists()

    def test_a_list_above_the_limit_is_refused_whole(self, admin, monkeypatch):
        monkeypatch.setattr(suppressions, "MOST_AT_ONCE", 2)
        with pytest.raises(DomainError) as refused:
            suppressions.add_many(admin, iter(f"a{n}@example.com" for n in range(3)), NOW)

        assert refused.value.code == "too_many_addresses"
        assert not Suppression.objects.exists()


class TestLifting:
    @pytest.mark.parametrize(
        ("reason", "role", "why", "code"),
        [
            pytest.param("manual", Role.MANAGER, "", None, id="a manager lifts what a member added"),
            pytest.param("hard_bounce", Role.MANAGER, "", None, id="and a bounce"),
            pytest.param("manual", Role.REP, "", "not_permitted", id="a rep lifts nothing"),
            pytest.param(
                "unsubscribe", Role.MANAGER, "asked", "not_permitted", id="an unsubscribe: no manager"
            ),
            pytest.param(
                "complaint", Role.ADMIN, "  ", "reason_missing", id="a complaint: not without a reason"
            ),
            pytest.param("unsubscribe", Role.ADMIN, "asked by mail", None, id="an admin with a reason may"),
            pytest.param("stop", Role.ADMIN, "sent UNSTOP", None, id="also a STOP"),
        ],
    )
    def test_who_may_lift_what(self, outreach, admin, reason, role, why, code):
        row = suppressions.add(admin, ADDRESS, NOW, reason=reason)
        asker = a_member(outreach.workspace, "asker", role)

        if code is None:
            lifted = suppressions.lift(asker, row.pk, NOW, reason=why)
            assert (lifted.lifted_at, lifted.lifted_by, lifted.lifted_reason) == (NOW, "asker", why)
            assert not in_force(outreach)
        else:
            with pytest.raises(DomainError) as refused:
                suppressions.lift(asker, row.pk, NOW, reason=why)
            assert refused.value.code == code
            assert in_force(outreach)

    def test_the_row_stays_and_the_address_can_be_suppressed_again(self, outreach, admin):
        row = suppressions.add(admin, ADDRESS, NOW)
        suppressions.lift(admin, row.pk, NOW)
        suppressions.add(admin, ADDRESS, NOW)

        assert Suppression.objects.count() == 2
        assert in_force(outreach)

    @pytest.mark.parametrize("workspace", ["theirs", None])
    def test_rows_of_others_and_of_the_installation_are_out_of_reach(self, admin, workspace):
        owner = an_outreach("Theirs", sender="rep@theirs.test").owner if workspace else None
        row = Suppression.objects.create(
            workspace=owner.workspace if owner else None, hash="x", reason="manual", created_at=NOW
        )

        with pytest.raises(DomainError) as refused:
            suppressions.lift(admin, row.pk, NOW)

        assert refused.value.code == "not_found"


class TestLookingUp:
    def test_an_address_that_is_asked_for_is_found_in_any_spelling(self, outreach, admin):
        row = suppressions.add(admin, ADDRESS, NOW)
        suppressions.add(admin, "else@example.com", NOW)

        assert suppressions.listed(outreach.rep, address="KIMLEE+x@example.com") == [row]

    def test_the_list_is_paged_newest_first_without_what_was_lifted(self, admin):
        rows = [suppressions.add(admin, f"a{n}@example.com", NOW) for n in range(4)]
        suppressions.lift(admin, rows[2].pk, NOW)

        first = suppressions.listed(admin, limit=2)
        rest = suppressions.listed(admin, limit=2, before_id=first[-1].pk)

        assert [*first, *rest] == [rows[3], rows[1], rows[0]]

    def test_reasons_narrow_it_and_other_workspaces_stay_out(self, admin):
        suppressions.add(admin, "a@example.com", NOW)
        bounced = suppressions.add(admin, "b@example.com", NOW, reason="hard_bounce")
        theirs = an_outreach("Theirs", sender="rep@theirs.test").owner
        suppressions.add(theirs, "c@example.com", NOW, reason="hard_bounce")

        assert suppressions.listed(admin, reason="hard_bounce") == [bounced]


class TestUnsubscribing:
    def test_from_all_ends_every_enrollment_and_holds_for_the_address(self, outreach):
        done = unsubscribe(outreach.workspace.pk, outreach.contact.pk, NOW, source="unsubscribe_page")

        assert done
        assert (the_row().channel, the_row().reason, the_row().scope) == ("email", "unsubscribe", "")
        assert ContactFact.objects.get(kind="opted_out").scope == ""
        assert Event.objects.get(kind="opted_out").contact == outreach.contact
        outreach.planned.refresh_from_db()
        assert outreach.planned.vetoed_at == NOW

    def test_saying_it_again_changes_nothing(self, outreach):
        for _ in range(2):
            unsubscribe(outreach.workspace.pk, outreach.contact.pk, NOW, source="unsubscribe_page")

        assert Suppression.objects.count() == 1
        assert Event.objects.count() == 1
        assert ContactFact.objects.get(kind="opted_out").count == 1

    def test_saying_it_again_after_it_was_lifted_counts_again(self, outreach, admin):
        ids = (outreach.workspace.pk, outreach.contact.pk)
        unsubscribe(*ids, NOW, source="unsubscribe_page")
        suppressions.lift(admin, the_row().pk, NOW, reason="asked by mail")

        assert unsubscribe(*ids, NOW, source="unsubscribe_page")
        assert in_force(outreach)

    def test_from_one_sequence_leaves_the_others_running(self, outreach):
        other = another_sequence(outreach.workspace, "Other")
        running = an_enrollment(other, outreach.contact)
        untouched = a_touch(running, outreach.sender, "hello")

        unsubscribe(
            outreach.workspace.pk,
            outreach.contact.pk,
            NOW,
            source="unsubscribe_page",
            sequence_id=outreach.sequence.pk,
        )

        scope = f"sequence:{outreach.sequence.pk}"
        assert the_row().scope == scope
        assert ContactFact.objects.get(kind="opted_out").scope == scope
        for row in (outreach.enrollment, outreach.planned, running, untouched):
            row.refresh_from_db()
        assert (outreach.enrollment.woken_at, outreach.planned.vetoed_at) == (NOW, NOW)
        assert (running.woken_at, untouched.vetoed_at) == (None, None)

    def test_an_enrollment_that_waits_without_a_touch_is_woken_too(self, outreach):
        outreach.planned.delete()

        unsubscribe(
            outreach.workspace.pk, outreach.contact.pk, NOW, source="x", sequence_id=outreach.sequence.pk
        )

        outreach.enrollment.refresh_from_db()
        assert outreach.enrollment.woken_at == NOW

    def test_a_contact_that_is_gone_or_of_another_workspace_changes_nothing(self, outreach):
        stranger = a_contact(an_outreach("Theirs", sender="r@theirs.test").workspace, "x@example.com")

        assert not unsubscribe(outreach.workspace.pk, stranger.pk, NOW, source="x")
        assert not unsubscribe(outreach.workspace.pk, 10**9, NOW, source="x")
        assert not Suppression.objects.exists()
