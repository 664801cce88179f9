"""What a person, or his mail program in his place, says in an answer. Rules over tables of words, no model."""
