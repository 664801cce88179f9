"""The workspace over HTTP: settings, saved views, doctor, emergency stop."""
