"""What the collector keeps: envelopes that wait, counts, the surveys of the day; SQLite and a few files."""
