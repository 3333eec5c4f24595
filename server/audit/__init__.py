"""The audit log: who changed what on this server, in a chain that shows when an entry was altered."""
