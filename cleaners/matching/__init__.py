"""Rules as data: loading and checking them, and which of them match a line."""
