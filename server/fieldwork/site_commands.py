"""`site`: workplaces with their headcounts."""

from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import select

from server.commands.command_line import as_json, at_work, print_json, print_list
from server.commands.translation import as_item, headed, speaking, translated
from server.database import session, transaction
from server.fieldwork.site_import import import_sites
from server.fieldwork.tables import Site
from server.site_table import CannotImport


@click.group()
def site() -> None:
    """Sites: workplaces under a unit, with their headcounts by gender.

    \b
    Example:
      langnghe-server site import sites.csv
    """  # noqa: D301


@site.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@as_json
@speaking
def import_table(path: Path, as_json: bool) -> None:
    """Take in a table of sites: all of it, or nothing and every fault in it.

    The file is CSV, or an .xlsx whose first sheet is read. The columns are site, name, unit, women, men; and where
    wanted unit_name, unit_level, unit_parent. Comma, semicolon or tab divide them in CSV; Vietnamese headings are
    understood. A site that is known already is brought up to date.

    \b
    Example:
      langnghe-server site import sites.csv
    """  # noqa: D301
    with at_work():
        try:
            with transaction() as writing:
                done = import_sites(writing, path)
        except CannotImport as refused:
            for fault in refused.faults:
                click.echo(as_item(str(fault)), err=True)
            raise
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(
            translated("New sites: {sites_new}, changed: {sites_changed}; new units: {units_new}.", **asdict(done))
        )


@site.command("list")
@as_json
@speaking
def list_sites(as_json: bool) -> None:
    """List all sites.

    \b
    Example:
      langnghe-server site list
    """  # noqa: D301
    with at_work():
        rows = [
            {"site": one.id, "name": one.name, "unit": one.unit_id, "women": one.women, "men": one.men}
            for one in session().scalars(select(Site).order_by(Site.id))
        ]
    nothing = translated("There is no site yet. Import some: langnghe-server site import FILE.csv")
    print_list(headed(("site", "name", "unit", "women", "men")), rows, as_json=as_json, nothing=nothing)
