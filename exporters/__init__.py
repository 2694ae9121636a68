"""The built-in file formats, registered like any stranger's."""
