"""What holds for every request: addresses, limits, headers, languages, and how failures are answered."""
