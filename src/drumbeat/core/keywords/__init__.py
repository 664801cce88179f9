"""The words by which people steer text messages: STOP, START, HELP. Tables of words, and how they are read."""
