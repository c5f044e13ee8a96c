"""What is paid for a claim: all its orders, one after another, and what is owed back. An order has one id for life."""
