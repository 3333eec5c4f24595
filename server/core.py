"""What every process of the server stands on, a command as much as a web server: settings, keys, clock, database.

Kept apart from routes and pages, which take seconds to load, so that commands answer at once.
"""

from server import database
from server.keys.keyring import Keyring
from server.quiet_logs import QuietFlask
from server.services import Services, offer
from server.settings import Settings
from sync.chance import Chance, SystemChance
from sync.clock import Clock, SystemClock

SYSTEM_CLOCK, SYSTEM_CHANCE = SystemClock(), SystemChance()


def create_core(settings: Settings, *, clock: Clock = SYSTEM_CLOCK, chance: Chance = SYSTEM_CHANCE) -> QuietFlask:
    """Put together what commands and jobs need. The keys have to be there; `langnghe-server init` makes them."""
    app = QuietFlask("server", template_folder="templates", static_folder="static")
    offer(app, Services(settings, clock, chance, Keyring.open(settings)))
    database.attach(app, settings)
    return app
