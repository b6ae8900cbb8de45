# %% [markdown]
"""
# Lab 1. Greeting

You build a greeter.

| What | This lab |
|---|---|
| Belt | White: *Speak* |
| You build | A greeter |
| Minutes | 20 |
| Needs | Any laptop |
| You will be able to | greet |
| Out of scope | everything else |
"""

# %% locked="setup"
# %load_ext dojo
from dojo import data_file, given

# %%
# A cell of the student's own, to change at will.
print(data_file("names.txt").read_text(encoding="utf-8"))

# %% [markdown]
"""
## Exercise 1. Greet

Difficulty 1 of 5. Up to 5 minutes. About 1 line.

`greet("Ada")` -> `"Hello, Ada!"`

<details><summary>Hint 1</summary>

Look at the example.

</details>
<details><summary>Hint 2</summary>

Texts are joined with +.

</details>
<details><summary>Hint 3</summary>

An f-string holds a name in braces.

</details>
"""


# %% solution="greet"
def greet(name):
    """The greeting for a name."""
    ### BEGIN SOLUTION
    return f"Hello, {name}!"
    ### END SOLUTION


# %% tests="test_greet" points=4
given(greet, "Ada").returns("Hello, Ada!", think="Which name was given?")
### BEGIN HIDDEN TESTS
given(greet, "Grace Hopper").returns("Hello, Grace Hopper!", think="Is every name greeted?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 2. Double

Difficulty 2 of 5. Up to 5 minutes. About 1 line.

`double(2)` -> `4`

<details><summary>Hint 1</summary>

Which sign multiplies?

</details>
<details><summary>Hint 2</summary>

It is a star.

</details>
<details><summary>Hint 3</summary>

Two times the number.

</details>
"""


# %% solution="double"
def double(number):
    """Twice the number."""
    ### BEGIN SOLUTION
    return 2 * number
    ### END SOLUTION


# %% tests="test_double" points=6
given(double, 2).returns(4)
### BEGIN HIDDEN TESTS
given(double, -7).returns(-14, think="Do negative numbers double too?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Written question

Whom would you greet?
"""

# %% [markdown] answer="written" points=4
"""
Full marks: somebody who exists, and why that person.
"""

# %% live="talk"
from dojo import models_here

for model in models_here("trio"):
    print(model)
