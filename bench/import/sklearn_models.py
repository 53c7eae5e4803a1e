"""Fits three scikit-learn classifiers on data sets that come with it and prints what they learnt, with answers to a tenth of the rows.

One line of JSON each: name, features, labels, parameters as skl2onnx would write them, rows and the probabilities that scikit-learn gives.
"""

import json

import numpy
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def threshold(value):
    """The largest float32 that is not above it: every float32 is then on the same side of both."""
    rounded = numpy.float32(value)
    return float(numpy.nextafter(rounded, numpy.float32("-inf")) if rounded > value else rounded)


def forest(model):
    nodes = {name: [] for name in ("trees", "nodes", "features", "values", "modes", "true", "false")}
    leaves = {name: [] for name in ("trees", "nodes", "labels", "weights")}
    for tree_id, estimator in enumerate(model.estimators_):
        tree = estimator.tree_
        for node in range(tree.node_count):
            is_leaf = tree.children_left[node] < 0
            nodes["trees"].append(tree_id)
            nodes["nodes"].append(node)
            nodes["features"].append(0 if is_leaf else int(tree.feature[node]))
            nodes["values"].append(0 if is_leaf else threshold(tree.threshold[node]))
            nodes["modes"].append("LEAF" if is_leaf else "BRANCH_LEQ")
            nodes["true"].append(0 if is_leaf else int(tree.children_left[node]))
            nodes["false"].append(0 if is_leaf else int(tree.children_right[node]))
            if is_leaf:
                counts = tree.value[node][0]
                for label, share in enumerate(counts / counts.sum() / len(model.estimators_)):
                    leaves["trees"].append(tree_id)
                    leaves["nodes"].append(node)
                    leaves["labels"].append(label)
                    leaves["weights"].append(float(share))
    return {"nodes": nodes, "leaves": leaves}


def scaling(pipeline):
    scaler = pipeline[0]
    return {"mean": scaler.mean_.tolist(), "scale": (1 / scaler.scale_).tolist()}


def linear(pipeline):
    classifier = pipeline[-1]
    return {**scaling(pipeline), "weights": classifier.coef_.tolist(), "bias": classifier.intercept_.tolist()}


def perceptron(pipeline):
    layers = zip(pipeline[-1].coefs_, pipeline[-1].intercepts_)
    return {**scaling(pipeline), "layers": [{"weights": w.tolist(), "bias": b.tolist()} for w, b in layers]}


wine, cancer = load_wine(), load_breast_cancer()
models = [
    ("linear", wine, make_pipeline(StandardScaler(), LogisticRegression()), linear),
    ("forest", wine, RandomForestClassifier(100, random_state=0), forest),
    ("perceptron", cancer, make_pipeline(StandardScaler(), MLPClassifier((16,), max_iter=1000, random_state=0)), perceptron),
]
for name, data, model, describe in models:
    values = data.data.astype(numpy.float32)
    model.fit(values, data.target)
    rows = values[::10]
    print(
        json.dumps(
            {
                "name": name,
                "features": [feature.replace("/", " ") for feature in data.feature_names],
                "labels": [int(label) for label in model.classes_],
                "parameters": describe(model),
                "rows": [[float(value) for value in row] for row in rows],
                "probabilities": model.predict_proba(rows).tolist(),
            }
        )
    )
