"""llama.cpp's C interface, as llama-cpp-python declares it in its module `llama_cpp.llama_cpp`.

That module alone: the package around it, once imported, opens /dev/null for writing, which a child
that is locked down may not, and brings in numpy and a dozen chat formats that nothing here uses.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any


def _declarations() -> Any:
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("llama_cpp")
    if "llama_cpp" in sys.modules:
        return importlib.import_module("llama_cpp.llama_cpp")
    package = ModuleType("llama_cpp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["llama_cpp"] = package
    try:
        return importlib.import_module("llama_cpp.llama_cpp")
    finally:
        del sys.modules["llama_cpp"]  # whoever imports it next gets the real one


llama: Any = _declarations()
