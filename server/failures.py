"""A failure told in one sentence that says what to do next: on the command line all that is printed of it."""


class Failure(Exception):
    """What could not be done, in a sentence for a person. Carries no answer, token or key."""
