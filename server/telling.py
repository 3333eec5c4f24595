"""What a failed command says of failures that are not its own: the database's, the file system's, a mistake of ours."""

from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import STORE_FULL, Problem
from server.errors import problem_of
from server.quiet_logs import place, scrubbed


def sentence_of(error: Exception) -> str:
    """Tell a failure in one sentence, without the data that its message may quote."""
    if isinstance(error, Problem):
        return error.kind.title
    if isinstance(error, SQLAlchemyError):
        return _of_database(error)
    if isinstance(error, OSError):
        return scrubbed(f"{error.filename or 'A file or connection'}: {error.strerror or type(error).__name__}.")
    return f"This should not have happened: {type(error).__name__} at {place(error.__traceback__)}. Please report it."


def _of_database(error: SQLAlchemyError) -> str:
    problem = problem_of(error)
    if problem is None:
        return f"The database refused: {type(error).__name__} at {place(error.__traceback__)}. Nothing was changed."
    if problem.kind is STORE_FULL:
        return "The database's disk is full: make room and run this again. Nothing was changed."
    return "The database is locked, read-only or cannot be reached: see to it and run this again. Nothing was changed."
