"""A Twilio of our own, over real HTTP on this machine: the demo and the tests text and call with it."""
