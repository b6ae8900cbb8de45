"""The grader: marks a class's submissions in parallel, isolated from each other and from the course.

It builds on nbgrader, it does not replace it: the course folder, the gradebook, the formgrader and the exchange stay
the truth. Students' code never imports this package.
"""
