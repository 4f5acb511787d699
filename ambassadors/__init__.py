"""Ambassadors: recruited, trained, equipped, invited and paid."""
