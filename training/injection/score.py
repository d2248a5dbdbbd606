"""Writes the score of every window of dev.jsonl, and of a sample of train.jsonl, for the cascade."""

import argparse
import json
import random
from pathlib import Path

import torch

import data
import model as models
import scoring


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--run", required=True, help="folder that train.py wrote")
    parser.add_argument("--to", required=True)
    parser.add_argument("--train", type=int, default=3000, help="rows of train.jsonl")
    parser.add_argument("--checkpoint", default="best.pt")
    options = parser.parse_args()
    torch.set_num_threads(1)
    run = Path(options.run)
    pieces = [tuple(p) for p in json.loads((run / "vocabulary.json").read_text("utf-8"))]
    state = torch.load(run / options.checkpoint, weights_only=False, map_location="cpu")
    model = models.Classifier(len(pieces), state["layers"])
    model.load_state_dict(state["model"])
    encoder = scoring.Encoder(pieces)
    Path(options.to).mkdir(parents=True, exist_ok=True)
    for name in ("dev", "train"):
        rows = data.read(Path(options.data) / f"{name}.jsonl")
        chosen = list(range(len(rows)))
        if name == "train":
            chosen = sorted(random.Random(5).sample(chosen, min(len(chosen), options.train)))
        with open(Path(options.to) / f"{name}.jsonl", "w", encoding="utf-8") as out:
            for start in range(0, len(chosen), 500):
                part = chosen[start:start + 500]
                places, windows = scoring.cut([rows[i] for i in part])
                for (n, lower, upper), score in zip(
                        places, scoring.score_windows(model, encoder, windows)):
                    row = rows[part[n]]
                    out.write(json.dumps({
                        "row": part[n], "channel": "document" if row["document"] else "user",
                        "start": lower, "end": upper, "score": round(float(score), 5)}) + "\n")


if __name__ == "__main__":
    main()
