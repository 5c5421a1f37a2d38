"""Runs over many pages: read, clean, write. Knows nothing about text; the `cleaners` library does."""
