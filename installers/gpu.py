"""Building llama-cpp-python for a GPU: what each backend needs, and what its build is told.

BUILDS.md says the same for people, and which of it somebody has run. Looks at the system and says
the line to type for what is missing; it installs nothing, since these are large and a matter of
taste. It must not touch the environment or the checkout.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from installers import system
from installers.errors import SetupError

NONE = "none"  # the processor alone, after all


@dataclass(frozen=True)
class Tool(system.Part):
    """A part that a build for a GPU needs, and the line to type for it on Windows."""

    line: str = ""


@dataclass(frozen=True)
class Backend:
    """One of llama.cpp's backends, and the systems (as `sys.platform`) that it is built on here."""

    name: str
    title: str
    flag: str
    platforms: tuple[str, ...]


BACKENDS = {
    backend.name: backend
    for backend in (
        Backend("vulkan", "Vulkan", "-DGGML_VULKAN=on", ("linux", "win32")),
        Backend(
            "cuda", "CUDA and this computer's NVIDIA card", "-DGGML_CUDA=on", ("linux", "win32")
        ),
        Backend("rocm", "ROCm and this computer's AMD card", "-DGGML_HIP=on", ("linux",)),
        Backend("metal", "Metal", "-DGGML_METAL=on", ("darwin",)),
    )
}
NAMES = (*BACKENDS, NONE)

# The packages that llama.cpp's docs/build.md and the makers of each toolkit name.
SDK = "winget install KhronosGroup.VulkanSDK"
GLSLC = Tool("glslc", system.SETUP, "glslc", "glslc", "shaderc", SDK)
VULKAN = Tool(
    "Vulkan's headers and loader",
    system.SETUP,
    "libvulkan-dev",
    "vulkan-headers vulkan-loader-devel",
    "vulkan-headers vulkan-icd-loader",
    SDK,
)
SPIRV = Tool(
    "SPIR-V's headers", system.SETUP, "spirv-headers", "spirv-headers-devel", "spirv-headers", SDK
)
NVCC = Tool(
    "nvcc",
    system.SETUP,
    "nvidia-cuda-toolkit",
    "cuda-toolkit",
    "cuda",
    "winget install Nvidia.CUDA",
)
HIPCC = Tool(
    "hipcc",
    system.SETUP,
    "hipcc libhipblas-dev librocblas-dev",
    "rocm-hip-devel hipblas-devel rocblas-devel",
    "rocm-hip-sdk",
)

# Where toolkits put their compilers without putting them on the path.
CUDA_FOLDERS = (Path("/usr/local/cuda/bin"), Path("/opt/cuda/bin"))
ROCM_FOLDERS = (Path("/opt/rocm/bin"),)
INCLUDES = (Path("/usr/include"), Path("/usr/local/include"))


def build(name: str, *, platform: str = sys.platform) -> str | None:
    """The build that this name of `NAMES` stands for; None for the ordinary one.

    Raises:
        SetupError: when this system has no such backend.
    """
    if name == NONE or (name == "metal" and platform == "darwin"):
        return None  # on macOS, the ordinary build has Metal
    if platform not in BACKENDS[name].platforms:
        there = [backend.name for backend in BACKENDS.values() if platform in backend.platforms]
        raise SetupError(
            f"There is no build with {name} for this system.",
            f"Choose one of: {', '.join((*there, NONE))}.",
        )
    return name


def check(backend: Backend) -> None:
    """Looks for what the build needs, before any time is spent on it.

    Raises:
        SetupError: naming what is missing and the line to type.
    """
    if lacking := missing(backend.name):
        names = ", ".join(tool.name for tool in lacking)
        raise SetupError(
            f"Compiling llama-cpp-python for {backend.title} needs what is not here: {names}.",
            advice(lacking),
        )


def missing(
    name: str,
    *,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    exists: Callable[[Path], bool] = Path.exists,
) -> tuple[Tool, ...]:
    """What the build with this backend lacks, beside a compiler for the processor."""
    if name == "vulkan":
        # With the SDK, everything lies in its folder.
        sdk = environment.get("VULKAN_SDK")
        folders = (Path(sdk, "Include"), Path(sdk, "include")) if sdk else ()
        return tuple(
            tool
            for tool, there in (
                (GLSLC, sdk or which("glslc")),
                (VULKAN, _header("vulkan/vulkan.h", folders, exists)),
                (SPIRV, _header("spirv/unified1/spirv.hpp", folders, exists)),
            )
            if not there
        )
    if name == "cuda":
        named = environment.get("CUDACXX") or environment.get("CUDA_PATH")
        return (
            () if named or _folder_of("nvcc", CUDA_FOLDERS, which, exists) is not None else (NVCC,)
        )
    if name == "rocm":
        return () if _folder_of("hipcc", ROCM_FOLDERS, which, exists) is not None else (HIPCC,)
    return ()


def advice(
    tools: tuple[Tool, ...],
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> str:
    """One sentence with the line to type for these tools."""
    if platform == "linux":
        line = system.install_line(tools, which=which)
    else:
        line = " && ".join(dict.fromkeys(tool.line for tool in tools if tool.line))
    if not line:
        names = ", ".join(tool.name for tool in tools)
        return f"Install {names}; installers/BUILDS.md says from where."
    return f"Install it with: {line} (installers/BUILDS.md says more)"


def variables(
    backend: Backend,
    environment: Mapping[str, str],
    *,
    which: Callable[[str], str | None] = shutil.which,
    exists: Callable[[Path], bool] = Path.exists,
) -> dict[str, str]:
    """The environment of the build: the user's own, with the backend switched on.

    What the user has in CMAKE_ARGS stays, such as the architectures to compile for.
    """
    own = environment.get("CMAKE_ARGS", "")
    extra = {"CMAKE_ARGS": f"{own} {backend.flag}".strip()}
    compiler, folders = {
        "cuda": ("nvcc", CUDA_FOLDERS),
        "rocm": ("hipcc", ROCM_FOLDERS),
    }.get(backend.name, ("", ()))
    folder = _folder_of(compiler, folders, which, exists) if compiler else None
    if folder is not None and which(compiler) is None:
        extra["PATH"] = os.pathsep.join((environment.get("PATH", os.defpath), str(folder)))
    return dict(environment) | extra


def _header(name: str, folders: tuple[Path, ...], exists: Callable[[Path], bool]) -> bool:
    return any(exists(folder / name) for folder in (*folders, *INCLUDES))


def _folder_of(
    program: str,
    folders: tuple[Path, ...],
    which: Callable[[str], str | None],
    exists: Callable[[Path], bool],
) -> Path | None:
    """The folder that a compiler is in, on the path or beside it."""
    if (found := which(program)) is not None:
        return Path(found).parent
    return next((folder for folder in folders if exists(folder / program)), None)
