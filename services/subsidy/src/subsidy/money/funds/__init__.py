"""Funds: earmarked money, what of it is on its way or paid, and whether anything is unexplained."""
