"""Shows what the search makes of a word."""

from django.core.management.base import BaseCommand

from search.analysis.finnish import finnish_rung
from search.analysis.grams import gram_keys
from search.analysis.tokens import ANALYSIS_VERSION, LANGUAGES, LAYERS, analyse


class Command(BaseCommand):
    help = "Show the keys, layer by layer, under which words are found."

    def add_arguments(self, parser):
        parser.add_argument("text", nargs="+", help="words as they would stand in a text")
        parser.add_argument("--lang", choices=LANGUAGES, default="fi")

    def handle(self, *, text, lang, **options):
        by = f", Finnish by {finnish_rung()}" if lang == "fi" else ""
        self.stdout.write(f"Analysis {ANALYSIS_VERSION}{by}")
        for token in analyse(" ".join(text), lang):
            self.stdout.write(f"{token.surface}{'' if token.known else ' (in no dictionary)'}")
            for layer in LAYERS:
                self._show(layer, token.layers[layer])
            self._show("gram", gram_keys(token))

    def _show(self, layer, keys):
        if keys:
            self.stdout.write(f"  {layer:<7}{' '.join(keys)}")
