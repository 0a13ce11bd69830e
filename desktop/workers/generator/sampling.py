"""How the next token is chosen: llama.cpp's own samplers, put together for one request.

The choice is made in C on the logits where they lie; nothing of the vocabulary's size crosses into
Python.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from desktop.workers.generator.binding import llama
from desktop.workers.protocol import Generate

REPEAT_WINDOW = 64  # tokens of the answer that a repeat penalty looks back on
RANDOM_SEED = 0xFFFFFFFF  # llama.cpp takes this one as "choose a seed": never passed on


class Sampler:
    """A chain of samplers, freed on leaving its `with` block.

    Temperature 0 takes the likeliest token. Otherwise top-k, top-p and min-p narrow the choice, and
    a generator seeded by the request draws: the same logits and seed give the same tokens. A repeat
    penalty looks at the answer alone, since an answer from documents has to repeat their words.
    """

    def __init__(self, request: Generate, vocabulary_size: int) -> None:
        parameters = llama.llama_sampler_chain_default_params()
        self._chain: Any = llama.llama_sampler_chain_init(parameters)
        if request.repeat_penalty > 0 and request.repeat_penalty != 1:
            self._add(
                llama.llama_sampler_init_penalties(
                    vocabulary_size, REPEAT_WINDOW, request.repeat_penalty, 0.0, 0.0
                )
            )
        if request.temperature <= 0:
            self._add(llama.llama_sampler_init_greedy())
            return
        self._add(llama.llama_sampler_init_top_k(request.top_k))
        self._add(llama.llama_sampler_init_top_p(request.top_p, 1))
        self._add(llama.llama_sampler_init_min_p(request.min_p, 1))
        self._add(llama.llama_sampler_init_temp(request.temperature))
        self._add(llama.llama_sampler_init_dist(request.seed % RANDOM_SEED))

    def __enter__(self) -> Sampler:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        llama.llama_sampler_free(self._chain)
        self._chain = None

    def next_token(self, context: Any, at: int = -1) -> int:
        """The token that follows the one at place `at` of the last batch (-1: its last).

        `context` is a llama_context.
        """
        return int(llama.llama_sampler_sample(self._chain, context, at))

    def _add(self, sampler: Any) -> None:
        llama.llama_sampler_chain_add(self._chain, sampler)  # the chain owns it from here on
