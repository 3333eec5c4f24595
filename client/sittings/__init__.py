"""What pages of a sitting ask of the collector: surveys to show, a place for envelopes and counts."""
