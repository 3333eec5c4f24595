"""Figures with their intervals, made from readings."""
