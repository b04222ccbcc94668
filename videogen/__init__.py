"""`make` for narrated video: text in git in, a good video out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from videogen.api import EventBus as EventBus
    from videogen.api import InputConfig as InputConfig
    from videogen.api import Limits as Limits
    from videogen.api import Pipeline as Pipeline
    from videogen.api import PipelineOrchestrator as PipelineOrchestrator
    from videogen.api import PipelinePlan as PipelinePlan
    from videogen.api import PipelineResult as PipelineResult
    from videogen.api import PipelineTask as PipelineTask
    from videogen.api import ValidationResult as ValidationResult

__version__ = "0.1.0"
__all__ = [
    "EventBus",
    "InputConfig",
    "Limits",
    "Pipeline",
    "PipelineOrchestrator",
    "PipelinePlan",
    "PipelineResult",
    "PipelineTask",
    "ValidationResult",
]


def __getattr__(name: str) -> Any:
    # loaded when it is used: the command line imports this package for every build, also where there is nothing to do
    if name in __all__:
        from videogen import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
