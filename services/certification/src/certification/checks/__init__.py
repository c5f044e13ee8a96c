"""Verification of certificates by anybody: whether one holds, and what it says to who knows its holder."""
