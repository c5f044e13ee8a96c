"""The personal record on its way to a receiving province, its receipt, and its erasure there."""
