"""The app of a server: wires the routes, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from videogen import __version__
from videogen.model.errors import PipelineError
from videogen.web import (
    artifacts,
    catalogue,
    create,
    errors,
    estimate,
    health,
    login,
    metrics,
    pages,
    progress,
    stats,
    studio,
    tasks,
)
from videogen.web.context import Context, new_context
from videogen.web.guard import Guard
from videogen.web.settings import Settings
from videogen.web.uploads import sweep

log = logging.getLogger("videogen.web")


def create_app(settings: Settings | None = None) -> FastAPI:
    """A server for the working folder. Its queue runs as long as it does; builds that it has begun outlive it."""
    context = new_context(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_begin, context)
        try:
            yield
        finally:
            context.closing.set()
            context.lookers.close()
            await run_in_threadpool(context.queue.__exit__)

    app = FastAPI(
        title="videogen",
        version=__version__,
        summary="Narrated video out of text, made again only where the text has changed.",
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.context = context
    app.state.metrics = metrics.Metrics(context)
    app.openapi_version = "3.1.0"
    for module in (
        create,
        tasks,
        progress,
        artifacts,
        login,
        catalogue,
        estimate,
        stats,
        health,
        metrics,
        studio,
        pages,
    ):
        app.include_router(module.router)
    errors.install(app, pages.missing)
    app.add_middleware(Guard, settings=context.settings)
    app.add_middleware(metrics.Counted, metrics=app.state.metrics)
    return app


def _begin(context: Context) -> None:
    try:
        sweep(context.settings.output, context.home.repository().list(limit=None))
    except PipelineError as error:  # a disk that is full may have room again: readiness tells
        log.error("uploads that nobody needs cannot be looked for: %s", error.line())
    context.queue.__enter__()
