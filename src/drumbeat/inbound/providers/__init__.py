"""What email service providers tell: calls that prove who makes them, kept, and what follows from them."""
