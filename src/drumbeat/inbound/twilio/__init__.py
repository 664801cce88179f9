"""What Twilio posts: taken in at the door, read later by the worker, each form once and in any order."""
