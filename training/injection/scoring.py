"""Windows to token ids, rows to scores, scores to the figures that choose a checkpoint."""

import random
from collections import defaultdict

import numpy as np
import torch
from tokenizers import Tokenizer

import data
import vocabulary

MOST_TOKENS = 128
MOST_SYSTEM = 32


class Encoded:
    __slots__ = ("ids", "marks", "label")

    def __init__(self, ids, marks, label):
        self.ids, self.marks, self.label = ids, marks, label


class Encoder:
    """`<s> query: TEXT </s> SYSTEM </s>`; a document has `passage:` in place of `query:`."""

    def __init__(self, pieces):
        self.tokenizer: Tokenizer = vocabulary.tokenizer(pieces)
        self.user = self.tokenizer.encode("query:", add_special_tokens=False).ids
        self.document = self.tokenizer.encode("passage:", add_special_tokens=False).ids

    def _pieces(self, text):
        return self.tokenizer.encode(vocabulary.normalise(text), add_special_tokens=False)

    def encode(self, window):
        span = window.span
        if span is None:
            ids = self._pieces(window.text).ids[:MOST_TOKENS]
            mark = 0 if window.label == 0 else -1
            marks = [mark] * len(ids)
        else:
            # Normalising moves characters, so the parts are encoded one by one.
            ids, marks = [], []
            lower, upper = span
            for part, mark in ((window.text[:lower], 0), (window.text[lower:upper], 1),
                               (window.text[upper:], 0)):
                if part.strip():
                    more = self._pieces(part).ids
                    ids += more
                    marks += [mark] * len(more)
            ids, marks = ids[:MOST_TOKENS], marks[:MOST_TOKENS]
        prefix = self.document if window.document else self.user
        ids = [vocabulary.BEGIN] + prefix + ids + [vocabulary.END]
        marks = [-1] * (1 + len(prefix)) + marks + [-1]
        if window.system:
            system = self._pieces(window.system).ids[:MOST_SYSTEM]
            ids += system + [vocabulary.END]
            marks += [-1] * (len(system) + 1)
        return Encoded(ids, marks, window.label)


def padded(lists, value):
    longest = max(len(each) for each in lists)
    made = torch.full((len(lists), longest), value, dtype=torch.long)
    for i, each in enumerate(lists):
        made[i, :len(each)] = torch.tensor(each)
    return made


def sample(rows, seed, most=25):
    """Some rows of each kind and source: enough to choose a checkpoint by."""
    chooser = random.Random(seed)
    cells = defaultdict(list)
    for row in rows:
        if len(row["text"]) < 6000:
            cells[(row["kind"], row["source"], row["label"])].append(row)
    taken = []
    for _, cell in sorted(cells.items()):
        taken += chooser.sample(cell, min(len(cell), most))
    return taken


@torch.inference_mode()
def score_windows(model, encoder, windows, budget=4000):
    model.eval()
    encoded = [encoder.encode(w) for w in windows]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
    scores = np.zeros(len(encoded), np.float32)
    batch = []

    def flush():
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, logits = model(padded([encoded[i].ids for i in batch], vocabulary.PAD))
        scores[batch] = torch.sigmoid(logits).numpy()
        batch.clear()

    for i in order:
        if batch and (len(batch) + 1) * len(encoded[i].ids) > budget:
            flush()
        batch.append(i)
    if batch:
        flush()
    return scores


def cut(rows):
    """[(row, start, end)] and the windows."""
    places, windows = [], []
    for n, row in enumerate(rows):
        for start, end in data.windows(row["text"]):
            places.append((n, start, end))
            windows.append(data.Window(row["text"][start:end], row["document"], 0))
    return places, windows


def score_rows(model, encoder, rows):
    places, windows = cut(rows)
    scores = score_windows(model, encoder, windows)
    worst = np.zeros(len(rows), np.float32)
    for (n, _, _), score in zip(places, scores):
        worst[n] = max(worst[n], score)
    return worst


def auc(benign, attack):
    ranks = np.concatenate([benign, attack]).argsort(kind="stable").argsort()
    return float((ranks[len(benign):].sum() - len(attack) * (len(attack) - 1) / 2)
                 / max(1, len(benign) * len(attack)))


def measure(rows, scores):
    """AUC and recall at 1 % false alarms of each set of attacks against benign text like it."""
    def pick(test):
        return np.array([s for r, s in zip(rows, scores) if test(r)])

    def encoded(row):
        return row["kind"].startswith(("obfuscated", "benign_encoded"))

    languages = {r.get("lang") for r in rows if r["label"] and r["kind"].startswith("multi")}
    hard = ("hard_negative", "system_prompt", "agent_rule")
    ordinary = pick(lambda r: not r["label"] and not r["document"] and not encoded(r)
                    and not r["kind"].startswith(hard))
    documents = pick(lambda r: not r["label"] and r["document"])
    spoken = pick(lambda r: not r["label"] and not r["document"] and r.get("lang") in languages)
    triggers = pick(lambda r: not r["label"] and r["kind"].startswith("hard_negative"))
    everything = np.concatenate([ordinary, documents])
    attacks = {
        "people": (pick(lambda r: r["source"] in data.PEOPLE and r["label"] and not r["document"]
                        and r["source"] != "deepset-prompt-injections"), everything),
        "deepset": (pick(lambda r: r["source"] == "deepset-prompt-injections" and r["label"]),
                    everything),
        "composed": (pick(lambda r: r["label"] and r["source"] == "composed-2" and not r.get("lang")
                          and not r["document"] and not encoded(r)), everything),
        "languages": (pick(lambda r: r["label"] and r["kind"].startswith("multi")), spoken),
        "overrides": (pick(lambda r: r["label"] and r["document"]
                           and r.get("category") == "override"), documents),
        "tasks": (pick(lambda r: r["label"] and r["document"]
                       and r.get("category") != "override"), documents)}
    made, chosen = {}, []
    for name, (attack, benign) in attacks.items():
        if len(attack) and len(benign):
            threshold = np.quantile(benign, 0.99)
            recall = float((attack > threshold).mean())
            made[name] = [len(attack), len(benign), round(auc(benign, attack), 4), round(recall, 4)]
            chosen.append(recall)
    made["triggers above 1 % of all"] = round(
        float((triggers > np.quantile(everything, 0.99)).mean()), 4)
    made["mean"] = round(float(np.mean(chosen)), 4)
    return made
