"""Installations that may deliver: invited by a code, known by a token, revoked by a command."""
