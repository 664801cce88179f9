"""Cards, working copies and files on SQLite and on PostgreSQL."""

from django.utils import timezone

from drumbeat.actions import sequences
from drumbeat.actions.sequences import cards as sequence_cards
from drumbeat.actions.sequences import files as sequence_files
from drumbeat.core.document import write_document
from drumbeat.models import Sequence
from tests.support import board as swing
from tests.support.office import a_mailbox, an_owner, two_mails

pytest_plugins = ["tests.support.installed"]


def test_a_card_says_the_same_on_both(installation):
    owner, now = an_owner(), timezone.now()
    sender = a_mailbox(owner)
    sequence = swing.a_sequence(owner, two_mails(), now)
    draft = sequences.create(owner, "Draft", now, document=write_document(two_mails()))
    people = [swing.an_enrollment(sequence, swing.a_person(owner, n, now), now) for n in range(3)]
    swing.a_sent_mail(people[0], sender, now)
    swing.an_answer(people[0], now)
    swing.a_touch(people[1], sender, now)
    for sort in sequence_cards.ORDERS:
        rows, order = sequence_cards.find(owner, sort=sort)
        found = list(rows.order_by(*order))
        cards = {
            card.row.pk: card for card in sequence_cards.of(owner, found, sequence_cards.reach(owner), now)
        }
        assert cards.keys() == {sequence.pk, draft.pk}
    card = cards[sequence.pk]
    assert (card.counts.active, card.counts.unenrolled) == (2, 1)
    assert (card.reach.sent, card.reach.replied) == (1, 1)
    assert card.health.code == "next_send"
    assert card.next_send_at == now
    assert sequence_cards.totals(owner, now).people_active == 2


def test_a_file_is_applied_once_on_both(installation):
    owner, now = an_owner(), timezone.now()
    a_mailbox(owner)
    text = sequence_files.export(
        owner, sequences.create(owner, "Hello", now, document=write_document(two_mails())).pk
    ).text.replace("name: Hello", "name: New")
    assert sequence_files.apply(owner, text, now, activate=True).change == "created"
    assert sequence_files.apply(owner, text, now, activate=True).change == "unchanged"
    assert Sequence.objects.get(name="New").status == "active"
