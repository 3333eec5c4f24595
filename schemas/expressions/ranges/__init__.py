"""What expressions may come to, and what may be answered, as ranges of values: for lint, and for the bounds of averages."""
