"""Reading mailboxes over IMAP: the way to the server (`server`, `session`) and a folder that is only looked at."""
