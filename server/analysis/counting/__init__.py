"""From the lake to whole counts: items, axes, profiles."""
