"""Intake: takes envelopes in, opens them in pools, and feeds the lake. The only room that sees raw responses."""
