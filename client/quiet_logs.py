"""Logs that say what went wrong and never who, when an answer was given, or what: no addresses, agents, ids or content."""

import logging

LOUD = ("werkzeug", "waitress", "waitress.queue", "urllib3", "apscheduler", "pywebview", "alembic")


def quieten(level: int = logging.WARNING) -> None:
    """Let only our own words out, and of the libraries only what is beyond a warning."""
    logging.getLogger("client").setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def speak() -> None:
    """Write our own lines to the terminal: no date, so that a saved terminal does not tell when people came."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("client")
    logger.handlers = [handler]
    logger.propagate = False
