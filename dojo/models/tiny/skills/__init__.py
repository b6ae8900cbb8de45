"""What dojo-tiny can do, one module a skill; each skill is a function from a `World` to a `Dialogue`."""
