"""Who is counted together: groups of at least k people, never fewer new ones than k."""
