"""From the lake to tables that are safe to show. Pure: lake and release ledger in, `Release` out."""
