"""Who knows whom: this collector at its server, the pages at this collector."""
