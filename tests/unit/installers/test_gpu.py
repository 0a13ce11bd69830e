"""A build for a GPU names what it lacks before it begins, and is told what the user chose."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from installers import gpu
from installers.checkout import ROOT
from installers.errors import SetupError

HEADERS = (Path("/usr/include/vulkan/vulkan.h"), Path("/usr/include/spirv/unified1/spirv.hpp"))


def knows(*names: str) -> Callable[[str], str | None]:
    """A search path on which only these programs are."""
    return lambda name: f"/usr/bin/{name}" if name in names else None


def holds(*paths: Path) -> Callable[[Path], bool]:
    """A disk that has only these files."""
    return lambda path: path in paths


@pytest.mark.parametrize(
    ("name", "platform", "expected"),
    [
        ("vulkan", "linux", "vulkan"),
        ("cuda", "win32", "cuda"),
        ("rocm", "linux", "rocm"),
        ("metal", "darwin", None),  # what is built there anyhow
        ("none", "linux", None),
        ("none", "darwin", None),
    ],
)
def test_a_name_stands_for_a_build(name: str, platform: str, expected: str | None) -> None:
    assert gpu.build(name, platform=platform) == expected


@pytest.mark.parametrize(
    ("name", "platform", "instead"),
    [
        ("metal", "linux", "vulkan, cuda, rocm, none"),
        ("rocm", "win32", "vulkan, cuda, none"),
        ("cuda", "darwin", "metal, none"),
    ],
)
def test_a_backend_of_another_system_is_refused(name: str, platform: str, instead: str) -> None:
    with pytest.raises(SetupError, match=name) as refused:
        gpu.build(name, platform=platform)
    assert instead in refused.value.remedy


@pytest.mark.parametrize(
    ("name", "environment", "programs", "files", "expected"),
    [
        ("vulkan", {}, (), (), ["glslc", "Vulkan's headers and loader", "SPIR-V's headers"]),
        ("vulkan", {}, ("glslc",), HEADERS, []),
        ("vulkan", {}, ("glslc",), HEADERS[:1], ["SPIR-V's headers"]),
        (
            "vulkan",
            {"VULKAN_SDK": "/sdk"},
            (),
            (Path("/sdk/include/vulkan/vulkan.h"), Path("/sdk/include/spirv/unified1/spirv.hpp")),
            [],
        ),
        ("vulkan", {"VULKAN_SDK": "/sdk"}, (), HEADERS[:1], ["SPIR-V's headers"]),
        ("cuda", {}, (), (), ["nvcc"]),
        ("cuda", {}, ("nvcc",), (), []),
        ("cuda", {}, (), (Path("/usr/local/cuda/bin/nvcc"),), []),
        ("cuda", {"CUDACXX": "/my/nvcc"}, (), (), []),
        ("rocm", {}, (), (), ["hipcc"]),
        ("rocm", {}, (), (Path("/opt/rocm/bin/hipcc"),), []),
    ],
)
def test_what_is_missing_is_found(
    name: str,
    environment: dict[str, str],
    programs: tuple[str, ...],
    files: tuple[Path, ...],
    expected: list[str],
) -> None:
    lacking = gpu.missing(
        name, environment=environment, which=knows(*programs), exists=holds(*files)
    )
    assert [tool.name for tool in lacking] == expected


@pytest.mark.parametrize(
    ("platform", "tool", "line"),
    [
        (
            "linux",
            "apt-get",
            "sudo apt-get install --no-install-recommends glslc libvulkan-dev spirv-headers",
        ),
        (
            "linux",
            "dnf",
            "sudo dnf install glslc vulkan-headers vulkan-loader-devel spirv-headers-devel",
        ),
        (
            "linux",
            "pacman",
            "sudo pacman -S --needed shaderc vulkan-headers vulkan-icd-loader spirv-headers",
        ),
        ("win32", "", "winget install KhronosGroup.VulkanSDK"),
    ],
)
def test_the_line_to_type_fits_the_system(platform: str, tool: str, line: str) -> None:
    tools = (gpu.GLSLC, gpu.VULKAN, gpu.SPIRV)
    assert f"with: {line} (" in gpu.advice(tools, platform=platform, which=knows(tool))


def test_without_a_known_package_tool_the_page_is_named() -> None:
    assert "BUILDS.md" in gpu.advice((gpu.HIPCC,), platform="linux", which=knows())
    assert (ROOT / "installers" / "BUILDS.md").exists()


def test_the_build_is_told_what_to_build_and_keeps_the_users_choices() -> None:
    cuda = gpu.BACKENDS["cuda"]
    own = {"CMAKE_ARGS": "-DCMAKE_CUDA_ARCHITECTURES=89", "PATH": "/bin"}
    told = gpu.variables(cuda, own, which=knows("nvcc"), exists=holds())
    assert told["CMAKE_ARGS"] == "-DCMAKE_CUDA_ARCHITECTURES=89 -DGGML_CUDA=on"
    assert told["PATH"] == "/bin"
    assert gpu.variables(gpu.BACKENDS["vulkan"], {})["CMAKE_ARGS"] == "-DGGML_VULKAN=on"
    # A compiler that its toolkit did not put on the path.
    beside = holds(Path("/usr/local/cuda/bin/nvcc"))
    told = gpu.variables(cuda, own, which=knows(), exists=beside)
    assert told["PATH"] == os.pathsep.join(("/bin", "/usr/local/cuda/bin"))


def test_every_backend_is_described_for_people() -> None:
    page = (ROOT / "installers" / "BUILDS.md").read_text(encoding="utf-8")
    for backend in gpu.BACKENDS.values():
        assert f"--gpu {backend.name}" in page
        assert backend.flag in page
    assert "BUILDS.md" in (ROOT / "installers" / "README.md").read_text(encoding="utf-8")
