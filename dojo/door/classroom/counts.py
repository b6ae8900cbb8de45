"""What Prometheus reads at /metrics: how many, how long, how much. No name and no address of anybody is in it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["Counts"]

_SECONDS = (0.1, 0.5, 1, 2, 5, 10, 20, 60, 180)


class Counts:
    """A registry of its own, so that two servers in one process don't mix."""

    def __init__(self) -> None:
        self._all = CollectorRegistry()
        own = self._all
        self.requests = Counter("dojo_requests", "Requests answered.", ["path", "status"], registry=own)
        self.answers = Counter("dojo_answers", "Where answers came from.", ["source"], registry=own)
        self.waited = Histogram("dojo_wait_seconds", "Time in the queue.", buckets=_SECONDS, registry=own)
        self.took = Histogram(
            "dojo_reply_seconds", "Time of a reply from its turn to its end.", buckets=_SECONDS, registry=own
        )
        self.left = Counter("dojo_clients_left", "Clients that went away before their reply ended.", registry=own)
        self.unkept = Counter("dojo_unkept_answers", "Answers that the disk did not take.", registry=own)
        self.waiting = Gauge("dojo_waiting", "Requests in the queue.", registry=own)
        self.running = Gauge("dojo_running", "Replies being written.", registry=own)
        self.changes = Gauge("dojo_model_changes", "How often a model had to be loaded for a request.", registry=own)
        self.up = Gauge("dojo_upstream_up", "Whether the model's server answered when it was last asked.", registry=own)
        self.cache_bytes = Gauge("dojo_cache_bytes", "Disk that kept answers take.", registry=own)
        self.cache_entries = Gauge("dojo_cache_entries", "Answers that are kept.", registry=own)

    def text(self) -> bytes:
        """All of it, in Prometheus's text format 0.0.4."""
        return generate_latest(self._all)
