"""The models that the kit ships, each with its recipe, its data, its card and its weights."""
