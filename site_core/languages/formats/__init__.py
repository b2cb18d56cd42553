"""Date and number formats, one package per language; settings name this package.

Finland writes dates and numbers alike in all five languages, so each takes `finland.py` whole.
Django's own Swedish formats are those of Sweden, and of the Sámi languages it knows nothing.
"""
