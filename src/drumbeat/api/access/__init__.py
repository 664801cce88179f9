"""Who gets in: accounts, sessions, invitations, members, keys; and the audit log of it."""
