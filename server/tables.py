"""Every table of every room, for migrations and for tests; importing it is what makes `Base.metadata` whole."""

from server.accounts import tables as accounts
from server.analysis.edition import tables as edition
from server.audit import tables as audit
from server.collectors import tables as collectors
from server.fieldwork import tables as fieldwork
from server.intake import tables as intake
from server.keys import installation
from server.surveys import tables as surveys

ROOMS = (installation, audit, accounts, collectors, surveys, fieldwork, intake, edition)
