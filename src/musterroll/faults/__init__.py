"""Faults as people and scripts make them, planted one at a time to see which checks catch them."""
