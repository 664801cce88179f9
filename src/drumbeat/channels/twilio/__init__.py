"""Texts, WhatsApp messages and calls over Twilio, by its own library, which is loaded with the first of them."""
