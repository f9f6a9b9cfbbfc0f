"""What is checked, room by room; `make test` runs all of it."""
