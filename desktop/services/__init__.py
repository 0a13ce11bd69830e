"""One file per promise to the user. Knows the ports, never Qt, torch, llama.cpp or LanceDB."""
