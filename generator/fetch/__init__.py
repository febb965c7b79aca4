"""The network, polite and cached: documents are fetched into `seeds/`, papers are completed by services.

Nothing else of the generator knows the network; a build reads files alone.
"""
