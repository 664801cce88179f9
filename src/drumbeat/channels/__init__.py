"""Ways out: plain values in, a receipt or a refusal out.

No ORM, no Django, no decision about when or whether to send: that is the engine's.
"""
