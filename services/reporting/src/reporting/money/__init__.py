"""Money: what was committed, ordered, paid, refused by the bank and returned, by fund, kind and county."""
