"""A living demo workspace: invented contacts that answer, bounce and book, over real SMTP on this machine."""
