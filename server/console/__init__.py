"""The console: what analysts and administrators see. It formats releases and never meets a response."""
