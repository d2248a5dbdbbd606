"""Makes harmless model files with the real libraries: what users scan all day.

usage: harmless.py FOLDER [LIBRARY...]

One sub-folder for each library. Libraries that are not installed are left out with a word. The files
are not kept in the repository; make them in a virtual environment outside of it:

    python3 -m venv venv
    venv/bin/pip install scikit-learn numpy pandas scipy joblib dill cloudpickle lightgbm xgboost lz4
    venv/bin/python harmless.py out          # torch where it is installed
    ./redoubt inspect artifact out --format json > verdicts.json
    venv/bin/python flagged.py verdicts.json # share that was flagged, by library
"""

import functools
import pickle
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


class Out:
    def __init__(self, folder, library):
        self.folder = Path(folder) / library
        self.folder.mkdir(parents=True, exist_ok=True)
        self.made = 0
        self.failed = []

    def pickles(self, name, thing, protocols=range(6), dump=pickle.dumps, ending="pkl"):
        for protocol in protocols:
            try:
                data = dump(thing, protocol=protocol)
            except Exception as e:
                self.failed.append(f"{name}: {type(e).__name__}")
                continue
            (self.folder / f"{name}.p{protocol}.{ending}").write_bytes(data)
            self.made += 1

    def joblib(self, name, thing, codecs=(0, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3), ("lz4", 3))):
        import joblib

        for codec in codecs:
            word = codec[0] if codec else "raw"
            try:
                joblib.dump(thing, self.folder / f"{name}.{word}.joblib", compress=codec)
                self.made += 1
            except Exception as e:
                self.failed.append(f"{name}: {type(e).__name__}")

    def __del__(self):
        print(f"{self.folder.name}: {self.made} files" + (f", not made: {sorted(set(self.failed))[:20]}" if self.failed else ""))


def sklearn(folder):
    import numpy as np
    from sklearn.utils import all_estimators
    from sklearn.datasets import make_classification, make_regression

    out = Out(folder, "sklearn")
    x, y = make_classification(60, 8, n_classes=2, random_state=0)
    xr, yr = make_regression(60, 8, random_state=0)
    positive = np.abs(x)
    from sklearn.linear_model import LogisticRegression, Ridge, LinearRegression
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    base = LogisticRegression()
    special = {
        "ClassifierChain": dict(estimator=base), "RegressorChain": dict(estimator=Ridge()),
        "MultiOutputClassifier": dict(estimator=base), "MultiOutputRegressor": dict(estimator=Ridge()),
        "OneVsOneClassifier": dict(estimator=base), "OneVsRestClassifier": dict(estimator=base),
        "OutputCodeClassifier": dict(estimator=base), "FixedThresholdClassifier": dict(estimator=base),
        "TunedThresholdClassifierCV": dict(estimator=base), "RFE": dict(estimator=base), "RFECV": dict(estimator=base),
        "SelectFromModel": dict(estimator=base), "SequentialFeatureSelector": dict(estimator=base),
        "SelfTrainingClassifier": dict(estimator=base), "SparseCoder": dict(dictionary=np.eye(8)),
        "GridSearchCV": dict(estimator=base, param_grid={"C": [0.1, 1]}),
        "RandomizedSearchCV": dict(estimator=base, param_distributions={"C": [0.1, 1, 2]}, n_iter=2),
        "HalvingGridSearchCV": dict(estimator=base, param_grid={"C": [0.1, 1]}),
        "HalvingRandomSearchCV": dict(estimator=base, param_distributions={"C": [0.1, 1]}),
        "StackingClassifier": dict(estimators=[("a", base), ("b", DecisionTreeClassifier())]),
        "StackingRegressor": dict(estimators=[("a", Ridge()), ("b", DecisionTreeRegressor())]),
        "VotingClassifier": dict(estimators=[("a", base), ("b", DecisionTreeClassifier())]),
        "VotingRegressor": dict(estimators=[("a", Ridge()), ("b", DecisionTreeRegressor())]),
        "Pipeline": dict(steps=[("a", None), ("b", base)]),
        "FeatureUnion": dict(transformer_list=[("a", "passthrough")]),
        "ColumnTransformer": dict(transformers=[("a", "passthrough", [0, 1])]),
        "FunctionTransformer": dict(func=np.log1p),
    }
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    special["Pipeline"] = dict(steps=[("a", StandardScaler()), ("b", base)])
    texts = ["one two three", "two three four", "five six", "one six seven"] * 10
    for name, cls in all_estimators():
        try:
            estimator = cls(**special.get(name, {}))
        except Exception as e:
            out.failed.append(f"{name}: {type(e).__name__}")
            continue
        tries = [(x, y), (positive, y), (xr, yr), (positive, np.abs(yr) + 1), (texts, None), (y, None), (list(y),), (x,),
                 (np.c_[yr, yr], np.c_[yr, yr]), (xr, np.c_[yr, yr]), (x, np.c_[y, y]), (xr[:, :1], yr), ([{"a": 1}, {"b": 2}],), ([["a"], ["b"]],)]
        for data in tries:
            try:
                estimator.fit(*data)
                break
            except Exception:
                continue
        else:
            out.failed.append(f"{name}: not fitted")
        out.pickles(name, estimator)
        out.joblib(name, estimator)
    more = {
        "function-transformers": [__import__("sklearn.preprocessing", fromlist=["x"]).FunctionTransformer(f) for f in (np.sqrt, np.log, np.exp)],
        "pipeline": Pipeline([("s", StandardScaler()), ("c", LogisticRegression())]).fit(x, y),
    }
    for name, thing in more.items():
        out.pickles(name, thing)
        out.joblib(name, thing)
    from sklearn.svm import SVC
    from sklearn.metrics import make_scorer, f1_score
    from sklearn.model_selection import GridSearchCV, StratifiedKFold

    grid = GridSearchCV(SVC(), {"C": [1, 2]}, scoring=make_scorer(f1_score), cv=StratifiedKFold(3)).fit(x, y)
    out.pickles("grid-with-scorer", grid)
    from sklearn.gaussian_process import GaussianProcessRegressor, kernels

    for k in (kernels.RBF(), kernels.Matern(), kernels.RationalQuadratic(), kernels.ExpSineSquared(), kernels.DotProduct(), kernels.WhiteKernel() + kernels.ConstantKernel() * kernels.RBF(), kernels.Exponentiation(kernels.RBF(), 2), kernels.CompoundKernel([kernels.RBF()]), kernels.PairwiseKernel()):
        try:
            out.pickles("gp-" + type(k).__name__, GaussianProcessRegressor(k).fit(xr, yr), [2, 4])
        except Exception as e:
            out.failed.append(f"gp {type(k).__name__}: {type(e).__name__}")
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, GradientBoostingClassifier, GradientBoostingRegressor
    from sklearn.linear_model import SGDClassifier, SGDRegressor

    for loss in ("squared_error", "absolute_error", "gamma", "poisson", "quantile"):
        out.pickles("hgb-" + loss, HistGradientBoostingRegressor(loss=loss, quantile=0.5, max_iter=5).fit(xr, np.abs(yr) + 1), [2, 4, 5])
    for loss in ("squared_error", "absolute_error", "huber", "quantile"):
        out.pickles("gb-" + loss, GradientBoostingRegressor(loss=loss, n_estimators=5).fit(xr, yr), [2, 4, 5])
    for loss in ("log_loss", "exponential"):
        out.pickles("gbc-" + loss, GradientBoostingClassifier(loss=loss, n_estimators=5).fit(x, y), [2, 4, 5])
    three = np.arange(60) % 3
    out.pickles("hgb-multi", HistGradientBoostingClassifier(max_iter=5).fit(x, three), [2, 4, 5])
    out.pickles("gb-multi", GradientBoostingClassifier(n_estimators=5).fit(x, three), [2, 4, 5])
    for loss in ("hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron"):
        out.pickles("sgd-" + loss, SGDClassifier(loss=loss).fit(x, y), [2, 4, 5])
    for loss in ("squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"):
        out.pickles("sgdr-" + loss, SGDRegressor(loss=loss).fit(xr, yr), [2, 4, 5])


def numpy(folder):
    import numpy as np

    out = Out(folder, "numpy")
    rng = np.random.default_rng(0)
    things = {}
    for t in "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 longdouble complex64 complex128".split():
        things["array-" + t] = rng.random((5, 7)).astype(t)
        things["scalar-" + t] = np.dtype(t).type(1)
    things["fortran"] = np.asfortranarray(rng.random((4, 5)))
    things["texts"] = np.array(["a", "bcd"])
    things["bytes"] = np.array([b"a", b"bcd"])
    things["objects"] = np.array([1, "a", None, {"k": [1.5]}], dtype=object)
    things["dates"] = np.array(["2020-01-01", "2021-02-03"], dtype="datetime64[D]")
    things["durations"] = np.array([1, 2], dtype="timedelta64[ns]")
    things["structured"] = np.zeros(3, dtype=[("a", "i4"), ("b", "f8", (2,)), ("c", "U5")])
    things["structured-objects"] = np.array([(1, "x")], dtype=[("a", "i4"), ("b", "O")])
    things["record"] = np.rec.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    things["matrix"] = np.matrix([[1, 2], [3, 4]])
    things["masked"] = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    things["big"] = rng.random((300, 300))
    things["big-endian"] = np.arange(5, dtype=">i4")
    things["empty"] = np.zeros((0, 4))
    things["zero-d"] = np.array(3.5)
    things["dtype"] = np.dtype([("a", "f4")])
    things["random-state"] = np.random.RandomState(3)
    things["poly"] = np.polynomial.Polynomial([1, 2, 3])
    things["poly1d"] = np.poly1d([1, 2, 3])
    things["strings"] = np.array(["a", "bc"], dtype=np.dtypes.StringDType()) if hasattr(np.dtypes, "StringDType") else None
    for b in ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"):
        things["generator-" + b] = np.random.Generator(getattr(np.random, b)(1))
        things["bits-" + b] = getattr(np.random, b)(1)
    things["seed"] = np.random.SeedSequence(5)
    things["ufuncs"] = [np.log, np.add, np.sqrt]
    things["mixed"] = {"w": [rng.random(5), rng.random((2, 2))], "n": 3, "s": "x" * 300, "t": (1, 2.5, None, True), "b": b"xyz", "set": {1, 2}, "f": frozenset({3})}
    for name, thing in things.items():
        out.pickles(name, thing)
        out.joblib(name, thing)
        if isinstance(thing, np.ndarray) and not isinstance(thing, np.ma.MaskedArray):
            np.save(out.folder / f"{name}.npy", thing, allow_pickle=True)
            np.savez(out.folder / f"{name}.npz", a=thing, b=thing)
            np.savez_compressed(out.folder / f"{name}.c.npz", a=thing)
            out.made += 3


def pandas(folder):
    import numpy as np
    import pandas as pd

    out = Out(folder, "pandas")
    f = pd.DataFrame({"i": [1, 2, 3], "f": [1.5, None, 2], "s": ["a", "b", None], "d": pd.date_range("2020", periods=3), "c": pd.Categorical(["x", "y", "x"]), "b": [True, False, True]})
    things = {
        "frame": f, "series": f["f"], "index": f.set_index("d"), "multi": f.set_index(["i", "s"]), "range": pd.RangeIndex(5),
        "dates": pd.date_range("2020", periods=4, tz="UTC"), "dates-tz": pd.date_range("2020", periods=4, tz="Europe/Berlin"), "periods": pd.period_range("2020", periods=3, freq="M"),
        "durations": pd.timedelta_range("1D", periods=3), "intervals": pd.interval_range(0, 5), "timestamp": pd.Timestamp("2020-01-01", tz="UTC"),
        "timedelta": pd.Timedelta("1D"), "period": pd.Period("2020-01"), "interval": pd.Interval(0, 1), "nullable": f.convert_dtypes(), "sparse": pd.arrays.SparseArray([0, 0, 1]),
        "categories": f["c"], "na": [pd.NA, pd.NaT], "strings": f["s"].astype("string"), "objects": f["s"].astype(object), "grouped": f.describe(), "wide": pd.DataFrame(np.random.rand(50, 40)),
        "int": pd.array([1, None], dtype="Int64"), "float": pd.array([1.5, None], dtype="Float64"), "bool": pd.array([True, None], dtype="boolean"), "offset": [pd.offsets.MonthEnd(), pd.offsets.Day(2), pd.offsets.BusinessDay(), pd.DateOffset(days=1)],
        "sparse-frame": pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])}),
    }
    for name, thing in things.items():
        out.pickles(name, thing)
        out.joblib(name, thing)
        if hasattr(thing, "to_pickle"):
            thing.to_pickle(out.folder / f"{name}.topickle.pkl")
            out.made += 1


def scipy(folder):
    import numpy as np
    from scipy import interpolate, optimize, sparse, spatial, stats, signal

    out = Out(folder, "scipy")
    m = sparse.random(20, 20, 0.2, random_state=0)
    things = {k: getattr(m, "to" + k)() for k in "csr csc coo dok lil dia bsr".split()}
    for k in "csr csc coo dok lil dia bsr".split():
        things[k + "-array"] = getattr(sparse, k + "_array")(m.toarray())
    x = np.linspace(0, 1, 10)
    things |= {
        "interp1d": interpolate.interp1d(x, x ** 2), "spline": interpolate.CubicSpline(x, x ** 2), "univariate": interpolate.UnivariateSpline(x, x), "bspline": interpolate.make_interp_spline(x, x),
        "ppoly": interpolate.PchipInterpolator(x, x), "akima": interpolate.Akima1DInterpolator(x, x), "grid": interpolate.RegularGridInterpolator((x, x), np.outer(x, x)), "rbf": interpolate.RBFInterpolator(np.c_[x, x ** 2], x),
        "kde": stats.gaussian_kde(np.random.rand(20)), "norm": stats.norm(1, 2), "gamma": stats.gamma(2.0), "beta": stats.beta(1, 2), "expon": stats.expon(), "uniform": stats.uniform(0, 1), "loguniform": stats.loguniform(1e-3, 1), "randint": stats.randint(1, 9), "poisson": stats.poisson(3), "mvn": stats.multivariate_normal([0, 0], np.eye(2)),
        "tree": spatial.cKDTree(np.random.rand(20, 3)), "kdtree": spatial.KDTree(np.random.rand(20, 3)), "hull": None, "rotation": spatial.transform.Rotation.from_quat([0, 0, 0, 1]),
        "result": optimize.minimize(lambda v: (v ** 2).sum(), [1.0, 2.0]), "linprog": optimize.linprog([1, 2], bounds=[(0, 1), (0, 1)]), "ttest": stats.ttest_ind([1, 2, 3.0], [2, 3, 4.5]), "lti": signal.lti([1], [1, 2]),
    }
    for name, thing in things.items():
        out.pickles(name, thing)
        out.joblib(name, thing)
    sparse.save_npz(out.folder / "sparse.npz", m.tocsr())
    out.made += 1


def xgboost(folder):
    import numpy as np
    import xgboost as xgb

    out = Out(folder, "xgboost")
    x, y = np.random.rand(60, 4), np.arange(60) % 2
    for cls in (xgb.XGBClassifier, xgb.XGBRegressor, xgb.XGBRanker, xgb.XGBRFClassifier, xgb.XGBRFRegressor):
        for booster in ("gbtree", "gblinear", "dart"):
            try:
                model = cls(n_estimators=3, booster=booster)
                model.fit(x, y, **({"group": [60]} if cls is xgb.XGBRanker else {}))
            except Exception as e:
                out.failed.append(f"{cls.__name__}: {type(e).__name__}")
                continue
            out.pickles(f"{cls.__name__}-{booster}", model)
            out.joblib(f"{cls.__name__}-{booster}", model)
            out.pickles(f"{cls.__name__}-{booster}-booster", model.get_booster(), [2, 4])
            for ending in ("json", "ubj"):
                model.save_model(out.folder / f"{cls.__name__}-{booster}.{ending}")
                out.made += 1


def lightgbm(folder):
    import lightgbm as lgb
    import numpy as np

    out = Out(folder, "lightgbm")
    x, y = np.random.rand(100, 4), np.arange(100) % 2
    for cls in (lgb.LGBMClassifier, lgb.LGBMRegressor, lgb.LGBMRanker):
        for boosting in ("gbdt", "dart"):
            model = cls(n_estimators=3, boosting_type=boosting, verbose=-1).fit(x, y, **({"group": [100]} if cls is lgb.LGBMRanker else {}))
            out.pickles(f"{cls.__name__}-{boosting}", model)
            out.joblib(f"{cls.__name__}-{boosting}", model)
            out.pickles(f"{cls.__name__}-{boosting}-booster", model.booster_, [2, 4])
            model.booster_.save_model(out.folder / f"{cls.__name__}-{boosting}.txt")
            out.made += 1


def plain(folder):
    import collections, datetime, decimal, fractions, pathlib, random, re, uuid, argparse, array, types

    out = Out(folder, "python")
    big = {f"key {i}": [i, i / 3, str(i), (i, None)] for i in range(3000)}
    things = {
        "big": big, "words": ["__init__", "__class__", "os", "system", "eval", "cos\nsystem\n(S'ls'\ntR."[:9]] * 5, "ordered": collections.OrderedDict(a=1, b=2), "default": collections.defaultdict(list, a=[1]), "nested-default": collections.defaultdict(dict),
        "deque": collections.deque([1, 2], 5), "counter": collections.Counter("hello"), "chain": collections.ChainMap({1: 2}), "date": [datetime.date(2020, 1, 1), datetime.datetime.now(datetime.timezone.utc), datetime.timedelta(1), datetime.time(1)],
        "decimal": decimal.Decimal("1.5"), "fraction": fractions.Fraction(1, 3), "path": [pathlib.PurePosixPath("a/b"), pathlib.Path("x")], "random": random.Random(3), "regex": re.compile("a+", re.I), "uuid": uuid.uuid4(),
        "namespace": argparse.Namespace(lr=0.1), "array": array.array("d", [1, 2.5]), "simple": types.SimpleNamespace(a=1), "numbers": [2 ** 70, -1, 10 ** 30, float("inf"), float("nan"), 1 + 2j], "sets": [{1, 2}, frozenset("ab")], "bytes": [b"abc", bytearray(b"xyz"), b"\x80\x04N."], "range": [range(5), slice(1, 2)], "none": None, "text": "x" * 100000, "deep": functools.reduce(lambda a, _: [a], range(200), 1),
        "errors": [ValueError("a"), KeyError("b")], "ellipsis": ...,
    }
    same = ["shared"]
    things["shared"] = [same, same, {"a": same}]
    loop = []
    loop.append(loop)
    things["loop"] = loop
    for name, thing in things.items():
        out.pickles(name, thing)
    with open(out.folder / "several.pkl", "wb") as f:
        for i in range(5):
            pickle.dump([i, "x"], f)
    out.made += 1
    partial = Out(folder, "partial")
    import numpy as np

    for name, thing in {"int": functools.partial(int, base=2), "max": functools.partial(max, 3), "log": functools.partial(np.log), "sum": functools.partial(np.sum, axis=0), "mean": functools.partial(np.mean, axis=1), "round": functools.partial(round, ndigits=2), "nested": functools.partial(functools.partial(np.clip, a_min=0), a_max=1), "dict": {"f": functools.partial(sorted, reverse=True)}}.items():
        partial.pickles(name, thing)


def dills(folder):
    import cloudpickle
    import dill
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y = np.random.rand(40, 4), np.arange(40) % 2
    things = {"numbers": {"a": [1, 2.5], "b": np.random.rand(5)}, "logistic": LogisticRegression().fit(x, y), "forest": RandomForestClassifier(5).fit(x, y), "pipeline": make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y), "text": "abc", "array": np.arange(100.0)}
    for library, module in (("dill", dill), ("cloudpickle", cloudpickle)):
        out = Out(folder, library)
        for name, thing in things.items():
            out.pickles(name, thing, [2, 3, 4, 5], module.dumps, "dill" if module is dill else "pkl")


def torch(folder):
    import torch
    from torch import nn

    out = Out(folder, "torch")
    models = {
        "mlp": nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(), nn.Linear(8, 2)),
        "cnn": nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.MaxPool2d(2), nn.Flatten(), nn.LazyLinear(2) if False else nn.Linear(36, 2)),
        "lstm": nn.LSTM(4, 8, 2), "gru": nn.GRU(4, 8), "transformer": nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2), "embedding": nn.Embedding(10, 4), "attention": nn.MultiheadAttention(8, 2), "norms": nn.ModuleList([nn.LayerNorm(4), nn.GroupNorm(2, 4), nn.InstanceNorm1d(4)]), "acts": nn.ModuleDict({"a": nn.GELU(), "b": nn.SiLU(), "c": nn.LeakyReLU(), "d": nn.Softmax(1), "e": nn.Sigmoid(), "f": nn.Tanh(), "g": nn.ELU()}),
    }

    def save(name, thing, **options):
        for legacy in (False, True):
            try:
                torch.save(thing, out.folder / f"{name}{'.legacy' if legacy else ''}.pt", _use_new_zipfile_serialization=not legacy, **options)
                out.made += 1
            except Exception as e:
                out.failed.append(f"{name}: {type(e).__name__}")

    for name, model in models.items():
        save(name + "-state", model.state_dict())
        save(name + "-model", model)
        for optimizer in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
            parameters = list(model.parameters())
            if not parameters:
                continue
            o = optimizer(parameters, lr=0.1)
            sum(p.sum() for p in parameters).backward()
            o.step()
            save(f"{name}-{optimizer.__name__}", {"epoch": 3, "model": model.state_dict(), "optimizer": o.state_dict(), "loss": 0.5, "args": __import__("argparse").Namespace(lr=0.1)})
        try:
            torch.jit.script(model).save(str(out.folder / f"{name}.script.pt"))
            out.made += 1
        except Exception as e:
            out.failed.append(f"{name} script: {type(e).__name__}")
    for t in (torch.float16, torch.bfloat16, torch.int8, torch.uint8, torch.int64, torch.bool, torch.complex64, torch.float64):
        save("tensor-" + str(t)[6:], torch.zeros(4, 3).to(t))
    shared = torch.rand(10)
    save("views", [shared[:5], shared[5:], shared.view(2, 5)])
    save("sparse", torch.eye(4).to_sparse())
    save("parameter", nn.Parameter(torch.rand(3)))
    save("misc", {"size": torch.Size([1, 2]), "device": torch.device("cpu"), "dtype": torch.float32, "rng": torch.get_rng_state(), "none": None})
    scheduler = torch.optim.lr_scheduler.StepLR(torch.optim.SGD([nn.Parameter(torch.rand(1))], 0.1), 5)
    save("scheduler", scheduler.state_dict())
    save("pickled", {"w": torch.rand(2)}, pickle_protocol=4)
    out.pickles("plain-tensor", torch.rand(3), [2, 4])


LIBRARIES = {"sklearn": sklearn, "numpy": numpy, "pandas": pandas, "scipy": scipy, "xgboost": xgboost, "lightgbm": lightgbm, "python": plain, "dill": dills, "torch": torch}

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[2:] or LIBRARIES:
        try:
            LIBRARIES[name](sys.argv[1])
        except ImportError as e:
            print(f"{name}: left out: {e}")
