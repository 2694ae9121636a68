"""Numba kernels: arrays in, arrays out, no domain types. The only room that may import numba.

Every kernel is compiled ahead with explicit signatures whose arrays are read-only (they accept writable ones
too), releases the GIL and is cached on disk, so that a worker thread can run it beside the window.
"""
