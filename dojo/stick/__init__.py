"""A course on a stick: everything a laptop without a network needs to install and run it."""
