"""Spot checks of the expert committee: samples that can be drawn again, findings, and what came of them."""
