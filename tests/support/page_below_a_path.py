"""One origin with two installations, as a web server in front makes it: one at the root, one below a path that it takes away."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from schemas.survey import Survey
from tests.support.page_hop import PageHop, hop_app

PATH = "/khao-sat/can-bo"


@contextmanager
def two_on_one_origin(survey: Survey) -> Iterator[tuple[PageHop, PageHop]]:
    """Two hops that know nothing of each other, the one at the root first."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    root, below = PageHop(survey), PageHop(survey)
    front = DispatcherMiddleware(hop_app(root), {PATH: hop_app(below)})
    server = make_server("127.0.0.1", 0, front, threaded=True)
    root.address = f"http://127.0.0.1:{server.server_port}"
    below.address = root.address + PATH
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield root, below
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
