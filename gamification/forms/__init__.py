"""Forms of gamification's pages."""
