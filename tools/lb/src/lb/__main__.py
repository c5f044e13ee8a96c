"""`python -m lb`."""

from lb.main import main

main()
