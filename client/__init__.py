"""The collector: an enrolled installation that gathers envelopes where there is no network and forwards them later."""
