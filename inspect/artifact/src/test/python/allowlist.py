"""Prints allow-list entries of classes whose objects can be made on load without running code of the
pickle's choice, with the evidence that it found. Run it in an environment that has the libraries.

usage: allowlist.py LIBRARY... > allow-generated-part.yaml

A class qualifies where all of this holds of the installed source:
- objects are made by object.__new__, or by the __new__ of a built-in type;
- its state is copied into __dict__ (no __setstate__), or goes through one of the __setstate__ that were
  read and are listed here with what they do;
- it has no __del__, which would run when the object is thrown away;
- it has no __getattr__ but those that were read, since loading asks for __setstate__ on a bare object.
"""

import importlib
import inspect
import pkgutil
import sys
import warnings

warnings.filterwarnings("ignore")

# Read by a person: what each does.
READ = {
    "sklearn.base.BaseEstimator": "copies the state into __dict__ and warns of other versions",
    "sklearn.utils._bunch.Bunch": "does nothing",
    "torch.nn.modules.module.Module": "copies the state into __dict__ and adds empty dictionaries",
    "torch.nn.modules.activation.MultiheadAttention": "adds a truth value to the state",
    "torch.nn.modules.transformer.TransformerEncoderLayer": "copies the state and adds an activation",
    "torch.nn.modules.transformer.TransformerDecoderLayer": "copies the state and adds an activation",
    "torch.nn.modules.rnn.RNNBase": "copies the state and lists its own weights",
    "torch.nn.modules.upsampling.Upsample": "adds a truth value to the state",
    "torch.nn.modules.batchnorm._NormBase": "copies the state",
    "torch.optim.optimizer.Optimizer": "copies the state and adds empty dictionaries",
    "xgboost.core.Booster": "gives bytes to the native parser of models",
    "lightgbm.basic.Booster": "gives a text to the native parser of models",
}
GETATTR = {"torch.nn.modules.module.Module", "sklearn.utils._bunch.Bunch"}
LEFT_OUT = (
    "test", "externals", "conftest", "_testing", "datasets", "estimator_checks", "_mocking", "dask", "spark",
    "_build", "_repr_html", "_show_versions", "parallel", "federated", "tracker", "collective", "rabit", "plotting",
    "_plot", "cuda", "attention", "cpp", "_functions", "utils_", "distributed", "_dynamo", "_inductor", "onnx", "jit", "fx", "__main__", "vendor",
)


def qualified(cls):
    return cls.__module__ + "." + cls.__qualname__


def owner(cls, name):
    return next((c for c in cls.__mro__ if name in c.__dict__), None)


def evidence(cls):
    if not isinstance(cls, type) or issubclass(cls, type) or "." in cls.__qualname__:
        return None
    if owner(cls, "__del__"):
        return None
    new = owner(cls, "__new__")
    if inspect.isfunction(new.__dict__["__new__"]) or isinstance(new.__dict__["__new__"], staticmethod):
        return None
    words = f"{new.__name__}.__new__"
    getattr_owner = owner(cls, "__getattr__")
    if getattr_owner and qualified(getattr_owner) not in GETATTR:
        return None
    if owner(cls, "__getattribute__") is not object:
        if qualified(owner(cls, "__getattribute__")).split(".")[0] != "builtins":
            return None
    state = owner(cls, "__setstate__")
    if state is None:
        return words + ", state copied into __dict__"
    seen = []
    for c in cls.__mro__:
        if "__setstate__" in c.__dict__ and c.__module__.split(".")[0] != "builtins":
            name = qualified(c)
            optimizer = name.startswith("torch.optim.")
            if name not in READ and not optimizer:
                return None
            seen.append(f"{c.__name__}.__setstate__ " + READ.get(name, "copies the state and adds defaults"))
            if name in ("torch.nn.modules.module.Module", "sklearn.base.BaseEstimator"):
                break
    return words + ("; " + seen[0] if seen else ", state set by a built-in type")


def modules(library):
    root = importlib.import_module(library)
    yield root
    for info in pkgutil.walk_packages(getattr(root, "__path__", []), library + ".", onerror=lambda n: None):
        parts = info.name.split(".")
        if any(p.startswith(x) or p == x or ("_" + x) in p for p in parts[1:] for x in LEFT_OUT):
            continue
        try:
            yield importlib.import_module(info.name)
        except BaseException:
            continue


# Names that modules of scikit-learn had before 0.22 (sklearn/_build_utils/deprecated_modules.py of 0.22).
OLD = {
    "sklearn.tree._classes": "sklearn.tree.tree", "sklearn.ensemble._bagging": "sklearn.ensemble.bagging", "sklearn.ensemble._base": "sklearn.ensemble.base",
    "sklearn.ensemble._forest": "sklearn.ensemble.forest", "sklearn.ensemble._gb": "sklearn.ensemble.gradient_boosting", "sklearn.ensemble._iforest": "sklearn.ensemble.iforest",
    "sklearn.ensemble._voting": "sklearn.ensemble.voting", "sklearn.ensemble._weight_boosting": "sklearn.ensemble.weight_boosting", "sklearn.neural_network._rbm": "sklearn.neural_network.rbm",
    "sklearn.neural_network._multilayer_perceptron": "sklearn.neural_network.multilayer_perceptron", "sklearn.utils._bunch": "sklearn.utils", "sklearn.svm._base": "sklearn.svm.base", "sklearn.svm._classes": "sklearn.svm.classes",
    "sklearn.neighbors._base": "sklearn.neighbors.base", "sklearn.neighbors._classification": "sklearn.neighbors.classification", "sklearn.neighbors._regression": "sklearn.neighbors.regression",
    "sklearn.neighbors._kde": "sklearn.neighbors.kde", "sklearn.neighbors._lof": "sklearn.neighbors.lof", "sklearn.neighbors._nca": "sklearn.neighbors.nca", "sklearn.neighbors._nearest_centroid": "sklearn.neighbors.nearest_centroid", "sklearn.neighbors._unsupervised": "sklearn.neighbors.unsupervised",
    "sklearn.manifold._isomap": "sklearn.manifold.isomap", "sklearn.manifold._locally_linear": "sklearn.manifold.locally_linear", "sklearn.manifold._mds": "sklearn.manifold.mds", "sklearn.manifold._spectral_embedding": "sklearn.manifold.spectral_embedding_", "sklearn.manifold._t_sne": "sklearn.manifold.t_sne",
    "sklearn.linear_model._base": "sklearn.linear_model.base", "sklearn.linear_model._bayes": "sklearn.linear_model.bayes", "sklearn.linear_model._coordinate_descent": "sklearn.linear_model.coordinate_descent", "sklearn.linear_model._huber": "sklearn.linear_model.huber", "sklearn.linear_model._least_angle": "sklearn.linear_model.least_angle",
    "sklearn.linear_model._logistic": "sklearn.linear_model.logistic", "sklearn.linear_model._omp": "sklearn.linear_model.omp", "sklearn.linear_model._passive_aggressive": "sklearn.linear_model.passive_aggressive", "sklearn.linear_model._perceptron": "sklearn.linear_model.perceptron", "sklearn.linear_model._ransac": "sklearn.linear_model.ransac",
    "sklearn.linear_model._ridge": "sklearn.linear_model.ridge", "sklearn.linear_model._stochastic_gradient": "sklearn.linear_model.stochastic_gradient", "sklearn.linear_model._theil_sen": "sklearn.linear_model.theil_sen",
    "sklearn.cluster._bicluster": "sklearn.cluster.bicluster", "sklearn.cluster._birch": "sklearn.cluster.birch", "sklearn.cluster._dbscan": "sklearn.cluster.dbscan_", "sklearn.cluster._agglomerative": "sklearn.cluster.hierarchical", "sklearn.cluster._kmeans": "sklearn.cluster.k_means_", "sklearn.cluster._mean_shift": "sklearn.cluster.mean_shift_", "sklearn.cluster._optics": "sklearn.cluster.optics_", "sklearn.cluster._spectral": "sklearn.cluster.spectral", "sklearn.cluster._affinity_propagation": "sklearn.cluster.affinity_propagation_",
    "sklearn.mixture._base": "sklearn.mixture.base", "sklearn.mixture._gaussian_mixture": "sklearn.mixture.gaussian_mixture", "sklearn.mixture._bayesian_mixture": "sklearn.mixture.bayesian_mixture",
    "sklearn.feature_extraction._dict_vectorizer": "sklearn.feature_extraction.dict_vectorizer", "sklearn.feature_extraction._hash": "sklearn.feature_extraction.hashing", "sklearn.feature_selection._base": "sklearn.feature_selection.base", "sklearn.feature_selection._from_model": "sklearn.feature_selection.from_model", "sklearn.feature_selection._rfe": "sklearn.feature_selection.rfe", "sklearn.feature_selection._univariate_selection": "sklearn.feature_selection.univariate_selection", "sklearn.feature_selection._variance_threshold": "sklearn.feature_selection.variance_threshold",
    "sklearn.preprocessing._data": "sklearn.preprocessing.data", "sklearn.preprocessing._label": "sklearn.preprocessing.label", "sklearn.impute._base": "sklearn.preprocessing.imputation",
    "sklearn.metrics._scorer": "sklearn.metrics.scorer", "sklearn.decomposition._base": "sklearn.decomposition.base", "sklearn.decomposition._dict_learning": "sklearn.decomposition.dict_learning", "sklearn.decomposition._factor_analysis": "sklearn.decomposition.factor_analysis", "sklearn.decomposition._fastica": "sklearn.decomposition.fastica_", "sklearn.decomposition._incremental_pca": "sklearn.decomposition.incremental_pca", "sklearn.decomposition._kernel_pca": "sklearn.decomposition.kernel_pca", "sklearn.decomposition._lda": "sklearn.decomposition.online_lda", "sklearn.decomposition._nmf": "sklearn.decomposition.nmf", "sklearn.decomposition._pca": "sklearn.decomposition.pca", "sklearn.decomposition._sparse_pca": "sklearn.decomposition.sparse_pca", "sklearn.decomposition._truncated_svd": "sklearn.decomposition.truncated_svd",
    "sklearn.gaussian_process._gpr": "sklearn.gaussian_process.gpr", "sklearn.gaussian_process._gpc": "sklearn.gaussian_process.gpc", "sklearn.semi_supervised._label_propagation": "sklearn.semi_supervised.label_propagation", "sklearn.cross_decomposition._pls": "sklearn.cross_decomposition.pls_", "sklearn.covariance._elliptic_envelope": "sklearn.covariance.elliptic_envelope", "sklearn.covariance._empirical_covariance": "sklearn.covariance.empirical_covariance_", "sklearn.covariance._graph_lasso": "sklearn.covariance.graph_lasso_", "sklearn.covariance._robust_covariance": "sklearn.covariance.robust_covariance", "sklearn.covariance._shrunk_covariance": "sklearn.covariance.shrunk_covariance_",
    "sklearn.inspection._partial_dependence": "sklearn.inspection.partial_dependence", "torch.nn.modules.linear": "torch.nn.modules.linear",
}

if __name__ == "__main__":
    found = {}
    for library in sys.argv[1:]:
        for module in modules(library):
            for name, cls in vars(module).items():
                if isinstance(cls, type) and cls.__module__ == module.__name__ and cls.__qualname__ == name:
                    why = evidence(cls)
                    if why:
                        found.setdefault(module.__name__, {})[name] = why
    for module in list(found):
        old = OLD.get(module)
        if old and old != module:
            for name, why in found[module].items():
                found.setdefault(old, {}).setdefault(name, why)
    for module in sorted(found):
        print(module + ":")
        for name in sorted(found[module]):
            print(f"  {name}: new | {found[module][name]}")
