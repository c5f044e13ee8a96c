"""What may be true only once about persons whose number another province owns, or who are known by nothing but it."""

from typing import Final

ASKED: Final = "identity-asked"
"""Blind index -> the ask about this number: one is enough, whoever waits for its answer, and whoever asks again."""
IDENTITY: Final = "identity"
"""Blind index of a number of another province -> the worker, as that province answered."""
MINTED: Final = "identity-minted"
"""Worker -> the answer by which the id was issued, to another province, before anybody was surveyed here."""
