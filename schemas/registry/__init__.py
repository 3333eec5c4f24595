"""The registry: laws, targets, help lines and lists as dated entries, and what reads them. Start at reader."""
