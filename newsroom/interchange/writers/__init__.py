"""Formats in which stories leave for other newsrooms, one file each."""
