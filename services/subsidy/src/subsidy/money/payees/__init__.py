"""Organisations that are paid: their accounts, recorded by one person and confirmed by another. Of workers nothing is
here: their accounts are in the registry's vault."""
