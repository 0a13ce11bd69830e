"""Whether a LoRA was made for a model. Looks at names and shapes; loads nothing."""

from __future__ import annotations

from desktop.domain.gguf import GgufFacts

LORA = "lora"
EMBEDDING = "token_embd.weight"  # its LoRA lies the other way round


def mismatch(adapter: GgufFacts, base: GgufFacts) -> str:
    """Why `adapter` cannot be applied to `base`, as the end of a sentence; "" if it can.

    The conditions of llama.cpp (llama-adapter.cpp), told before anything is loaded.
    """
    lora = adapter.adapter
    if lora is None or lora.type != LORA:
        return "it is not a LoRA"
    if adapter.architecture != base.architecture:
        return f"it is for {adapter.architecture or 'no architecture'}, not {base.architecture}"
    for name, (a, b) in lora.pairs.items():
        shape = base.shapes.get(name)
        if shape is None or len(shape) < 2:
            return f"the model has no {name}"
        expected = (b[1], a[1]) if name == EMBEDDING else (a[0], b[1])
        if shape[:2] != expected:
            return f"its {name} has another size"
        if name != EMBEDDING and a[1] != b[0]:
            return f"the ranks of its {name} differ"
    return ""
