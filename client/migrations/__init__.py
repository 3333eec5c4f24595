"""How the collector's database came to look as it does, step by step."""
