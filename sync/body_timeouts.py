"""Times within which a request has to arrive, for servers that listen with waitress, however it trickles.

A connection that waits holds no thread; it is looked at about once a second, and answered 408 with a problem document when its time
is over. One that has sent nothing is closed without an answer.
"""

import json
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import BadRequest

from schemas import problems
from schemas.problems import Kind, Problem

KINDS_BY_STATUS = {408: problems.REQUEST_TIMEOUT, 413: problems.REQUEST_TOO_LARGE, 500: problems.SERVER_FAILED}


class RequestTooSlow(BadRequest):  # type: ignore[misc]
    """A request that did not arrive whole in its time."""

    code = 408
    reason = "Request Timeout"


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """Answers what is no request, or none in time, with a problem document, and hangs up."""

    headers: ClassVar[Mapping[str, str]] = {}
    """What stands above the document besides its type."""

    def execute(self) -> None:
        """Write the document."""
        error = self.request.error
        content = json.dumps(Problem(self.kind_of(error)).document()).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend([("Content-Type", "application/problem+json"), *self.headers.items()])
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)

    def kind_of(self, error: Any) -> Kind:
        """Give the kind of problem of waitress's error."""
        return KINDS_BY_STATUS.get(error.code, problems.REQUEST_MALFORMED)


class TimedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests have `channel_timeout` seconds of the server's adjustments to arrive, from their first byte on."""

    error_task_class = ProblemTask
    header_seconds: ClassVar[float | None] = None
    """How much of this time the header may take; all of it unless it is said."""
    idle_seconds: ClassVar[float | None] = None
    """How long a connection may wait without sending; as long as for a request unless it is said."""
    request: Any
    _since: float | None = None
    _has_begun = False

    def readable(self) -> bool:
        """Asked by the loop about once a second, and whenever something happens. A server that stops reads no further requests."""
        with self.requests_lock:
            if self.requests or self.total_outbufs_len:
                self._since = None  # somebody works on it, or it is being answered
            elif self._since is None or self._has_begun != (self.request is not None):
                self._since, self._has_begun = time.monotonic(), self.request is not None
            elif time.monotonic() - self._since > self._seconds_allowed():
                self._give_up()
        return bool(self.server.accepting and super().readable())

    def _seconds_allowed(self) -> float:
        own = None
        if self.request is None:
            own = self.idle_seconds
        elif not self.request.headers_finished:
            own = self.header_seconds
        return float(self.adj.channel_timeout if own is None else own)

    def _give_up(self) -> None:
        late, self.request, self._since = self.request, None, None
        if late is None:
            self.will_close = True
            return
        late.error, late.completed = RequestTooSlow("The request did not arrive in time."), True
        self.requests.append(late)
        self.server.add_task(self)
