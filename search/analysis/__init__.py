"""Word analysis for Finnish, Swedish and three Sámi languages: pure Python, no Django.

The same analysis runs when an entry is indexed and when a reader asks, so every engine only has to
compare ready-made terms. `tokens.analyse` cuts and analyses a text, `terms` turns tokens into the
terms an engine stores and looks up, `prepare.prepare` builds the dictionary cache at set-up.
"""
