# %% mistake="always-ada" exercise="greet"
def greet(name):
    return "Hello, Ada!"


# %% mistake="nothing-returned" exercise="greet"
def greet(name):
    print(f"Hello, {name}!")


# %% mistake="no-name" exercise="greet"
def greet(name):
    return "Hello!"


# %% mistake="crash" exercise="greet"
def greet(name):
    return "Hello, " + name[100] + "!"


# %% mistake="shouted" exercise="greet"
def greet(name):
    return f"Hello, {name.upper()}!"


# %% mistake="squared" exercise="double"
def double(number):
    return number**2


# %% mistake="text" exercise="double"
def double(number):
    return str(number) * 2


# %% mistake="plus-two" exercise="double"
def double(number):
    return number + 2


# %% mistake="absolute" exercise="double"
def double(number):
    return abs(2 * number)


# %% mistake="half" exercise="double"
def double(number):
    return number / 2
