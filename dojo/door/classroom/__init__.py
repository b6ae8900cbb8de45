"""A class's model server: one strong machine answers a room, in front of Ollama or of the embedded engine."""
