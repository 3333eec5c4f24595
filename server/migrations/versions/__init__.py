"""One file for each step; a name says what exists after it."""
