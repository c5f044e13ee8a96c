"""One module a command of `lb`; `lb.main` registers them."""
