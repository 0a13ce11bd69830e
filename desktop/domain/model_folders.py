"""Embedding models and rerankers: folders of files, as sentence-transformers has them. Pure rules.

Which files of a folder are taken, and what their settings say the model is. Only what is weights
(safetensors), settings (JSON) or vocabulary is taken: no pickles, and nothing that would have code
run. The format: https://sbert.net/docs/package_reference/base/modules.html and, for older folders,
the `modules.json` and `N_Pooling/config.json` of sentence-transformers 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from desktop.domain.models import ModelKind

CONFIG: Final = "config.json"
MODULES: Final = "modules.json"
PROMPTS: Final = "config_sentence_transformers.json"
LENGTHS: Final = "sentence_bert_config.json"
TOKENIZER: Final = "tokenizer_config.json"

VOCABULARIES: Final = frozenset(
    {"tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model"}
    | {"tokenizer.model", "spm.model"}
)
_TAKEN: Final = VOCABULARIES | {
    *(CONFIG, MODULES, PROMPTS, LENGTHS, TOKENIZER),
    *("special_tokens_map.json", "added_tokens.json", "merges.txt"),
    "model.safetensors.index.json",
}
_WEIGHTS: Final = re.compile(r"model(-\d{5}-of-\d{5})?\.safetensors")
_MODULE: Final = re.compile(r"\d{1,2}_[A-Za-z]{1,40}/config\.json")
_PICKLED: Final = re.compile(r"(pytorch_)?model(-\d{5}-of-\d{5})?\.(bin|pt|pth|ckpt)")

# The parts of a model that are known to do arithmetic alone; the last word of a class's name.
_PARTS: Final = frozenset({"Transformer", "Pooling", "Normalize"})
_HOME_OF_PARTS: Final = "sentence_transformers."
_OWN_CODE: Final = ("auto_map", "trust_remote_code", "custom_generate", "custom_pipelines")
MOST_DIMENSIONS: Final = 8_192
LARGEST_WINDOW: Final = 1_000_000  # tokens; tokenizers write 10^30 for "not known"
DEEPEST: Final = 20


class FolderUnsound(Exception):
    """A folder that is no model which can be used; `reason` goes into a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """What a folder says of its model, and which of its files belong to it, by name within it.

    The prefixes are what an embedder wants in front of a question and of a passage.
    """

    kind: ModelKind
    files: tuple[str, ...]
    dimensions: int = 0  # of an embedder's vectors
    context_window: int = 0  # tokens
    parameters: int = 0
    quantization: str = ""
    licence: str = ""
    query_prefix: str = ""
    passage_prefix: str = ""


def is_weights(name: str) -> bool:
    """Whether a file of that name, within its folder, is weights that can be loaded."""
    return _WEIGHTS.fullmatch(name) is not None


def looks_like_a_model(names: Iterable[str]) -> bool:
    """Whether files of these names in one folder are such a model, or would be in a safe form."""
    there = set(names)
    return CONFIG in there and any(
        is_weights(name) or _PICKLED.fullmatch(name) is not None for name in there
    )


def files_taken(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of a folder's files that make the model, in order. Raises FolderUnsound without one.

    Whatever else lies there, code and pickles among it, is left where it is.
    """
    there = sorted(paths)
    taken = tuple(
        path
        for path in there
        if path in _TAKEN or is_weights(path) or _MODULE.fullmatch(path) is not None
    )
    if CONFIG not in taken:
        raise FolderUnsound(f"{CONFIG} is missing")
    if not any(map(is_weights, taken)):
        for path in there:
            if _PICKLED.fullmatch(path):
                raise FolderUnsound(
                    f"its weights are in {path}, a form that can run code; only safetensors are "
                    "loaded"
                )
        raise FolderUnsound("its weights, model.safetensors, are missing")
    if not VOCABULARIES & set(taken):
        raise FolderUnsound("its vocabulary is missing")
    return taken


def refuse_code(paths: Iterable[str]) -> None:
    """Raise FolderUnsound if a folder on this computer brings code with it, or is an adapter."""
    for path in sorted(paths):
        if path.lower().endswith((".py", ".pyc")):
            raise FolderUnsound(f"there is program code in it ({path}), and none is run")
        if PurePosixPath(path).name == "adapter_config.json":
            raise FolderUnsound("it is an adapter for another model")


def kind_offered(paths: Iterable[str], config: Mapping[str, Any]) -> ModelKind | None:
    """What a folder is that is not here yet, by its file names and its `config.json` alone.

    None for what would be refused, as far as that can be told.
    """
    try:
        _refuse_own_code(CONFIG, config, 0)
        if _ranks(config):
            return ModelKind.RERANKER
    except FolderUnsound:
        return None
    return ModelKind.EMBEDDER if MODULES in set(paths) else None


def facts_of(files: Sequence[str], settings: Mapping[str, Any]) -> FolderFacts:
    """What the settings (JSON by file name) say of the model with these files.

    Raises FolderUnsound.
    """
    for name, content in settings.items():
        _refuse_own_code(name, content, 0)
    config = _table(settings, CONFIG)
    parts = settings.get(MODULES, [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise FolderUnsound(f"{MODULES} cannot be understood")
    for part in parts:
        kind = str(part.get("type", ""))
        if not kind.startswith(_HOME_OF_PARTS) or kind.rpartition(".")[2] not in _PARTS:
            raise FolderUnsound(f"it has a part that is not supported ({kind[:100]})")
    window = _window(settings, config)
    if _ranks(config):
        return FolderFacts(ModelKind.RERANKER, tuple(files), context_window=window)
    pooling = [part for part in parts if str(part["type"]).endswith("Pooling")]
    if len(pooling) != 1:
        raise FolderUnsound("it does not say how a passage becomes one vector")
    where = str(pooling[0].get("path", ""))
    dimensions = _dimensions(_table(settings, f"{where}/{CONFIG}"))
    prompts = _table(settings, PROMPTS, needed=False).get("prompts")
    wanted = prompts if isinstance(prompts, dict) else {}
    return FolderFacts(
        ModelKind.EMBEDDER,
        tuple(files),
        dimensions=dimensions,
        context_window=window,
        query_prefix=_prefix(wanted, "query"),
        # In sentence-transformers' own order of preference, but an empty one is none.
        passage_prefix=_prefix(wanted, "document", "passage", "corpus"),
    )


def _refuse_own_code(name: str, content: object, depth: int) -> None:
    if depth > DEEPEST:
        raise FolderUnsound(f"{name} cannot be understood")
    if isinstance(content, dict):
        for key, value in content.items():
            if key in _OWN_CODE and value:
                raise FolderUnsound(f"it asks for program code of its own ({key} in {name})")
            _refuse_own_code(name, value, depth + 1)
    elif isinstance(content, list):
        for value in content:
            _refuse_own_code(name, value, depth + 1)


def _table(settings: Mapping[str, Any], name: str, *, needed: bool = True) -> Mapping[str, Any]:
    content = settings.get(name)
    if isinstance(content, dict):
        return content
    if content is None and not needed:
        return {}
    raise FolderUnsound(f"{name} {'is missing' if content is None else 'cannot be understood'}")


def _ranks(config: Mapping[str, Any]) -> bool:
    """Whether it gives a pair of texts one score. Raises FolderUnsound if it sorts into kinds."""
    made_as = config.get("architectures")
    name = str(made_as[0]) if isinstance(made_as, list) and made_as else ""
    if not name.endswith("ForSequenceClassification"):
        return False
    labels = config.get("id2label")
    count = config.get("num_labels", len(labels) if isinstance(labels, dict) else 2)
    if count != 1:
        raise FolderUnsound("it sorts texts into kinds and puts no passages in order")
    return True


def _dimensions(pooling: Mapping[str, Any]) -> int:
    width = pooling.get("embedding_dimension", pooling.get("word_embedding_dimension"))
    mode = pooling.get("pooling_mode")
    if isinstance(mode, str):
        modes = 1
    elif isinstance(mode, list):
        modes = len(mode)
    else:
        modes = sum(
            value is True for name, value in pooling.items() if name.startswith("pooling_mode_")
        )
    if isinstance(width, bool) or not isinstance(width, int):
        raise FolderUnsound("it does not say how long its vectors are")
    if not 1 <= width * modes <= MOST_DIMENSIONS:
        raise FolderUnsound(f"its vectors have {width * modes} numbers")
    return width * modes


def _window(settings: Mapping[str, Any], config: Mapping[str, Any]) -> int:
    stated = (
        _table(settings, LENGTHS, needed=False).get("max_seq_length"),
        _table(settings, TOKENIZER, needed=False).get("model_max_length"),
        config.get("max_position_embeddings"),
    )
    for window in stated:
        if isinstance(window, int) and 0 < window < LARGEST_WINDOW:
            return window
    return 0


def _prefix(prompts: Mapping[str, Any], *names: str) -> str:
    for name in names:
        prefix = prompts.get(name)
        if isinstance(prefix, str) and prefix:
            return prefix
    return ""
