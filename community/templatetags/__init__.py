"""Template tags of the community's own look."""
