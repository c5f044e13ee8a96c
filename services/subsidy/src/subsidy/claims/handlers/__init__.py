"""Handlers: who may decide claims, by a current integrity commitment."""
