"""Pages for those who run the server: accounts, surveys, sites, campaigns, collectors, field work, the audit log."""
