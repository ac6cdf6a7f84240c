"""How fast bare captions are restored, beside an encoder of RoBERTa-large's size in the same run.

Ours is the whole of it: finding what is bare and in English, tags, turns, casing, paragraphs. The large encoder (24
layers of 1024, 16 heads; random weights cost what trained ones cost) only computes its states, with onnxruntime in
float32 and on as many threads. Processor time, best of three rounds; and the peak of
memory for one hour and for twelve.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from commonplace.engines.transcripts import Transcript, Words
from commonplace.engines.transcripts.restoration import restore_transcript

SEED = 20261124
ROUNDS = 3
WORDS = 20_000
WORDS_AN_HOUR = 9_000

LAYERS, SIZE, HEADS, INNER = 24, 1024, 16, 4096
TOKENS, TOKENS_A_WORD = 256, 1.3
OVERLAP = 40

VOCABULARY = (
    "the a and of to in is that we it you for on this with are as be have but not they so can what there about when "
    "then people time way thing work data model code search talk question answer problem team week year idea user page "
    "test run build write read find learn change start use make take give know think mean look need want try ask tell"
).split()


def measure(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def make_bare(words: int) -> Transcript:
    """A talk without any punctuation, 150 words a minute."""
    chance = random.Random(SEED)
    texts = chance.choices(VOCABULARY, k=words)
    return Transcript(words=Words.of((text, 400 * n, 400 * n + 350) for n, text in enumerate(texts)), precision="word")


def make_large_encoder() -> onnxruntime.InferenceSession:
    """An encoder of RoBERTa-large's shape; its layers share one set of weights, which if anything makes it faster."""
    chance = np.random.default_rng(SEED)
    shapes = {
        **dict.fromkeys(("query", "key", "value", "out"), (SIZE, SIZE)),
        "up": (SIZE, INNER),
        "down": (INNER, SIZE),
    }
    weights = [
        numpy_helper.from_array((chance.standard_normal(shape) / 64).astype(np.float32), name)
        for name, shape in shapes.items()
    ]
    weights += [numpy_helper.from_array(np.ones(SIZE, np.float32), "ones")]
    weights += [numpy_helper.from_array(np.array([1, TOKENS, HEADS, SIZE // HEADS]), "split")]
    weights += [numpy_helper.from_array(np.array([1, TOKENS, SIZE]), "join")]
    nodes: list[onnx.NodeProto] = []

    def add(kind: str, *inputs: str, **attributes: object) -> str:
        name = f"n{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def split(state: str, weight: str, order: list[int]) -> str:
        return add("Transpose", add("Reshape", add("MatMul", state, weight), "split"), perm=order)

    state = "states"
    for _ in range(LAYERS):
        query, key = split(state, "query", [0, 2, 1, 3]), split(state, "key", [0, 2, 3, 1])
        mixed = add("MatMul", add("Softmax", add("MatMul", query, key)), split(state, "value", [0, 2, 1, 3]))
        joined = add("Reshape", add("Transpose", mixed, perm=[0, 2, 1, 3]), "join")
        state = add("LayerNormalization", add("Add", state, add("MatMul", joined, "out")), "ones")
        inner = add("Gelu", add("MatMul", state, "up"))
        state = add("LayerNormalization", add("Add", state, add("MatMul", inner, "down")), "ones")
    shape = [1, TOKENS, SIZE]
    graph = helper.make_graph(
        nodes,
        "large",
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(state, TensorProto.FLOAT, shape)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def measure_peak(hours: int) -> int:
    """Megabytes at the peak of a process that restores a talk of so many hours."""
    code = (
        "import random, re; from commonplace.engines.transcripts import Transcript, Words; "
        "from commonplace.engines.transcripts.restoration import restore_transcript; "
        f"texts = random.Random(1).choices({VOCABULARY!r}, k={hours * WORDS_AN_HOUR}); "
        "restore_transcript(Transcript(words=Words.of((text, None, None) for text in texts))); "
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print what was measured."""
    talk = make_bare(WORDS)
    restore_transcript(make_bare(100))  # loads the model
    ours = WORDS / measure(lambda: restore_transcript(talk))
    encoder = make_large_encoder()
    states = np.zeros((1, TOKENS, SIZE), np.float32)
    window = measure(lambda: encoder.run(None, {"states": states}))
    theirs = (TOKENS / TOKENS_A_WORD - OVERLAP) / window
    print(f"restoring             {ours:10,.0f} words a second of processor time")
    print(f"RoBERTa-large's size  {theirs:10,.0f} words a second of processor time")
    print(f"                      {ours / theirs:10.0f} times as fast")
    for hours in (1, 12):
        print(f"peak memory, {hours:2d} h     {measure_peak(hours):10,d} MB")


if __name__ == "__main__":
    main()
