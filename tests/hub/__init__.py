"""A hub on this computer: a real server that speaks the hub's protocol, well or badly."""
