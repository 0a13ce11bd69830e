"""Tests of the generator's room. Those that play its jobs in this process need the stage set too:
OpenMP reads its settings when llama.cpp is first imported, and this package is imported before."""

import os

from desktop.workers.generator.worker import OPENMP_SPINS

os.environ.setdefault("GOMP_SPINCOUNT", OPENMP_SPINS)
