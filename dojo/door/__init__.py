"""Ollama's HTTP API, and who answers it."""
