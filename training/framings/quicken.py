"""Write the encoder anew as the few steps that onnxruntime is quick at, with the same sums to the last bit.

    python quicken.py ENCODER.onnx OUT.onnx

ENCODER.onnx is what `finetune.py` exports and onnxruntime rounds: some 700 nodes, of which many only work out shapes, masks and copies.
A sentence is read by itself, so there is nothing to mask and no batch: OUT.onnx has 123 nodes for one row of word pieces. Weights, scales
and the order of every sum are those of ENCODER.onnx. This is checked, since a difference in the last bit of a number may grow to 0.5 in a
sum: each layer rounds its input to whole numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH, LONGEST, ANSWERS = 6, 12, 384, 96, 7
SCALE, EPSILON = 0.176776692, 1e-12
CHECKED = 200
BIASES = {"sums": "answers"}


class Weights:
    """What the exported file holds, by name."""

    def __init__(self, file: Path) -> None:
        graph = onnx.load(file).graph
        self.arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        products = [node for node in graph.node if node.op_type == "MatMulInteger"]
        if len(products) != 6 * LAYERS + 1:
            raise SystemExit(f"{file}: not as finetune.py exports it, or written anew before ({len(products)} products of whole numbers).")
        self.products = {node.output[0].partition("MatMul")[0].strip("/_"): node.input[1].removesuffix("_quantized") for node in products}

    def table(self, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return an embedding as whole numbers, their scale and their zero."""
        whole, scale, zero = (self.arrays[f"body.embeddings.{name}.weight_{part}"] for part in ("quantized", "scale", "zero_point"))
        return whole, scale, zero

    def numbers(self, name: str) -> np.ndarray:
        """Return an embedding as numbers."""
        whole, scale, zero = self.table(name)
        return (whole.astype(np.int32) - zero.astype(np.int32)).astype(np.float32) * scale

    def product(self, name: str) -> list[np.ndarray]:
        """Return weights in whole numbers, the scale of each column, and what is added."""
        weight = self.products[name]
        return [
            self.arrays[f"{weight}_quantized"],
            self.arrays[f"{weight}_scale"],
            self.arrays[f"{BIASES.get(name, name)}.bias".replace("/", ".")],
        ]


class Steps:
    """The graph that is written, step by step; each method returns the name of what comes out."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, np.ndarray] = {}

    def constant(self, value: Any, kind: Any = np.int64) -> str:
        """Keep an array; numbers that are there are not kept twice."""
        array = value if isinstance(value, np.ndarray) else np.array(value, dtype=kind)
        for name, other in self.constants.items():
            if other.dtype == array.dtype and other.shape == array.shape and np.array_equal(other, array):
                return name
        name = f"constant_{len(self.constants)}"
        self.constants[name] = array
        return name

    def step(self, kind: str, given: Sequence[str], *, out: Sequence[str] = (), **options: Any) -> str:
        """Add a node."""
        out = list(out) or [f"step_{len(self.nodes)}"]
        ours = kind in {"DynamicQuantizeMatMul", "FusedMatMul", "Gelu", "MatMulIntegerToFloat", "SkipLayerNormalization"}
        self.nodes.append(helper.make_node(kind, given, out, domain="com.microsoft" if ours else "", **options))
        return out[0]

    def times(self, given: str, name: str, *, out: Sequence[str] = ()) -> str:
        """Multiply by weights, in whole numbers."""
        weight, scale, bias = map(self.constant, self.weights.product(name))
        return self.step("DynamicQuantizeMatMul", [given, weight, scale, "", bias], out=out)

    def norm(self, name: str) -> list[str]:
        """Return the weights of a layer norm."""
        return [self.constant(self.weights.arrays[f"{name}.{part}"]) for part in ("weight", "bias")]

    def embedded(self) -> str:
        """Return length x 384: of each word piece the sum of its word, its kind and its place, to norm."""
        whole, scale, zero = map(self.constant, self.weights.table("word_embeddings"))
        word = self.step("DequantizeLinear", [self.step("Gather", [whole, "pieces"]), scale, zero])
        word = self.step("Add", [word, self.constant(self.weights.numbers("token_type_embeddings")[0])])
        places = self.constant(self.weights.numbers("position_embeddings")[:LONGEST])
        first = self.constant([0])
        place = self.step("Slice", [places, first, self.step("Shape", ["pieces"]), first])
        norm = self.norm("body.embeddings.LayerNorm")
        return self.step("LayerNormalization", [self.step("Add", [word, place]), *norm], axis=-1, epsilon=EPSILON)

    def attended(self, given: str, layer: str) -> str:
        """Return what each word piece takes from all; heads are read where they lie, without turning the tables round."""
        whole = self.step("DynamicQuantizeLinear", [given], out=[f"{layer}/{part}" for part in ("whole", "scale", "zero")])
        asked = []
        for part in ("query", "key", "value"):
            weight, scale, bias = map(self.constant, self.weights.product(f"{layer}/attention/self/{part}"))
            told = self.step("MatMulIntegerToFloat", [whole, weight, f"{layer}/scale", scale, f"{layer}/zero", "", bias])
            asked.append(self.step("Reshape", [told, self.constant([0, HEADS, WIDTH // HEADS])]))
        query, key, value = asked
        nearness = self.step("FusedMatMul", [query, key], transB=1, transBatchA=1, transBatchB=1, alpha=SCALE)
        taken = self.step("FusedMatMul", [self.step("Softmax", [nearness], axis=-1), value], transBatchB=1, alpha=1.0)
        return self.step("Reshape", [self.step("Transpose", [taken], perm=[1, 0, 2]), self.constant([0, WIDTH])])

    def layer(self, given: str, n: int) -> str:
        """Return length x 384 after one layer."""
        path, name = f"body/encoder/layer.{n}", f"body.encoder.layer.{n}"
        taken = self.times(self.attended(given, path), f"{path}/attention/output/dense")
        norm = self.norm(f"{name}.attention.output.LayerNorm")
        middle = self.step("LayerNormalization", [self.step("Add", [taken, given]), *norm], axis=-1, epsilon=EPSILON)
        wide = self.step("Gelu", [self.times(middle, f"{path}/intermediate/dense")])
        norm = self.norm(f"{name}.output.LayerNorm")
        return self.step("SkipLayerNormalization", [self.times(wide, f"{path}/output/dense"), middle, *norm], epsilon=EPSILON)


def written(weights: Weights) -> bytes:
    """Return the file."""
    steps = Steps(weights)
    states = steps.embedded()
    for n in range(LAYERS):
        states = steps.layer(states, n)
    steps.times(steps.step("ReduceMean", [states], axes=[0], keepdims=1), "sums", out=["sums"])
    pieces = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["length"])
    sums = helper.make_tensor_value_info("sums", TensorProto.FLOAT, [1, ANSWERS])
    kept = [numpy_helper.from_array(array, name) for name, array in steps.constants.items()]
    graph = helper.make_graph(steps.nodes, "encoder", [pieces], [sums], kept)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return bytes(helper.make_model(graph, opset_imports=versions, ir_version=8).SerializeToString())


def differing(before: bytes, after: bytes) -> int:
    """Return how many of some rows of word pieces have other sums than before, be it in the last bit."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    old = onnxruntime.InferenceSession(before, options, providers=["CPUExecutionProvider"])
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    new = onnxruntime.InferenceSession(after, options, providers=["CPUExecutionProvider"])
    random, found = np.random.default_rng(0), 0
    for n in range(CHECKED):
        row = random.integers(1000, 30000, 2 + n % (LONGEST - 1))
        was = old.run(None, {"pieces": row[None], "mask": np.ones_like(row[None])})[0]
        found += not np.array_equal(was, new.run(None, {"pieces": row})[0])
    return found


def quicken(file: Path, out: Path) -> None:
    """Write the file anew, if every sum stays as it was."""
    after = written(Weights(file))
    n = differing(file.read_bytes(), after)
    if n:
        raise SystemExit(f"{n} of {CHECKED} rows have other sums than before: nothing was written.")
    out.write_bytes(after)


if __name__ == "__main__":
    quicken(*map(Path, sys.argv[1:]))
