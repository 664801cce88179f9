"""Enrollments over HTTP: enrolling, listing, explaining, pausing and stopping."""
