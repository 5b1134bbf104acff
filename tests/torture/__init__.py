"""What is tried to break the server, and how much of it: a little in CI, by the hour with `make torture`."""
