"""The web face: pages and an HTTP API over tasks. It makes nothing by itself, and keeps nothing of its own."""
