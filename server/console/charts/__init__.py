"""Pictures of releases: drawn by Vega-Lite on the server, cleaned, kept, and served as images."""
