"""Our feedback page through nbgrader's own doors: `nbgrader generate_feedback`, and the formgrader's button.

nbgrader's page shows the code of hidden tests, and lets markup in outputs run. In `nbgrader_config.py`:

    c.GenerateFeedback.exporter_class = "grader.feedback_exporter.PageExporter"
    c.GenerateFeedback.preprocessors = []
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter

from grader.coursefolder import CourseFolder
from grader.feedback import put_beside, render
from grader.scores import scores_of

__all__ = ["PageExporter"]


class PageExporter(Exporter):  # type: ignore[misc]  # nbconvert has no types
    """Makes our page of a graded notebook, wherever nbgrader would make its own."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[str, Any]:
        """The page, and nbconvert's resources; `resources["nbgrader"]` says whose notebook it is."""
        from nbgrader.api import Gradebook

        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            found = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            scores = scores_of(found)
        course = CourseFolder.of(self.parent.coursedir, self.config)
        folder = course.path("feedback", about["student"], about["assignment"])
        put_beside(course, about["student"], about["assignment"], folder)
        return render(nb, scores), resources
