"""How campaigns and sites are named: short, plain, the same on every device and in every file."""

import re

SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
