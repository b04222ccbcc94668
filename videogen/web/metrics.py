"""Metrics as Prometheus reads them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from videogen.model.task import Status
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import refusals

router = APIRouter(tags=["server"])

_STREAM = "/api/progress/{task_id}"


class Metrics:
    """What one server counts."""

    def __init__(self, context: Context) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        labels = ["method", "route", "status"]
        self.requests = Counter("videogen_http_requests", "Requests.", labels, registry=self.registry)
        self.seconds = Histogram(
            "videogen_http_seconds", "Seconds to the end of an answer.", ["route"], registry=self.registry
        )
        self.registry.register(_Tasks(context))


class _Tasks(Collector):
    """Tells of tasks when it is asked."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """What it tells of, without asking for it."""
        yield GaugeMetricFamily("videogen_tasks", "Tasks by state.")
        yield GaugeMetricFamily("videogen_queue_working", "Whether the queue can work.")
        yield GaugeMetricFamily("videogen_followed_tasks", "Tasks whose progress somebody follows.")

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The state of tasks, of the queue, of what is followed."""
        tasks = GaugeMetricFamily("videogen_tasks", "Tasks by state.", labels=["status"])
        found = self._context.home.repository().counts()
        for status in get_args(Status):
            tasks.add_metric([status], found.get(status, 0))
        yield tasks
        fine = 0 if self._context.queue.fault else 1
        yield GaugeMetricFamily("videogen_queue_working", "Whether the queue can work.", value=fine)
        followed = len(self._context.feeds)
        yield GaugeMetricFamily("videogen_followed_tasks", "Tasks whose progress somebody follows.", value=followed)


class Counted:
    """ASGI that counts requests. What is asked for is told by its route: addresses hold what people chose."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            route = _route(scope)
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "PUT", "DELETE") else "other"
            self._metrics.requests.labels(method, route, str(status)).inc()
            if route != _STREAM:  # lasts as long as its task
                self._metrics.seconds.labels(route).observe(time.perf_counter() - begun)


def _route(scope: Any) -> str:
    route = scope.get("route")
    return str(getattr(route, "path", "") or "none")


@router.get("/metrics", response_class=PlainTextResponse, responses=refusals())
def show_metrics(who: Asking, context: Here, request: Request) -> Response:
    """Show metrics in the format of Prometheus."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)
