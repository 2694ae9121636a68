"""The nouns of the program as frozen data: Show, Plan, Finding and what they are made of.

Everything here is immutable, checked at birth and free of behaviour that needs another room. A Show
is what the designer means; a Plan is what will physically happen; a Finding is one fact about a Plan.
Import the names from their own modules (`showeditor.model.show`, `.plan`, `.finding`, ...).
"""
