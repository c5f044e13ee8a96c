"""Provinces in one process: the services' own rules, policies and timers, on a log, a bus and a clock in memory."""
