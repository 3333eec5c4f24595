"""What this collector holds and how it stands, as one report for people and programs. Counts only."""

from dataclasses import asdict
from typing import Any

from client.background.last_turn import LastTurnFile
from client.services import Services
from client.storage import counting
from client.storage.counting import Counts
from client.storage.opening import set_aside_files


def report(parts: Services) -> dict[str, Any]:
    """Counts by campaign that add up, the reasons of refusals, the server and the last turn."""
    with parts.database.reading() as session:
        by_campaign = counting.count(session)
        refusals = counting.refusals(session)
    known = parts.campaigns.current.known
    upstream = parts.upstream.read()
    total = sum(by_campaign.values(), Counts())
    last_turn = LastTurnFile(parts.settings.home / "condition.json").read()
    return {
        "name": parts.name,
        "campaigns": [
            {"campaign": name, "title": dict(known[name].title) if name in known else {}, **asdict(counts)}
            for name, counts in by_campaign.items()
        ],
        "total": asdict(total),
        "adds_up": all(counts.adds_up for counts in by_campaign.values()),
        "refusals": refusals,
        "tallies_waiting": len(parts.tallies.unheard()),
        "tallies_refused": parts.tallies.refusals(),
        "campaigns_unreadable": parts.campaigns.current.unreadable,
        "server": None if upstream is None else {"url": upstream.url, "name": upstream.server},
        "forwarding": {**asdict(last_turn), "sentence": last_turn.sentence},
        "set_aside": [path.name for path in set_aside_files(parts.settings.database)],
    }


def lines(report: dict[str, Any], language: str = "vi") -> list[str]:
    """The report for a terminal."""
    head = f"{'campaign':<32}{'collected':>10}{'waiting':>10}{'sent':>10}{'refused':>10}"
    rows = [*report["campaigns"], {"campaign": "all", "title": {}, **report["total"]}]
    server = report["server"]
    return [
        f"This collector: {report['name']}",
        f"Server: {server['name']} at {server['url']}"
        if server
        else "Server: none. Enrol with a code from the server.",
        f"Forwarding: {report['forwarding']['sentence']} Last success: {report['forwarding']['succeeded'] or 'never'}.",
        "",
        head,
        *(_row(row, language) for row in rows),
        *(f"  refused as {code}: {number}" for code, number in report["refusals"].items()),
        *([] if report["adds_up"] else ["The counts do not add up: run `langnghe-collector doctor`."]),
        *warnings(report),
        *([f"Tallies not yet told: {report['tallies_waiting']}"] if report["tallies_waiting"] else []),
        *(f"A damaged database was set aside as {name}: keep it." for name in report["set_aside"]),
    ]


def warnings(report: dict[str, Any]) -> list[str]:
    """What people must know beyond the counts, each in a sentence."""
    total, unreadable = report["total"], report["campaigns_unreadable"]
    return [
        *(
            f"Counts of field staff that the server refused as {code}: {number}. They are kept here and hold up nothing; "
            "once the cause is mended, run `langnghe-collector sync --retry-refused`."
            for code, number in report["tallies_refused"].items()
        ),
        *(
            [
                f"Responses that this disk damaged: {total['damaged']}. They are not sent and lie in the database; "
                "copy this device's folder and tell the people who run the server."
            ]
            if total["damaged"]
            else []
        ),
        *([f"Responses lost to damage of this disk: at least {total['lost']}."] if total["lost"] else []),
        *(
            [f"Campaigns that this version cannot read: {unreadable}. Bring the collector to a newer version."]
            if unreadable
            else []
        ),
    ]


def _row(row: dict[str, Any], language: str) -> str:
    title = row["title"].get(language) or row["campaign"]
    counts = "".join(f"{row[name]:>10}" for name in ("collected", "waiting", "sent", "refused"))
    return f"{title[:31]:<32}{counts}"
