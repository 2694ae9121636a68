"""`python -m showeditor` is the command `showeditor`."""

from showeditor.cli import entry

entry()
