"""Reports: numbers of a region and a period, frozen with both times, and restated where late facts change them."""
