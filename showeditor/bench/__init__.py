"""The project's own benchmarks: every figure is a ratio against a named peer, taken in one run.

scipy is the peer of several; it comes with the extra `bench` (and with the test lock), never with the product.
"""
