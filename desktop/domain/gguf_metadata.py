"""The metadata of a GGUF, held to what they may be. Knows keys, not what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.gguf_head import Elements, GgufDamaged, Value

LONGEST_WORDS: Final = 200  # characters of a name that are kept
# Metadata of architectures whose cache is more, or less, than keys and values a head: recurrent and
# hybrid ones, latent attention (MLA), indexers, layers that share a cache or have two widths of it.
INEXACT_KEYS: Final = (
    "ssm.", "wkv.", "kda.", "shortconv.", "attention.kv_lora_rank", "attention.indexer.",
    "attention.shared_kv_layers", "attention.key_length_swa", "attention.recurrent_layers",
    "attention.compress_ratios", "nextn_predict_layers",
)  # fmt: skip
INEXACT_ARCHITECTURES: Final = frozenset(
    {"minimax-01", "minimax-m3", "hy_v4", "deepseek4", "gemma3n", "t5", "dream", "llada",
     "llada-moe", "rnd1", "qwen3next", "qwen35", "qwen35moe", "qwen4exp"}
)  # fmt: skip


class Metadata:
    """The metadata, with their values held to what they may be."""

    def __init__(self, metadata: Mapping[str, Value]) -> None:
        self._metadata = metadata
        self.architecture = self.text("general.architecture")
        self._prefix = f"{self.architecture}."

    def _value(self, key: str) -> object:
        """Of a key for all architectures, or else of this one's."""
        found = self._metadata.get(key)
        return self._metadata.get(self._prefix + key) if found is None else found

    def text(self, key: str) -> str:
        value = self._metadata.get(key)
        if not isinstance(value, str):
            return ""
        words = " ".join(value.split())[:LONGEST_WORDS]
        return "".join(letter for letter in words if letter.isprintable())

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._metadata.get(key)
        if not isinstance(value, Elements) or value.values is None:
            return ()
        return tuple(word[:LONGEST_WORDS] for word in value.values if isinstance(word, str))

    def count(self, key: str, most: int) -> int:
        """A number from 0 to `most`; 0 if there is none. Of a list by layer, the largest."""
        return max(self.counts(key, most), default=0)

    def counts(self, key: str, most: int) -> tuple[int, ...]:
        """One number, or one a layer."""
        value = self._value(key)
        if value is None:
            return ()
        values = value.values if isinstance(value, Elements) else (value,)
        if values is None:
            raise GgufDamaged(f"its header is damaged: {_words(key)} cannot be")
        for number in values:
            if not isinstance(number, int) or not 0 <= number <= most:
                raise GgufDamaged(f"its header is damaged: {_words(key)} cannot be")
        return tuple(int(number) for number in values if isinstance(number, int))

    def number(self, key: str) -> float:
        value = self._metadata.get(key)
        return float(value) if isinstance(value, int | float) else 0.0

    def length(self, key: str) -> int:
        """Of a list."""
        value = self._metadata.get(key)
        return value.length if isinstance(value, Elements) else 0

    @property
    def cache_exact(self) -> bool:
        if self.architecture in INEXACT_ARCHITECTURES:
            return False
        inexact = tuple(self._prefix + key for key in INEXACT_KEYS)
        return not any(key.startswith(inexact) for key in self._metadata)


def _words(key: str) -> str:
    return "its " + key.rpartition(".")[2].replace("_", " ")
