"""Own speed, as ratios measured in one run: ``python -m bench``, on the database that the environment names."""
