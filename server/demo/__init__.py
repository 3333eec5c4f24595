"""The main job end to end on one machine: two sites, a tablet, workers, a network that fails, and results at the end."""
