"""Brackets read as numbers, from what is public alone."""
