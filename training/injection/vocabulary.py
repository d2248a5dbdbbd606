"""The pruned vocabulary and the tokenizer that reads it; the Java side follows the same rules.

Text is NFKC-normalised, controls and format characters (zero width, tags, bidirectional) go, every
run of white space becomes one space, and each word is split by the best path over unigram scores.
A word whose own piece was pruned falls back to smaller ones, since scores and single characters stay.
"""

import re
import unicodedata
from collections import Counter

from tokenizers import Tokenizer, models, pre_tokenizers

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_SPACES = re.compile(r"\s+")


def _dropped(character):
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def normalise(text):
    text = unicodedata.normalize("NFKC", text)
    text = _SPACES.sub(" ", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if not _dropped(c))
    return text.strip()


def tokenizer(vocabulary):
    # A text that spells a special token must not become one; no normalised text holds a NUL.
    pieces = [("\0" + piece, score) if i < len(SPECIAL) else (piece, score)
              for i, (piece, score) in enumerate(vocabulary)]
    made = Tokenizer(models.Unigram(pieces, UNKNOWN, False))
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return made


def prune(vocabulary, texts, size):
    """Old ids to keep, ascending: specials, single characters, pieces of `texts`, the commonest."""
    kept = set(range(len(SPECIAL)))
    kept.update(i for i, (piece, _) in enumerate(vocabulary) if len(piece.lstrip("\u2581")) == 1)
    kept.add(next(i for i, (piece, _) in enumerate(vocabulary) if piece == "\u2581"))
    seen = Counter()
    full = tokenizer(vocabulary)
    for start in range(0, len(texts), 1000):
        batch = [normalise(t[:4000]) for t in texts[start:start + 1000]]
        for encoding in full.encode_batch(batch, add_special_tokens=False):
            seen.update(set(encoding.ids))
    for i, _ in seen.most_common():
        if len(kept) >= size * 4 // 5:
            break
        kept.add(i)
    # The base lists pieces by falling score, that is by how common they are in a hundred languages.
    for i in range(len(SPECIAL), len(vocabulary)):
        if len(kept) >= size:
            break
        if vocabulary[i][0] != "<mask>":
            kept.add(i)
    return sorted(kept)
