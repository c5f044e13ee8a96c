"""The side that sends: proposed, nominated, confirmed, dispatched, and what the host says of it."""
