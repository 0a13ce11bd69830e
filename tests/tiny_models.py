"""Tiny embedders and rerankers, made by the real libraries with random weights of a fixed seed.

They are of no use to anybody but a test, and are of just the form that real ones have.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

WORDS = "the a of tenant rent nurse night auditor invoice paid cat sat query passage lease".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tiny_embedder(
    folder: Path, *, width: int = 32, seed: int = 1, prompts: dict[str, str] | None = None
) -> Path:
    """An embedder of `width` numbers in `folder`, as sentence-transformers saves one."""
    _no_monitor()
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    base = folder.parent / f".{folder.name}.base"
    torch.manual_seed(seed)
    BertModel(_config(width)).save_pretrained(base)
    _tokenizer(base)
    transformer = Transformer(str(base))
    model = SentenceTransformer(
        modules=[transformer, Pooling(width, "mean")], device="cpu", prompts=prompts
    )
    model.save_pretrained(str(folder))
    return folder


def tiny_reranker(folder: Path, *, seed: int = 2) -> Path:
    """A cross-encoder in `folder`, as transformers saves one."""
    _no_monitor()
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    config = _config(32)
    config.num_labels = 1
    config.initializer_range = 0.25  # so that its scores differ, and none is at its limit
    BertForSequenceClassification(config).save_pretrained(folder)
    _tokenizer(folder)
    return folder


def _no_monitor() -> None:
    """Let no thread of a progress bar outlive the making."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0


def _config(width: int):  # type: ignore[no-untyped-def]
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(_vocabulary()),
        hidden_size=width,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * width,
        max_position_embeddings=128,
    )


def _vocabulary() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:;'-"
    return [*SPECIAL, *WORDS, *letters, *(f"##{letter}" for letter in letters)]


def _tokenizer(folder: Path) -> None:
    from transformers import BertTokenizerFast

    words = {word: number for number, word in enumerate(_vocabulary())}
    BertTokenizerFast(vocab=words, model_max_length=128).save_pretrained(folder)
