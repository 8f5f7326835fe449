"""The door of the desk: how often somebody may try, which browsers are known, and what the logbook says of it.

Small on purpose, and by Django's own signals and forms, so that a library with a second factor can take its place.
"""
