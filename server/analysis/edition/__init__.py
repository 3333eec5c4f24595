"""What an edition holds and how it is made, stored and read."""
