"""Gamification: ledger, rules, badges, levels and boards, derived from the journal."""
