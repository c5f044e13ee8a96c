"""Yearly plans: heads, occupations, institutions, money, and the targets of counties."""
