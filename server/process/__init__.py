"""The processes of a server: those that answer, the one that runs the jobs, and the commands that set up and examine it."""
