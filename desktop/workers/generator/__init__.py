"""The room of llama.cpp: messages -> text. The library is loaded in the child process alone."""
