"""The rows, one module for what is measured on the same servers."""
