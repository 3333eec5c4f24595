"""People who sign in: who they are, what they may do, and how guessing is slowed down."""
