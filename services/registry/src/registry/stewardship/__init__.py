"""Who is responsible for a worker: the ledger that home keeps, and the tenure of the province that holds it."""
