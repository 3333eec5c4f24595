"""Where the running app keeps its forwarding job, if it has one: a `sync` by hand has none."""

from flask import Flask, current_app

from client.background.forwarding import Forwarder
from client.background.scheduling import ForwardingJob
from client.services import EXTENSION, Services

PLACE = f"{EXTENSION}.forwarding"


def start_forwarding(app: Flask) -> ForwardingJob:
    """Forward in the background from now on."""
    parts: Services = app.extensions[EXTENSION]
    job = ForwardingJob(Forwarder(parts), parts.settings, parts.clock, parts.chance)
    app.extensions[PLACE] = job
    job.start()
    return job


def forwarding_job() -> ForwardingJob | None:
    """The job of the app that answers this request."""
    job: ForwardingJob | None = current_app.extensions.get(PLACE)
    return job
