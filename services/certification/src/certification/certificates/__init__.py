"""Certificates: issued with a number, suspended, reinstated, revoked; whether one holds on a day."""
