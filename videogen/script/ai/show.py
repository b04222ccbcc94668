"""A block of the document on a slide of its own, as the rules would show it."""

from __future__ import annotations

from videogen.model.content import Block, CodeBlock, ImageBlock, QuoteBlock, TableBlock
from videogen.model.kinds import Code, Content
from videogen.script.draft import Context, Draft
from videogen.script.fenced import fence_drafts, unfollowed
from videogen.script.visuals import image_draft, quote_draft, table_draft


def shown(block: Block, header: str, about: Context) -> tuple[str, Content] | None:
    """Kind and content of the slide; None for a block that has none of its own. Of a long listing the first page."""
    made = _drafts(block, header or "…", about)
    if not made:
        return None
    kind, content = made[0].kind, made[0].content
    if isinstance(content, Code):
        # its steps go with what the rules would say
        content = unfollowed(content, "")
    if getattr(content, "highlight", None) == "spoken":
        content = content.model_copy(update={"highlight": None})
    return kind, content


def _drafts(block: Block, header: str, about: Context) -> list[Draft]:
    if isinstance(block, CodeBlock):
        return fence_drafts([block], [], header, False, about)
    made = None
    if isinstance(block, TableBlock):
        made = table_draft(block, [], header, about)
    elif isinstance(block, QuoteBlock):
        made = quote_draft(block, [], header, about)
    elif isinstance(block, ImageBlock):
        made = image_draft(block, [], header, about)
    return [made] if made else []
