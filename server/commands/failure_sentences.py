"""What a failed command says of failures that are not its own: the database's, the file system's, a mistake of ours."""

import errno
import re

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from schemas.problems import STORE_FULL, Problem
from server.quiet_logs import place, scrubbed
from server.web.errors import problem_of


def sentence_of(error: Exception) -> str:
    """Tell a failure in one sentence, without the data that its message may quote."""
    if isinstance(error, Problem):
        return error.kind.title
    if isinstance(error, SQLAlchemyError):
        return _of_database(error)
    if isinstance(error, OSError):
        return _of_file(error)
    return f"This should not have happened: {type(error).__name__} at {place(error.__traceback__)}. Please report it."


WHAT_TO_DO = {
    errno.EACCES: "This account has no right to it: give it the right (chown, chmod), or run this as the account that the files belong to.",
    errno.ENOSPC: "Make room on its disk and run this again.",
    errno.EDQUOT: "Make room for this account on its disk and run this again.",
    errno.EROFS: "Its disk is mounted for reading only: have it mounted for writing, or name another place.",
    errno.ENOENT: "Make its folder, or name another place.",
    errno.EISDIR: "Name a file in it.",
}
"""What helps with a file that cannot be used, by the number of the failure."""
WHAT_TO_DO[errno.EPERM] = WHAT_TO_DO[errno.EACCES]


def _of_file(error: OSError) -> str:
    said = scrubbed(f"{error.filename or 'A file or connection'}: {error.strerror or type(error).__name__}.")
    return f"{said} {WHAT_TO_DO.get(error.errno or 0, '')}".rstrip()


def _of_database(error: SQLAlchemyError) -> str:
    problem = problem_of(error)
    if problem is not None and problem.kind is STORE_FULL:
        return "The database's disk is full: make room and run this again. Nothing was changed."
    why = "" if isinstance(error, IntegrityError | DataError) else _why_out_of_reach(error)  # their messages quote rows
    if not why and problem is None:
        why = f"The database refused: {type(error).__name__} at {place(error.__traceback__)}."
    return f"{why or 'The database cannot be reached or written: see to it and run this again.'} Nothing was changed."


REASONS = (
    (r"locked|lock timeout|55P03", "The database is locked by another program: end what holds it and run this again."),
    (
        r"password authentication failed|no password supplied|28P01",
        "The database refuses the password in database_url: put the right one there.",
    ),
    (
        r"role \"[^\"]*\" does not exist|user name specified",
        "The database knows no such user as database_url names: make it (CREATE ROLE … LOGIN) or name another.",
    ),
    (
        r"database \"[^\"]*\" does not exist|3D000",
        "The database server has no database of the name in database_url: make it (createdb) or name another.",
    ),
    (
        r"no pg_hba\.conf entry",
        "The database server lets nobody in from this machine: add a line for it to pg_hba.conf, or ask for encryption.",
    ),
    (
        r"translate host name|resolve host|name or service not known|getaddrinfo|nodename nor servname",
        "The server name in database_url is not known: check how it is spelled, and this machine's name resolution.",
    ),
    (
        r"connection refused|no such file or directory|is the server running",
        "Nobody answers at the address and port in database_url: check both, and that PostgreSQL runs and listens there.",
    ),
    (
        r"timeout|timed out|no route to host|network is unreachable",
        "The machine in database_url cannot be reached: check its address, the network and firewalls between.",
    ),
    (
        r"not currently accepting connections|starting up|shutting down|too many clients|remaining connection slots",
        "The database server takes no connection just now: try again in a while, or see to it.",
    ),
    (
        r"permission denied|42501",
        "The database's user has no right to do this: give it the database (ALTER DATABASE … OWNER TO …) or name another user.",
    ),
    (
        r"unable to open database file",
        "The database's file cannot be opened: check that its folder exists and belongs to this account.",
    ),
    (
        r"read-?only",
        "The database can be read but not written: check whose file it is, or whether this is a standby server.",
    ),
    (r"not a database|malformed", "The database's file is damaged or is no database: restore it from your backup."),
    (
        r"already exists|42P07|no such (?:table|column)|42P01|42703|duplicate column|42701",
        "The tables in the database are not those of any version of Lắng Nghe: name a database that no other program uses, or "
        "restore yours from your backup.",
    ),
)
"""What a database's own message says, and what we say of it: the message itself may quote names, addresses and rows."""


def _why_out_of_reach(error: SQLAlchemyError) -> str:
    """Say what the database's own message means; nothing where none of ours fits."""
    original = getattr(error, "orig", None)
    message = f"{original} {getattr(original, 'sqlstate', '') or ''}"
    for pattern, sentence in REASONS:
        if re.search(pattern, message, re.IGNORECASE):
            return sentence
    return ""
