"""What comes in: the mail listener, which touch a mail answers, and what follows from it."""
