"""What is published: every version of every survey, forever as it was."""
