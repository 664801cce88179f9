"""Mail: the message as bytes (`mime`), and the way it leaves (`smtp`)."""
