"""Makes harmless and hostile models of many formats with the libraries themselves.

    pip install safetensors gguf h5py tensorflow-cpu keras onnx xgboost lightgbm pandas msgpack skops
    python formats.py OUT

OUT/harmless has to come out inert, OUT/hostile flagged. Nothing here is loaded by the tests, which
carry a dozen of the smallest files.
"""

import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
warnings.simplefilter("ignore")
OUT = sys.argv[1]
for part in ("harmless", "hostile"):
    os.makedirs(os.path.join(OUT, part), exist_ok=True)
os.chdir(os.path.join(OUT, "harmless"))

import numpy as np


def attempt(make):
    try:
        make()
    except Exception as e:  # a library that is missing leaves its files out
        print(make.__name__, repr(e)[:300], file=sys.stderr)


def st():
    from safetensors.numpy import save_file

    save_file(
        {
            "a": np.zeros((3, 4), np.float32),
            "b": np.ones((5,), np.int64),
            "e": np.zeros((0, 4), np.float16),
        },
        "a.safetensors",
        metadata={"format": "pt"},
    )
    save_file({}, "empty.safetensors")
    save_file({"x": np.ones((1,), bool)}, "nometa.safetensors")


attempt(st)


def gg():
    from gguf import GGUFWriter, GGMLQuantizationType
    import gguf

    for arch, end in (("llama", gguf.GGUFEndian.LITTLE), ("qwen2", gguf.GGUFEndian.BIG)):
        w = GGUFWriter(arch + ".gguf", arch, endianess=end)
        w.add_block_count(2)
        w.add_context_length(2048)
        w.add_tokenizer_model("gpt2")
        w.add_token_list(["a", "b", "<s>"] * 10)
        w.add_array("x", [1, 2, 3])
        w.add_bool("tokenizer.add_bos", True)
        w.add_chat_template(
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
        )
        w.add_tensor("t1", np.ones((4, 32), np.float32))
        w.add_tensor("t2", np.ones((5,), np.float16))
        (
            w.add_tensor(
                "t3",
                gguf.quantize(np.ones((4, 64), np.float32), GGMLQuantizationType.Q8_0),
                raw_dtype=GGMLQuantizationType.Q8_0,
            )
            if end == gguf.GGUFEndian.LITTLE
            else None
        )
        w.write_header_to_file()
        w.write_kv_data_to_file()
        w.write_tensors_to_file()
        w.close()
    w = GGUFWriter("vocab.gguf", "llama")
    w.add_token_list(["a", "b"])
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    w = GGUFWriter("multi.gguf", "llama")
    w.add_chat_template(
        [
            {"name": "default", "template": "{{ messages }}"},
            {"name": "tool_use", "template": "{% if tools %}{{ tools|tojson }}{% endif %}"},
        ]
    )
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


attempt(gg)


def h5():
    import h5py

    with h5py.File("plain.h5", "w") as f:
        g = f.create_group("a/b/c")
        g.create_dataset(
            "d",
            data=np.arange(1000).reshape(10, 100),
            chunks=True,
            compression="gzip",
            shuffle=True,
        )
        g.attrs["x"] = 1
        g.attrs["s"] = "text"
        g.attrs["l"] = ["a", "bb"]
        for i in range(100):
            f.create_dataset(f"n{i}", data=np.ones(3))
            f.attrs[f"at{i}"] = "v" * 100
        f["soft"] = h5py.SoftLink("/a/b")
        f.create_dataset("str", data=["x", "y"], dtype=h5py.string_dtype())
    with h5py.File("latest.h5", "w", libver="latest", track_order=True) as f:
        for i in range(3000):
            f.create_dataset(f"n{i}", data=np.ones(3))
        for i in range(200):
            f.attrs[f"at{i}"] = "v" * 100
        f.attrs["big"] = np.bytes_(b"x" * 100000)
        f.create_dataset(
            "c", data=np.ones((100, 100)), chunks=(10, 10), compression="lzf", maxshape=(None, None)
        )
    with h5py.File("user.mat", "w", userblock_size=512) as f:
        f.create_dataset("a", data=np.ones(3))
    with h5py.File("empty.h5", "w") as f:
        pass
    with h5py.File("v110.h5", "w", libver=("v110", "v110")) as f:
        f.create_dataset("a", data=np.ones((3, 3)))
        f["a"].attrs["e"] = h5py.Empty("f")


attempt(h5)
import keras, tensorflow as tf


def kr():
    L = keras.layers
    m = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(4, 3, activation="relu"),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.Dropout(0.2),
            L.Flatten(),
            L.Dense(10, kernel_regularizer=keras.regularizers.L2(1e-3), activation="softmax"),
        ]
    )
    m.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-3, 10, 0.9)),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy", keras.metrics.AUC()],
    )
    m.save("seq.keras")
    m.save("seq.h5")
    m.export("seq_tf")
    m.save_weights("w.weights.h5")
    open("seq.json", "w").write(m.to_json())
    i = keras.Input((10,))
    t = keras.Input((6,), dtype="int32")
    e = L.Embedding(50, 8)(t)
    e = L.Bidirectional(L.LSTM(4, return_sequences=True))(e)
    e = L.MultiHeadAttention(2, 4)(e, e)
    e = L.GlobalAveragePooling1D()(e)
    x = L.Concatenate()([i, e])
    x = x * 2 + 1
    x = keras.ops.relu(x)
    x = keras.ops.concatenate([x, x], axis=1)
    x = L.Activation(keras.activations.gelu)(x)
    x = x[:, :4]
    y = L.Dense(
        3, activation=keras.activations.relu, kernel_initializer=keras.initializers.HeNormal()
    )(x)
    f = keras.Model([i, t], y)
    f.compile("sgd", "mse")
    f.save("fun.keras")
    f.save("fun.h5")
    f.export("fun_tf")
    tv = L.TextVectorization(100)
    tv.adapt(["a b c", "c d"])
    mm = keras.Sequential(
        [keras.Input((1,), dtype="string"), tv, L.Embedding(100, 4), L.GRU(3), L.Dense(1)]
    )
    mm.save("text.keras")
    n = L.Normalization()
    n.adapt(np.ones((3, 2)))
    keras.Sequential([keras.Input((2,)), n, L.Rescaling(2.0), L.Dense(1)]).save("norm.keras")
    s = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            L.RandomFlip(),
            L.RandomRotation(0.1),
            L.Resizing(16, 16),
            L.SeparableConv2D(4, 3),
            L.DepthwiseConv2D(3),
            L.Conv2DTranspose(3, 3),
            L.LeakyReLU(),
            L.PReLU(),
            L.LayerNormalization(),
            L.GroupNormalization(1),
            L.UnitNormalization(),
            L.SpatialDropout2D(0.1),
            L.GlobalMaxPooling2D(),
            L.Dense(3, dtype="mixed_float16"),
        ]
    )
    s.save("aug.keras")
    keras.applications.MobileNetV2(weights=None, input_shape=(32, 32, 3), classes=3).save(
        "mob.keras"
    )
    keras.applications.EfficientNetB0(weights=None, input_shape=(32, 32, 3), classes=3).save(
        "eff.h5"
    )
    r = keras.Sequential(
        [
            keras.Input((5, 3)),
            L.TimeDistributed(L.Dense(2)),
            L.RNN([L.LSTMCell(3), L.GRUCell(2)]),
            L.Dense(1),
        ]
    )
    r.compile(keras.optimizers.AdamW(), keras.losses.Huber())
    r.fit(np.ones((4, 5, 3)), np.ones((4, 1)), verbose=0)
    r.save("rnn.keras")
    r.save("rnn.h5")
    m.quantize("int8")
    m.save("q.keras")


attempt(kr)


def bad():
    L = keras.layers
    pass
    k = keras.Sequential(
        [
            keras.Input((3,)),
            L.Lambda(lambda x: __import__("os").system("id") or x, output_shape=(3,)),
        ]
    )
    k.save("../hostile/lambda.keras")
    k.save("../hostile/lambda.h5")
    k = keras.Sequential([keras.Input((3,)), L.Lambda(lambda x: x * 2, output_shape=(3,))])
    k.save("../hostile/lambda2.keras")
    k.save("../hostile/lambda2.h5")

    class My(L.Layer):
        def call(self, x):
            return x

    keras.Sequential([keras.Input((3,)), My()]).save("../hostile/custom.keras")

    class M(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([], tf.string)])
        def f(self, x):
            return tf.io.read_file(x)

        @tf.function(input_signature=[tf.TensorSpec([], tf.string)])
        def g(self, x):
            tf.io.write_file("out.txt", x)
            return x

    tf.saved_model.save(M(), "../hostile/read_tf")

    class N(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
        def f(self, x):
            return tf.py_function(lambda y: y, [x], tf.float32)

    tf.saved_model.save(N(), "../hostile/py_tf")
    import h5py

    with h5py.File("../hostile/ext.h5", "w") as f:
        f["x"] = h5py.ExternalLink("/etc/passwd", "/a")
    with h5py.File("../hostile/exts.h5", "w") as f:
        f.create_dataset("d", (10,), dtype="u1", external=[("/etc/passwd", 0, 10)])
    with h5py.File("../hostile/vds.h5", "w") as f:
        l = h5py.VirtualLayout((10,), dtype="u1")
        l[:] = h5py.VirtualSource("/etc/passwd", "a", shape=(10,))
        f.create_virtual_dataset("v", l)


attempt(bad)


def tfm():
    class M(tf.Module):
        def __init__(s):
            s.v = tf.Variable(tf.ones((3, 3)))
            s.t = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a"], [1]), 0)

        @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
        def f(self, x):
            s = self
            y = tf.matmul(x, s.v)
            i = tf.constant(0)
            for _ in tf.range(3):
                y = tf.nn.relu(y)
            if tf.reduce_sum(y) > 0:
                y = y + 1
            return y

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
        def g(self, x):
            return self.t.lookup(tf.strings.lower(x))

    tf.saved_model.save(M(), "mod_tf")
    c = tf.lite.TFLiteConverter.from_saved_model("seq_tf")
    open("seq.tflite", "wb").write(c.convert())
    c = tf.lite.TFLiteConverter.from_saved_model("seq_tf")
    c.optimizations = [tf.lite.Optimize.DEFAULT]
    open("seqq.tflite", "wb").write(c.convert())
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    f = tf.saved_model.load("mod_tf")
    fr = convert_variables_to_constants_v2(
        f.f.get_concrete_function()
        if hasattr(f.f, "get_concrete_function")
        else f.signatures["serving_default"]
    )
    tf.io.write_graph(fr.graph.as_graph_def(), ".", "frozen.pb", False)
    tf.io.write_graph(fr.graph.as_graph_def(), ".", "frozen.pbtxt", True)
    with tf.Graph().as_default() as g, tf.compat.v1.Session() as s:
        v = tf.compat.v1.get_variable("v", [3])
        x = tf.compat.v1.placeholder(tf.float32, [None, 3], name="x")
        y = tf.identity(x * v, name="y")
        s.run(tf.compat.v1.global_variables_initializer())
        tf.compat.v1.train.Saver().save(s, "ck/model.ckpt")
        tf.compat.v1.saved_model.simple_save(s, "v1_tf", {"x": x}, {"y": y})
    tf.train.Checkpoint(v=tf.Variable(1.0)).save("ck/c2")


attempt(tfm)


def xg():
    import xgboost as xgb

    X = np.random.rand(100, 5)
    y = (X[:, 0] > 0.5).astype(int)
    y3 = np.random.randint(0, 3, 100)
    for n, m in (
        ("bin", xgb.XGBClassifier(n_estimators=10)),
        ("multi", xgb.XGBClassifier(n_estimators=5)),
        ("reg", xgb.XGBRegressor(n_estimators=5, booster="dart")),
        ("lin", xgb.XGBRegressor(booster="gblinear", n_estimators=3)),
        (
            "mt",
            xgb.XGBRegressor(
                n_estimators=3, multi_strategy="multi_output_tree", tree_method="hist"
            ),
        ),
    ):
        m.fit(X, y3 if n == "multi" else np.c_[y, y] if n == "mt" else y)
        m.save_model(n + ".json")
        m.save_model(n + ".ubj")
        m.get_booster().save_model(n + ".model") if 0 else None
        open(n + "_dump.txt", "w").write("\n".join(m.get_booster().get_dump()) if n != "mt" else "")
    open("conf.json", "w").write(m.get_booster().save_config())
    open("raw.bin", "wb").write(m.get_booster().save_raw("ubj"))
    import pandas as pd

    df = pd.DataFrame(
        {"a": pd.Categorical(np.random.choice(list("xyz"), 100)), "b": np.random.rand(100)}
    )
    m = xgb.XGBClassifier(enable_categorical=True, tree_method="hist", n_estimators=4)
    m.fit(df, y)
    m.save_model("cat.json")
    m.save_model("cat.ubj")


def lg():
    import lightgbm as l

    X = np.random.rand(200, 5)
    y = (X[:, 0] > 0.5).astype(int)
    for n, m in (
        ("lbin", l.LGBMClassifier(n_estimators=5, verbose=-1)),
        ("lreg", l.LGBMRegressor(n_estimators=5, verbose=-1, linear_tree=True)),
        ("lrf", l.LGBMRegressor(boosting_type="dart", n_estimators=5, verbose=-1)),
    ):
        m.fit(X, y)
        m.booster_.save_model(n + ".txt")
        json.dump(m.booster_.dump_model(), open(n + ".json", "w"))
    m = l.LGBMClassifier(n_estimators=2, verbose=-1)
    m.fit(np.c_[X, np.random.randint(0, 5, 200)], y, categorical_feature=[5])
    m.booster_.save_model("lcat.txt")
    m = l.LGBMClassifier(n_estimators=2, verbose=-1)
    m.fit(np.ones((50, 2)), np.r_[np.zeros(25), np.ones(25)])
    m.booster_.save_model("lconst.txt")


def mp():
    import msgpack

    def arr(a):
        return msgpack.ExtType(
            1, msgpack.packb((a.shape, a.dtype.name, a.tobytes()), use_bin_type=True)
        )

    d = {
        "params": {
            "dense": {
                "kernel": arr(np.ones((3, 4), np.float32)),
                "bias": arr(np.zeros((4,), np.float16)),
            },
            "s": msgpack.ExtType(
                3, msgpack.packb(((), "float32", np.float32(1).tobytes()), use_bin_type=True)
            ),
        },
        "step": 3,
        "none": None,
        "list": {"0": 1, "1": 2.5},
    }
    open("flax_model.msgpack", "wb").write(msgpack.packb(d, strict_types=True))
    open("noext", "wb").write(msgpack.packb(d))
    open("old.msgpack", "wb").write(msgpack.packb({"a": [1, 2, {"b": b"x"}]}, use_bin_type=False))


def ox():
    import onnx
    from onnx import helper as h, TensorProto as t, numpy_helper as nh

    x = h.make_tensor_value_info("x", t.FLOAT, [None, 3])
    y = h.make_tensor_value_info("y", t.FLOAT, [None, 2])
    W = nh.from_array(np.ones((3, 2), np.float32), "W")
    B = h.make_tensor("B", t.FLOAT, [2], [1.0, 2.0])
    n = [h.make_node("MatMul", ["x", "W"], ["a"]), h.make_node("Add", ["a", "B"], ["y"])]
    for ir in range(3, 14):
        g = h.make_graph(n, "g", [x], [y], [W, B])
        m = h.make_model(
            g,
            ir_version=ir,
            opset_imports=[
                h.make_opsetid("", 13),
                h.make_opsetid("com.microsoft", 1),
                h.make_opsetid("ai.onnx.ml", 3),
            ],
            producer_name="pytorch",
        )
        h.set_model_props(m, {"k": "v"})
        onnx.save(m, f"m{ir}.onnx")
    for ty in range(1, 27):
        try:
            nm = t.DataType.Name(ty)
            if nm == "STRING":
                tt = h.make_tensor("W", ty, [2], ["a", "b"])
            else:
                tt = h.make_tensor("W", ty, [3, 2], np.ones(6))
            g = h.make_graph(
                [h.make_node("Identity", ["W"], ["y"])],
                "g",
                [],
                [h.make_tensor_value_info("y", ty, None)],
                [tt],
            )
            m = h.make_model(g)
            onnx.save(m, f"t{nm}.onnx")
        except Exception as e:
            print(ty, repr(e)[:100])
    g = h.make_graph(n, "g", [x], [y], [nh.from_array(np.ones((300, 2), np.float32), "W"), B])
    m = h.make_model(g)
    onnx.save(m, "ext.onnx", save_as_external_data=True, location="ext.onnx.data", size_threshold=0)
    th = h.make_graph([h.make_node("Relu", ["x"], ["o"])], "t", [], [y])
    c = h.make_tensor("c", t.BOOL, [], [True])
    g = h.make_graph(
        [
            h.make_node("Constant", [], ["c"], value=c),
            h.make_node("If", ["c"], ["y"], then_branch=th, else_branch=th),
        ],
        "g",
        [x],
        [y],
    )
    onnx.save(h.make_model(g), "if.onnx")
    f = h.make_function(
        "my.local", "F", ["x"], ["y"], [h.make_node("Relu", ["x"], ["y"])], [h.make_opsetid("", 18)]
    )
    g = h.make_graph([h.make_node("F", ["x"], ["y"], domain="my.local")], "g", [x], [y])
    onnx.save(
        h.make_model(
            g, functions=[f], opset_imports=[h.make_opsetid("", 18), h.make_opsetid("my.local", 1)]
        ),
        "fn.onnx",
    )
    g = h.make_graph(
        [
            h.make_node(
                "TreeEnsembleClassifier",
                ["x"],
                ["l", "y"],
                domain="ai.onnx.ml",
                nodes_modes=["LEAF"],
            ),
            h.make_node("FusedMatMul", ["x", "W"], ["z"], domain="com.microsoft"),
        ],
        "g",
        [x],
        [y],
        [W],
    )
    open("ml", "wb").write(h.make_model(g).SerializeToString())
    sp = onnx.SparseTensorProto()
    sp.values.CopyFrom(nh.from_array(np.ones(2, np.float32), "sv"))
    sp.indices.CopyFrom(nh.from_array(np.array([0, 1]), "si"))
    sp.dims.extend([3, 2])
    g = h.make_graph(n, "g", [x], [y], [B], sparse_initializer=[sp])
    onnx.save(h.make_model(g), "sparse.onnx")


def sk():
    import skops.io as sio, warnings

    warnings.simplefilter("ignore")
    from sklearn.utils import all_estimators

    X = np.abs(np.random.rand(30, 4))
    y = np.random.randint(0, 2, 30)
    n = 0
    for name, E in all_estimators():
        try:
            e = E()
            e.fit(X, y)
        except Exception:
            try:
                e = E()
            except Exception:
                continue
        try:
            sio.dump(e, f"sk_{name}.skops")
        except Exception as ex:
            continue
        u = sio.get_untrusted_types(file=f"sk_{name}.skops")
        n += bool(u)
    print(n, "need types that skops does not trust by itself")


for make in (xg, lg, mp, ox, sk):
    attempt(make)
