"""Models of sentence-transformers out of a local folder and from nowhere else. Runs in the child.

No hub, no code out of the folder, no pickles: the folder's settings were read for that before. The
libraries are imported when the first model is loaded, because that takes seconds.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psutil

from desktop.domain.model_folders import is_weights

# Read by the libraries when they are imported. The kernel refuses the network anyway; asking them
# to stay offline spares them the attempt.
_SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TQDM_DISABLE": "1",
    # Threads that wait for each other sleep instead of spinning. Measured beside other work on
    # two cores: 2.5 times the passages a second, for a third of the processor time.
    "OMP_WAIT_POLICY": "PASSIVE",
}


def has_weights(folder: Path) -> bool:
    """Whether there is anything in a folder that could be loaded."""
    try:
        return any(is_weights(path.name) for path in folder.iterdir())
    except OSError:
        return False


def load_local(kind: str, folder: Path, **settings: Any) -> Any:
    """The model in `folder` as sentence-transformers' class `kind`."""
    os.environ |= _SWITCHES
    import sentence_transformers

    return getattr(sentence_transformers, kind)(
        str(folder),
        device="cpu",
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"use_safetensors": True, "attn_implementation": "sdpa"},
        **settings,
    )


def physical_cores() -> int:
    """Hyper-threads share the arithmetic that this is all about, so they are not counted."""
    allowed = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else 0
    return max(1, min(psutil.cpu_count(logical=False) or 1, allowed or os.cpu_count() or 1))
