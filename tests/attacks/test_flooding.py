"""Whoever stole one token can seal as many answers as they like: a site still gives no more than its headcount and a fifth (A10)."""

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.database import session, transaction
from server.fieldwork.tables import Allowance, CampaignSite, Site
from server.intake.opening import OpeningReport, open_envelopes
from server.intake.quarantine import put_back, reasons
from server.intake.tables import InboxRow, Quarantined, Response
from server.process.setting_up import set_up
from server.services import services
from sync.identifiers import new_id
from sync.sealing import seal_bytes
from tests.support import server_app
from tests.support.command import Command
from tests.support.running_campaign import CAMPAIGN, CHANCE, World, make_world

SITE, PEOPLE, BOUND = "to-sua", 10, 12


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign, on each kind of database."""
    return make_world(app)


def open_now(world: World) -> OpeningReport:
    with world.app.app_context():
        return open_envelopes(services())


def held(world: World) -> dict[str, int]:
    with world.app.app_context():
        return {reason: number for (_, reason), number in reasons(session()).items()}


def at_the_site(world: World) -> int:
    return sum(row.site_id == SITE for row in world.rows(Response))


def test_a_thousand_answers_of_one_token_are_held_and_none_is_dropped(world: World, client: FlaskClient) -> None:
    world.collect(client, [*world.sealed(1000, site=SITE), *world.sealed(20, site="may-10")])
    assert open_now(world) == OpeningReport(opened=BOUND + 20, quarantined=1000 - BOUND)
    assert held(world) == {f"quota.site_full {SITE}": 1000 - BOUND}


def test_the_bound_holds_over_pools_collectors_and_links_together(world: World, client: FlaskClient) -> None:
    for start in (0, 5):
        world.collect(client, world.sealed(5, start=start, site=SITE))
        open_now(world)
    phone = {"Authorization": f"Link {world.link}"}
    assert world.send(client, world.sealed(8, start=10, site=SITE), **phone).status_code == 200
    assert open_now(world) == OpeningReport(opened=2, quarantined=6)
    assert at_the_site(world) == BOUND


def test_chance_chooses_whom_it_holds_and_not_the_order_of_ids_or_of_arrival(world: World, client: FlaskClient) -> None:
    """A flood under ids that sort before all others, and brought before all others, does not push honest people out."""
    kept: Counter[str] = Counter()
    for round_ in range(6):
        site = f"xuong-{round_}"
        with world.app.app_context(), transaction() as writing:
            writing.add(Site(id=site, name=site, unit_id="tinh", women=10, men=0))
            writing.flush()
            writing.add(CampaignSite(campaign_id=CAMPAIGN, site_id=site))
        flood = [
            seal_bytes(
                world.document(n, site=site, language="en").to_json(),
                CAMPAIGN,
                world.key,
                envelope_id=f"----{new_id(CHANCE)[4:]}",
            )
            for n in range(12)
        ]
        honest = world.sealed(12, site=site)
        world.collect(client, flood)
        world.collect(client, honest)
        open_now(world)
    for row in world.rows(Response):
        kept[row.language] += 1
    assert kept.total() == 6 * BOUND
    assert 18 <= kept["vi"] <= 54  # 36 are expected, within five standard deviations


def test_what_is_held_names_no_envelope_that_came(world: World, client: FlaskClient) -> None:
    envelopes = world.sealed(20, site=SITE)
    world.collect(client, envelopes)
    open_now(world)
    assert not {row.envelope_id for row in world.rows(Quarantined)} & {one.id for one in envelopes}


def test_trying_again_does_not_get_around_the_bound(world: World, client: FlaskClient) -> None:
    world.collect(client, world.sealed(20, site=SITE))
    open_now(world)
    with world.app.app_context(), transaction() as writing:
        assert put_back(writing) == 8
    assert open_now(world) == OpeningReport(quarantined=8)


def test_a_headcount_that_was_mended_lets_them_in(world: World, client: FlaskClient) -> None:
    world.collect(client, world.sealed(20, site=SITE))
    open_now(world)
    with world.app.app_context(), transaction() as writing:
        writing.get_one(Site, SITE).men += 10
        put_back(writing)
    assert open_now(world) == OpeningReport(opened=8)


def test_a_site_without_a_headcount_gives_a_hundred(world: World, client: FlaskClient) -> None:
    with world.app.app_context(), transaction() as writing:
        site = writing.get_one(Site, SITE)
        site.women = site.men = 0
    world.collect(client, world.sealed(110, site=SITE))
    assert open_now(world) == OpeningReport(opened=100, quarantined=10)


@pytest.fixture
def database_of_commands(tmp_path: Path) -> World:
    settings = server_app.make_settings(tmp_path, "")
    set_up(settings, "lan", "mot mat khau dai")
    return make_world(server_app.create_app(settings))


def test_an_administrator_sees_the_surplus_and_lets_it_in_with_a_reason(
    database_of_commands: World, tmp_path: Path
) -> None:
    world = database_of_commands
    run = Command(tmp_path, world.app.extensions["langnghe"].settings.database_url)
    world.collect(world.app.test_client(), world.sealed(20, site=SITE))
    assert "quarantined 8" in run.works("open-envelopes")
    assert {one["reason"] for one in run.tells("quarantine", "list")} == {f"quota.site_full {SITE}"}
    assert f"8 responses of campaign {CAMPAIGN} are held: more came for site {SITE}" in run.run("doctor").stdout
    release = ("quarantine", "release", CAMPAIGN, SITE)
    assert "no account" in run.fails(*release, "--by", "nobody", "--reason", "x")
    assert "reason" in run.fails(*release, "--by", "lan", "--reason", " ")
    assert "Nothing is held" in run.fails("quarantine", "release", CAMPAIGN, "may-10", "--by", "lan", "--reason", "x")
    assert run.tells(*release, "--by", "Lan", "--reason", "Ca đêm chưa tính") == {"waiting": 8}
    assert run.tells("open-envelopes") == {"opened": 8, "quarantined": 0, "waiting": 0}
    (decision,) = world.rows(Allowance)
    assert (decision.site_id, decision.number, decision.account, decision.reason) == (
        SITE,
        8,
        "lan",
        "Ca đêm chưa tính",
    )
    assert world.count(InboxRow) == 0
    server_app.close(world.app)
