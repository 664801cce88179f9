"""The live board of the demo, and what reached its invented people."""
