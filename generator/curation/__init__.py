"""The curator's files, read into values."""
