"""How a number stands with carriers: the words that are stored and shown."""

from drumbeat.core.numbers import Registration


def test_the_words_fit_their_column_and_the_first_is_that_of_a_new_number():
    assert [word.value for word in Registration] == ["", "pending", "registered", "refused"]
    assert max(len(word) for word in Registration) <= 20
