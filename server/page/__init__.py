"""The built page that workers and staff see, and the plain pages that say what went wrong."""
