"""Writes the trained classifier as int8 ONNX with its vocabulary and digests, and checks it.

The graph is made by hand: weights are int8 with a scale for each output column, activations are
quantised as they come (DynamicQuantizeMatMul of ONNX Runtime), embeddings are int8 with a scale a row.
Seven of the eight bits are used, since processors without VNNI saturate when two products are added.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

import data
import model as models
import scoring
import vocabulary

MODEL = "injection-second-stage.onnx"
VOCABULARY = "injection-second-stage.vocabulary"
PROPERTIES = "injection-second-stage.properties"
FULL = 63


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, array):
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def add(self, kind, inputs, domain="", name=None, **attributes):
        self.count += 1
        name = name or f"n{self.count}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def dense(self, x, linear):
        weight = linear.weight.detach().numpy().T
        scale = np.maximum(np.abs(weight).max(0), 1e-9) / FULL
        quantised = np.clip(np.rint(weight / scale), -FULL, FULL).astype(np.int8)
        return self.add(
            "DynamicQuantizeMatMul",
            [x, self.constant(quantised), self.constant(scale.astype(np.float32)), "",
             self.constant(linear.bias.detach().numpy())], domain="com.microsoft")

    def norm(self, x, norm):
        return self.add(
            "LayerNormalization",
            [x, self.constant(norm.weight.detach().numpy()),
             self.constant(norm.bias.detach().numpy())], epsilon=norm.eps, axis=-1)

    def floats(self, value):
        return self.constant(np.array(value, np.float32))

    def ints(self, *values):
        return self.constant(np.array(values, np.int64))


def build(model):
    g = Graph()
    hidden = model.word.embedding_dim
    table = model.word.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
    rows = g.add("Gather", [g.constant(np.rint(table / scale).astype(np.int8)), "ids"])
    x = g.add("Mul", [g.add("Cast", [rows], to=TensorProto.FLOAT),
                      g.add("Gather", [g.constant(scale.astype(np.float32)), "ids"])])
    length = g.add("Shape", ["ids"], start=1, end=2)
    places = g.add("Slice", [g.constant(model.position.weight.detach().numpy()), g.ints(0), length,
                             g.ints(0)])
    x = g.norm(g.add("Add", [x, places]), model.embedding_norm)
    padding = g.add("Cast", [g.add("Equal", ["ids", g.ints(vocabulary.PAD)])],
                    to=TensorProto.FLOAT)
    minus = g.add("Mul", [padding, g.floats(-1e4)])
    bias = g.add("Unsqueeze", [minus, g.ints(1, 2)])
    heads = model.layers[0].heads
    size = hidden // heads
    for layer in model.layers:
        qkv = g.add("Reshape", [g.dense(x, layer.qkv), g.ints(0, 0, 3, heads, size)])
        qkv = g.add("Transpose", [qkv], perm=[2, 0, 3, 1, 4])
        q, k, v = (g.add("Gather", [qkv, g.constant(np.array(i, np.int64))], axis=0)
                   for i in range(3))
        scores = g.add("MatMul", [g.add("Mul", [q, g.floats(size ** -0.5)]),
                                  g.add("Transpose", [k], perm=[0, 1, 3, 2])])
        share = g.add("Softmax", [g.add("Add", [scores, bias])], axis=3)
        mixed = g.add("Transpose", [g.add("MatMul", [share, v])], perm=[0, 2, 1, 3])
        mixed = g.add("Reshape", [mixed, g.ints(0, 0, hidden)])
        x = g.norm(g.add("Add", [x, g.dense(mixed, layer.out)]), layer.attention_norm)
        inner = g.add("Gelu", [g.dense(x, layer.up)], domain="com.microsoft")
        x = g.norm(g.add("Add", [x, g.dense(inner, layer.down)]), layer.norm)

    def exact(y, linear):
        return g.add("Add", [
            g.add("MatMul", [y, g.constant(linear.weight.detach().numpy().T)]),
            g.constant(linear.bias.detach().numpy())])

    tokens = g.add("Squeeze", [exact(x, model.token), g.ints(2)])
    real = g.add("Unsqueeze", [g.add("Sub", [g.floats(1), padding]), g.ints(2)])
    mean = g.add("Div", [
        g.add("ReduceSum", [g.add("Mul", [x, real]), g.ints(1)], keepdims=0),
        g.add("ReduceSum", [real, g.ints(1)], keepdims=0)])
    share = g.add("Unsqueeze", [g.add("Softmax", [g.add("Add", [tokens, minus])], axis=1),
                                g.ints(2)])
    picked = g.add("ReduceSum", [g.add("Mul", [x, share]), g.ints(1)], keepdims=0)
    dense = g.add("Tanh", [exact(g.add("Concat", [mean, picked], axis=1), model.dense)])
    g.add("Sigmoid", [g.add("Squeeze", [exact(dense, model.window), g.ints(1)])], name="scores")
    graph = helper.make_graph(
        g.nodes, "injection",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch"])], g.constants)
    return helper.make_model(graph, ir_version=9, opset_imports=[
        helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)])


def run(session, encoder, windows):
    encoded = [encoder.encode(w) for w in windows]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
    scores = np.zeros(len(encoded), np.float32)
    for start in range(0, len(order), 16):
        batch = order[start:start + 16]
        ids = scoring.padded([encoded[i].ids for i in batch], vocabulary.PAD).numpy()
        scores[batch] = session.run(None, {"ids": ids})[0]
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True, help="folder that train.py wrote")
    parser.add_argument("--to", required=True, help="folder for the model, vocabulary and digests")
    parser.add_argument("--data", help="compare with the checkpoint on a sample of dev.jsonl here")
    parser.add_argument("--checkpoint", default="best.pt")
    options = parser.parse_args()
    run_folder, to = Path(options.run), Path(options.to)
    to.mkdir(parents=True, exist_ok=True)
    pieces = [tuple(p) for p in json.loads((run_folder / "vocabulary.json").read_text("utf-8"))]
    state = torch.load(run_folder / options.checkpoint, weights_only=False, map_location="cpu")
    model = models.Classifier(len(pieces), state["layers"])
    model.load_state_dict(state["model"])
    model.eval()
    (to / MODEL).write_bytes(build(model).SerializeToString())
    lines = "".join(f"{score:.5g}\t{piece}\n" for piece, score in pieces)
    (to / VOCABULARY).write_text(lines, encoding="utf-8", newline="\n")
    digests = {n: hashlib.sha256((to / n).read_bytes()).hexdigest() for n in (MODEL, VOCABULARY)}
    (to / PROPERTIES).write_text(
        "# Written by training/injection/export.py.\n"
        f"model.sha256={digests[MODEL]}\nvocabulary.sha256={digests[VOCABULARY]}\n"
        f"step={state['step']}\n", encoding="utf-8", newline="\n")
    print(json.dumps({"bytes": (to / MODEL).stat().st_size, "step": state["step"]}))
    if options.data:
        torch.set_num_threads(1)
        encoder = scoring.Encoder(pieces)
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(to / MODEL), settings, providers=["CPUExecutionProvider"])
        rows = scoring.sample(data.read(Path(options.data) / "dev.jsonl"), 5, most=8)
        places, windows = scoring.cut(rows)
        before = scoring.score_windows(model, encoder, windows)
        began = time.process_time()
        after = run(session, encoder, windows)
        print(json.dumps({
            "windows": len(windows), "seconds": round(time.process_time() - began, 1),
            "mean difference": round(float(np.abs(before - after).mean()), 4),
            "largest": round(float(np.abs(before - after).max()), 4)}))
        for name, scores in (("checkpoint", before), ("int8", after)):
            worst = np.zeros(len(rows), np.float32)
            for (n, _, _), score in zip(places, scores):
                worst[n] = max(worst[n], score)
            print(name, json.dumps(scoring.measure(rows, worst)))


if __name__ == "__main__":
    main()
