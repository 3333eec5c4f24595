"""Transport: sealing, framing, and carrying envelopes from hop to hop, at least once on the wire, exactly once in the store."""
