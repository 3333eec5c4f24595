"""The central server: receives envelopes, opens them, and lets nothing out but releases."""
