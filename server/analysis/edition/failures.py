"""What keeps an edition from being made, by code, in sentences for whoever runs the server."""

FAILURES = {
    "behind": "Its editions were made on a newer database: see `langnghe-server edition accept-restore`.",
    "busy": "Envelopes are being opened just now; the next run makes the edition.",
    "lagging": "Responses were opened that the lake does not hold yet: see to the disk or the object store. Every opening of envelopes "
    "builds its files anew, and editions go on by themselves.",
    "lake": "The lake could not be read or written: see to the disk, then `langnghe-server lake rebuild`.",
    "engine": "The engine that counts failed: see the log and `langnghe-server doctor`.",
    "internal": "Something in this program failed: the log names the place.",
}
"""What went wrong, by code; the last whole edition stays readable."""
