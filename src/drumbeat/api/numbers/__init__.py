"""Accounts at Twilio and the numbers that text, write on WhatsApp and call."""
