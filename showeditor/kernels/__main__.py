"""Compile every kernel once, so that the first edit does not wait: `python -m showeditor.kernels`."""

import importlib
import pkgutil

import showeditor.kernels as room

for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
