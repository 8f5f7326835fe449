"""What programs read: feeds in three formats, sitemaps, and the small files that say who we are and what is allowed.

Every list goes through the gate, every fact comes from articles/reading/public_story.py, and one bad story is left out
and logged instead of stopping a feed.
"""
