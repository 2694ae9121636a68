"""The built-in formats, each registered by an entry point like any stranger's."""
