"""Writes a trained tagger as the files that `commonplace restore` reads.

usage: export.py CHECKPOINT.pt ENCODER_FOLDER CORPUS.npz FOLDER

FOLDER gets tagger.onnx (weights as 8-bit integers, a scale for each output; about 23 MB), tokenizer.json and forms.json
(words of mixed case, as prepare.py found them). Takes a minute.
"""

import argparse
import hashlib
import json
import pathlib
import tempfile
from typing import Any

import onnx
import torch
from model import WIDTHS, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic


def write_graph(model: Tagger, path: pathlib.Path) -> None:
    """The tagger in float32: tokens and mask (batch, tokens) in, logits (batch, tokens, outputs) out."""
    inputs = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64))
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        model,
        inputs,
        str(path),
        input_names=["tokens", "mask"],
        output_names=["logits"],
        dynamic_axes={"tokens": axes, "mask": axes, "logits": axes},
        opset_version=17,
        dynamo=False,
    )


def quantise(source: pathlib.Path, target: pathlib.Path) -> None:
    """Products of matrices and the table of words in 8 bits."""
    quantize_dynamic(
        source,
        target,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    graph = onnx.load(target)
    graph.producer_name, graph.doc_string = "commonplace", f"outputs: {WIDTHS}"
    onnx.save(graph, target)


def write_tokenizer(encoder: pathlib.Path, target: pathlib.Path) -> None:
    """The encoder's tokenizer without padding and truncation."""
    tokenizer: dict[str, Any] = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """Exports, quantises, and prints sizes and hashes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("encoder", type=pathlib.Path)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    model = Tagger()
    model.load_state_dict(torch.load(args.checkpoint))
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder, "tagger.onnx")
        write_graph(model, plain)
        quantise(plain, args.folder / "tagger.onnx")
    write_tokenizer(args.encoder, args.folder / "tokenizer.json")
    forms = json.loads(args.corpus.with_suffix(".forms.json").read_text(encoding="utf-8"))
    best = {form.lower(): form for form in forms}
    lines = ",\n".join(
        f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v, ensure_ascii=False)}" for k, v in sorted(best.items())
    )
    (args.folder / "forms.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    for file in sorted(args.folder.iterdir()):
        data = file.read_bytes()
        print(f"{file.name}  {len(data):,} bytes  sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
