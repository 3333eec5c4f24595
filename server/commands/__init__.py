"""What the commands of all rooms share: the app they work in, their language, and what they say of failures."""
