"""What happens without anybody asking: forwarding upstream, fetching the surveys of the day."""
