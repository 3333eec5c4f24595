"""What the outside may know of a count: its bracket."""
