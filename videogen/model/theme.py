"""How things look: a theme as a person writes it, and a look, which is a theme settled for one video."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from videogen.model.accent import Accent
from videogen.model.base import Model
from videogen.model.chrome import Chrome
from videogen.model.film import Transition
from videogen.model.project import BurnedCaptions

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
"""sRGB as `#rrggbb`, lower case."""

Face = Literal[
    "inter-regular",
    "inter-medium",
    "inter-semibold",
    "inter-italic",
    "display-semibold",
    "display-bold",
    "serif-regular",
    "serif-semibold",
    "serif-bold",
    "serif-italic",
    "mono-regular",
    "mono-bold",
]
"""The typefaces that travel with the package."""


Decor = Literal["rings", "bands", "dots", "grid", "waves", "rays", "tiles", "scan", "frame", "slab", "poster", "none"]

Mark = Literal["spine", "edge", "rule", "block", "none"]
"""`spine` is a bar on the frame's edge beside it, `edge` one over the whole height of the frame, `rule` a short line
above it, `block` fills the margin beside it."""

MotionStyle = Literal["calm", "snappy", "lively", "none"]
"""`calm` fades and settles, `snappy` does it in half the time, `lively` overshoots a little, `none` cuts."""


class Accents(Model):
    """The colours that lead the eye, each tuned so that text in it has a contrast of 4.5:1 in this theme."""

    orange: Colour
    blue: Colour
    purple: Colour
    green: Colour
    pink: Colour
    cyan: Colour


class CodePalette(Model):
    """Colours of a listing, by what a token is."""

    text: Colour
    comment: Colour
    keyword: Colour
    string: Colour
    number: Colour
    function: Colour
    type: Colour
    operator: Colour
    prompt: Colour
    output: Colour


class Fonts(Model):
    """Which typeface plays which role."""

    display: Face = "display-bold"
    header: Face = "display-bold"
    body: Face = "inter-regular"
    strong: Face = "inter-semibold"
    label: Face = "inter-semibold"
    quote: Face = "display-semibold"
    code: Face = "mono-regular"
    code_strong: Face = "mono-bold"


class Theme(Model):
    """A theme, as written in `templates/themes/*.yaml`."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    mode: Literal["dark", "light"]
    background: tuple[Colour, ...] = Field(min_length=1, max_length=4, description="gradient, top left to bottom right")
    surface: Colour = Field(description="panels and cards")
    raised: Colour = Field(description="what stands out from a panel: its title bar, a table's header")
    border: Colour = Field(description="thin lines")
    text: Colour
    muted: Colour = Field(description="secondary text; at least 4.5:1 on background, surface and raised")
    on_accent: Colour = Field(description="text on an area filled with the accent")
    accents: Accents
    code: CodePalette = Field(description="a listing's colours; those left out follow text, muted and the accents")
    fonts: Fonts = Fonts()
    decor: Decor = Field(default="none", description="the shapes in the background")
    picture: str | None = Field(
        default=None, description="a picture behind everything, relative to the theme file, dimmed for the text"
    )
    corner: int = Field(default=22, ge=0, le=48, description="radius of panels and cards, pixels of 1080")
    outline: int = Field(default=2, ge=0, le=8, description="border of panels and cards, pixels of 1080")
    shadow: Literal["none", "soft", "hard"] = Field(
        default="none", description="the shadow of panels and cards; a hard one is in the accent"
    )
    mark: Mark = Field(default="spine", description="the accent beside what a slide begins with")
    motion: MotionStyle = Field(default="calm", description="how things enter")
    transition: Transition = Field(default="crossfade", description="how a scene takes over from the one before it")

    chrome: Chrome = Field(default=Chrome(), description="progress, number, watermark, speaker; a project's come first")

    @model_validator(mode="before")
    @classmethod
    def _code_follows(cls, data: Any) -> Any:
        """Colours of a listing that are not given are those that mean the same elsewhere."""
        if not isinstance(data, dict) or not isinstance(data.get("code", {}), dict):
            return data
        accents = data.get("accents")
        accents = accents if isinstance(accents, dict) else {}
        inks = {**accents, "text": data.get("text"), "muted": data.get("muted")}
        follows = {part: inks[ink] for part, ink in _CODE_INKS.items() if isinstance(inks.get(ink), str)}
        return {**data, "code": {**follows, **data.get("code", {})}}


_CODE_INKS = {
    "text": "text",
    "comment": "muted",
    "keyword": "purple",
    "string": "green",
    "number": "orange",
    "function": "blue",
    "type": "cyan",
    "operator": "muted",
    "prompt": "green",
    "output": "muted",
}


class Look(Model):
    """`look.json`: a theme settled for one video. Width and height in pixels."""

    theme: Theme
    accent: Accent
    width: int = Field(ge=16, le=7680)
    height: int = Field(ge=16, le=7680)
    reduced_motion: bool = False
    """Nothing moves: what appears is there at once."""
    chrome: Chrome = Chrome()
    captions: BurnedCaptions = "none"
    """Captions that are part of the picture: layouts leave a band free for them."""

    @property
    def still(self) -> bool:
        """Whether nothing may move, by the video's wish or by the theme's."""
        return self.reduced_motion or self.theme.motion == "none"

    @property
    def files(self) -> list[str]:
        """The files that every picture is drawn from besides its own."""
        return [path for path in (self.theme.picture, self.chrome.logo) if path]

    @property
    def accent_colour(self) -> str:
        """The chosen accent as `#rrggbb`."""
        return self.tone_colour(self.accent)

    def tone_colour(self, accent: Accent) -> str:
        """Any accent of the theme as `#rrggbb`."""
        return getattr(self.theme.accents, accent)
