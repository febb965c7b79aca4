"""Paper Digest: listings of research papers become a searchable static site."""

__version__ = "0.1.0"
