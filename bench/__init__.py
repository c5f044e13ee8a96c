"""Benchmarks: each row measures the project beside a peer or a ceiling, in the same run and on the same servers."""
