"""The demo: the fictional brand Nordlicht Kaffee, its people and what they ask and answer."""
