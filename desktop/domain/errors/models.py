"""Errors of models: their files, their packs and what they are given."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class ModelError(EscritoireError):
    """Something about one model, named by the fact `model`."""


class ModelMissing(ModelError):
    code = "model_missing"
    sentence = "The model {model} is not on this computer."
    remedy = "Put it back or choose another model; until then, answers quote your documents."


class ModelChanged(ModelError):
    code = "model_changed"
    sentence = "The file of {model} is not the one that was verified, so it is not loaded."
    remedy = "Install the model again."


class ModelWillNotLoad(ModelError):
    code = "model_will_not_load"
    sentence = "The model {model} cannot be loaded: {reason}."
    remedy = (
        "Choose another model, a smaller one if memory is short, or install it again; until then, "
        "answers quote your documents."
    )


class PromptTooLong(ModelError):
    code = "prompt_too_long"
    sentence = "The question has {tokens} tokens, more than the {limit} the model can take in."
    remedy = "Shorten the question or start a new chat."


class TemplateFailed(ModelError):
    code = "template_failed"
    sentence = "The chat template of {model} does not work: {reason}."
    remedy = "Choose another model."


class RerankerLeftOut(ModelError):
    code = "reranker_left_out"
    sentence = "{model} did not answer in time, so it is not asked to order passages any more."
    remedy = "Choose another one on the Models page, or start Escritoire again to try it once more."


class AnswerEmpty(ModelError):
    code = "answer_empty"
    sentence = "{model} gave no answer: {cause}."
    remedy = "Ask in other words, or choose another model; the passages found are below."


class EmbedderMissing(ModelError):
    code = "embedder_missing"
    sentence = "No embedding model is installed, so meaning cannot be searched."
    remedy = "Run the installation again; words are searched until then."


class ModelTooLarge(ModelError):
    code = "model_too_large"
    sentence = "{model} needs {needed}, and this computer has {free} free."
    remedy = "Choose a smaller model or quantization, or a shorter context window."


class ContextTooLong(ModelError):
    code = "context_too_long"
    sentence = "{model} was made for {limit} tokens at a time, not for {tokens}."
    remedy = "Choose a context window of {limit} tokens or fewer."


class AdapterMismatch(ModelError):
    code = "adapter_mismatch"
    sentence = "The adapter {adapter} was not made for {model}: {reason}."
    remedy = "Use it with the model that it was made for."


class ModelInUse(ModelError):
    code = "model_in_use"
    sentence = "{model} is answering at the moment."
    remedy = "Wait until it has answered, or press Stop."


class SearchedWith(ModelError):
    code = "searched_with"
    sentence = "{model} cannot be removed: your documents are searched with it."
    remedy = (
        "Use another one for that first; once your documents are embedded with it, remove this."
    )


class ModelStays(ModelError):
    code = "model_stays"
    sentence = "{model} cannot be removed: {reason}."
    remedy = "Choose another model to answer; this one takes no space of the profile's."


class ModelKnown(ModelError):
    code = "model_known"
    sentence = "There is a model named {model} already."
    remedy = "Remove it first, or rename the file."


class NotAModel(ModelError):
    code = "not_a_model"
    sentence = "{model} is not a model that can be used: {reason}."
    remedy = (
        "Choose a GGUF file, a folder with an embedding model or a reranker in safetensors, or a "
        "pack."
    )


class PackUntrusted(ModelError):
    code = "pack_untrusted"
    sentence = "The pack {model} is not what was packed: {reason}."
    remedy = "Make it again on the computer that it came from."


class FolderUnfit(ModelError):
    code = "folder_unfit"
    sentence = "The pack cannot be written to {model}: {reason}."
    remedy = "Choose a new folder, in a place that you may write to."


class DeviceUnknown(ModelError):
    code = "device_unknown"
    sentence = "There is no device named {device} here."
    remedy = "Choose another one on the Models page, or one of those listed by: escritoire doctor."
