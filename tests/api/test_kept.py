from drumbeat.api.board.kept import Kept


class Counting:
    """A clock and a question that takes `cost` seconds and answers how often it was asked."""

    def __init__(self, cost):
        self.now = 100.0
        self.cost = cost
        self.asked = 0

    def __call__(self):
        self.now += self.cost
        self.asked += 1
        return self.asked


def test_a_cheap_answer_is_never_kept():
    counting = Counting(cost=0.001)
    kept = Kept(lambda: counting.now)
    assert [kept.ask("totals", counting) for _ in range(3)] == [1, 2, 3]


def test_an_answer_is_kept_ten_times_as_long_as_it_took():
    counting = Counting(cost=0.1)
    kept = Kept(lambda: counting.now)
    assert kept.ask("totals", counting) == 1
    counting.now += 0.9
    assert kept.ask("totals", counting) == 1
    counting.now += 0.2
    assert kept.ask("totals", counting) == 2


def test_nothing_is_kept_longer_than_half_a_minute():
    counting = Counting(cost=60)
    kept = Kept(lambda: counting.now)
    kept.ask("totals", counting)
    counting.now += 30
    assert kept.ask("totals", counting) == 2


def test_answers_are_kept_apart_by_their_key():
    counting = Counting(cost=1)
    kept = Kept(lambda: counting.now)
    assert [kept.ask(("totals", workspace), counting) for workspace in (1, 2, 1)] == [1, 2, 1]
