"""Lists: items grouped into slides, and joined into what a presenter would say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from videogen.model import limits
from videogen.model.content import ListBlock
from videogen.model.kinds import Bullets, Content, Listing, Steps
from videogen.script.chosen import some_said
from videogen.script.cues import Part
from videogen.script.draft import CAPITAL_NOUNS, MOST_WORDS, Context, Draft, Sentence, parts_of
from videogen.script.items import Item, points_of, read_item, shown_items, shown_words
from videogen.script.lang import base, pick
from videogen.script.leads import is_order, noun_like, turn_to
from videogen.script.pointers import names_a_place
from videogen.script.text import (
    finish,
    is_title_case,
    plain_case,
    small,
    word_count,
)

MOST_ITEMS = 12
"""Of a longer list the first are shown: two slides."""


_STEPS = ("Then", "After that,", "Next,", "From there,")

_MODAL = re.compile(r"\s(?:will|can|should|must|to)$", re.I)
_OPEN_VERB = re.compile(
    r"\b(?:you|includes?|are|is|provides?|supports?|offers?|with|have|has|get|contains?|of|for|need|to|via|as)$", re.I
)


def list_drafts(block: ListBlock, lead: Sequence[Sentence], header: str, led: bool, context: Context) -> list[Draft]:
    """A list as one or more slides; `lead` is said before its first item. `led`: its section is under way already."""
    # what a label announces stands in a block of its own
    told = [item for item in block.items if item.children or not item.inline.text.rstrip().endswith(":")]
    items = [made for made in (read_item(item, context) for item in told) if made is not None]
    if context.english and len(block.items) == 1 and not block.ordered:
        only = block.items[0]
        if word_count(only.inline.spoken) <= 8 and not only.children and only.checked is None:
            # a list of one short item is a link or a label
            return []
    links = sum(names_a_place(item.inline.text) for item in block.items) if context.english else 0
    if links * 2 >= len(block.items) > 1:
        return []
    notes: tuple[str, ...] = ()
    if len(items) > MOST_ITEMS:
        notes = (f"{len(items) - MOST_ITEMS} of {len(items)} list items",)
        items = items[:MOST_ITEMS]
    if not items:
        return []
    if _is_tasks(items):
        # what is done stands before what is not
        items.sort(key=lambda item: not item.checked)
    opening = list(lead)
    drafts: list[Draft] = []
    groups = _groups(items, sum(word_count(sentence.text) for sentence in opening))
    start = 1
    for index, group in enumerate(groups):
        content = _content(group, header, block, start if len(groups) > 1 else 0, context)
        start += len(group)
        names = content.cue_names()
        say = None
        if _is_tasks(group) and context.words.done and 0 < sum(bool(item.checked) for item in group) < len(group):
            parts = _tasks(group, names, opening, header, index == 0 and not led, context)
        elif block.ordered and context.english:
            parts = _steps(group, names, opening, index == 0, index == len(groups) - 1, len(items))
        elif block.ordered and 1 < len(items) <= len(context.words.ordinals):
            parts = list(parts_of([sentence.text for sentence in opening]))
            for ordinal, item, name in zip(context.words.ordinals, group, names, strict=False):
                parts.append(Part(finish(f"{ordinal} {context.within(item.said)}"), name, 1))
        else:
            say = _teller(group, names, opening, header, index == 0, led, context)
            parts = say(range(len(group)))
        subject = opening[-1].shown if opening and opening[-1].open else ""
        noted = notes if index == 0 else ()
        draft = Draft(header, _KINDS[type(content)], content, tuple(parts), block.lines, noted, subject, essential=True)
        drafts.append(some_said(draft, group, context, say) if say and not block.ordered else draft)
        opening = []
    return drafts


_KINDS: dict[type[Content], str] = {Bullets: "bullets", Listing: "list", Steps: "steps"}


def _is_tasks(group: Sequence[Item]) -> bool:
    return all(item.checked is not None for item in group)


def _content(group: list[Item], header: str, block: ListBlock, start: int, context: Context) -> Content:
    """Tasks with ticks, a procedure as steps, terms with what is said of them, or else bullets.

    `start`: the number of the first item where the list goes on over several slides, else 0.
    """
    if _is_tasks(group):
        return Bullets(header=header, items=shown_items(group), checked=[bool(item.checked) for item in group])
    points = points_of(group, context)
    if block.ordered and not start and (not context.english or _orders(group)) and len(group) > 1:
        return Steps(header=header, steps=list(points or shown_items(group)))
    if points and not block.ordered:
        return Listing(header=header, items=list(points))
    return Bullets(
        header=header, items=shown_items(group), ordered=block.ordered, start=start if block.ordered and start else 1
    )


def _orders(group: Sequence[Item]) -> bool:
    """Whether most items say what to do."""
    return 2 * sum(is_order(item.said) for item in group) > len(group)


def _tasks(
    group: list[Item], names: list[str], opening: Sequence[Sentence], header: str, first: bool, context: Context
) -> list[Part]:
    """What is done, and then what is not."""
    said = [finish(sentence.text) for sentence in opening]
    if not said and first and context.english:
        said = [turn_to(header, context.names)]
    parts = list(parts_of(said))
    for tasks, word in ((True, context.words.done), (False, context.words.to_do)):
        places = [at for at, item in enumerate(group) if item.checked is tasks]
        if all(group[at].terse for at in places):
            texts = [context.within(group[at].said) for at in places]
            one, *more = _joined([f"{word} {texts[0]}", *texts[1:]], [names[at] for at in places], context, False)
            parts += [replace(one, offset=len(word.split())), *more]
        else:
            parts.append(Part(finish(word)))
            parts += [Part(finish(group[at].said), names[at]) for at in places]
    return parts


def _groups(items: list[Item], lead: int) -> list[list[Item]]:
    def fits(group: list[Item], first: bool) -> bool:
        shown = shown_words(shown_items(group))
        said = sum(word_count(item.said) + 1 for item in group) + (lead if first else 0) + 12
        return len(group) == 1 or (
            len(group) <= limits.MAX_BULLETS and shown <= limits.MAX_SLIDE_WORDS and said <= MOST_WORDS
        )

    greedy: list[list[Item]] = [[]]
    for item in items:
        if greedy[-1] and not fits([*greedy[-1], item], len(greedy) == 1):
            greedy.append([])
        greedy[-1].append(item)
    count = len(greedy)
    size, more = divmod(len(items), count)
    even, start = [], 0
    for index in range(count):
        end = start + size + (index < more)
        even.append(items[start:end])
        start = end
    return even if all(fits(group, index == 0) for index, group in enumerate(even)) else greedy


def _steps(
    group: list[Item], names: list[str], opening: Sequence[Sentence], first: bool, last: bool, total: int
) -> list[Part]:
    parts = list(parts_of([sentence.text for sentence in opening]))
    orders = _orders(group)
    for index, (item, name) in enumerate(zip(group, names, strict=True)):
        if not orders or total < 2:
            word = ""
        elif first and index == 0:
            word = "First,"
        elif last and index == len(group) - 1:
            word = "Finally,"
        else:
            word = _STEPS[index % len(_STEPS)]
        text = finish(f"{word} {small(item.said)}" if word else item.said)
        parts.append(Part(text, name, len(word.split())))
    return parts


def _teller(
    group: list[Item],
    names: list[str],
    opening: Sequence[Sentence],
    header: str,
    first: bool,
    led: bool,
    context: Context,
) -> Callable[[Sequence[int]], list[Part]]:
    """What says the items with the given numbers, and that they are some of more where they are not all."""

    def say(numbers: Sequence[int]) -> list[Part]:
        told, own = [group[at] for at in numbers], [names[at] for at in numbers]
        return _said(told, own, opening, header, first, led, context, len(told) < len(group))

    return say


def _said(
    group: list[Item],
    names: list[str],
    opening: Sequence[Sentence],
    header: str,
    first: bool,
    led: bool,
    context: Context,
    some: bool = False,
) -> list[Part]:
    parts = list(parts_of([sentence.text for sentence in opening[:-1]]))
    announcing = opening[-1] if opening else None
    nouns = all(item.terse and noun_like(item.said) for item in group)
    start = ""
    if announcing is not None and not announcing.open:
        parts.append(Part(announcing.text))
        start = "That includes" if context.english and nouns and len(group) > 1 else ""
    elif announcing is not None:
        start = announcing.text.rstrip(".")
        start = start if _OPEN_VERB.search(start) else f"{start}:"
    elif context.english and first and led:
        start = "That includes" if nouns else ""
    elif context.english:
        start = _opener(nouns, header, context) if first else _carry_on(nouns, header)
    titled = [is_title_case(item.said) for item in group if item.terse and len(item.said.split()) > 1]
    headlines = context.english and sum(titled) * 2 > len(titled)
    terse = all(item.terse for item in group)
    run_on = bool(start) and not start.endswith((":", "?", "."))
    index = 0
    while index < len(group):
        run = _run(group, index, word_count(start) if index == 0 else 0)
        if context.english and not terse and not (run_on and index == 0 and run > 1):
            run = 1
        if base(context.language) in CAPITAL_NOUNS:
            # whether its first word is a noun is not known, so each item is a sentence
            run = 1
        alone = not terse and run == 1
        texts = [_running(item, headlines, context) for item in group[index : index + run]]
        if some and index == 0 and terse:
            # those that are left out are named as others
            texts = [f"{context.words.among.partition('{items}')[0]}{texts[0]}", *texts[1:]]
        if index == 0 and start:
            if alone and not start.endswith(("?", ".")):
                bare = re.sub(r"^(?:as well as|plus|along with)\s", "There are also ", start.rstrip(":"), flags=re.I)
                bare = bare if context.english else start.rstrip(":")
                if context.english and _MODAL.search(bare):
                    bare = f"{bare} do the following"
                elif context.english and bare.endswith(" that"):
                    bare = f"{bare[:-5]} this"
                start = f"{bare} the following." if context.english and bare == start else f"{bare}."
            parts.append(Part(start))
        if alone:
            texts[0] = finish(group[index].said, raised=group[index].terse)
        elif not start or index or start.endswith((".", "?")):
            texts[0] = finish(texts[0], "")
        parts += _joined(texts, names[index : index + run], context, finished=alone)
        index += run
    if some and not terse:
        parts += [Part("And that's not all.")] if context.english else []
    elif some:
        after = context.words.among.partition("{items}")[2]
        if context.english:
            after = ", among others" if first and nouns else after if first else ", and more"
        parts[-1] = replace(parts[-1], text=f"{parts[-1].text.rstrip('.')}{after}.")
    return parts


def _running(item: Item, headlines: bool, context: Context) -> str:
    if not item.terse:
        return item.said
    return plain_case(item.said, context.names) if headlines else context.within(item.said)


def _run(group: list[Item], start: int, words: int) -> int:
    """How many terse items from `start` on make one sentence of at most 30 words; 1 for an item of its own."""
    if not group[start].terse:
        return 1
    end = start
    while end < len(group) and group[end].terse and (end == start or words + word_count(group[end].said) <= 28):
        words += word_count(group[end].said)
        end += 1
    rest = [item.terse for item in group[end:]]
    # a single item left over would make a poor sentence of its own
    if rest == [True] and (words + word_count(group[end].said) <= 34 or end - start < 3):
        return end + 1 - start
    return end - start - 1 if rest == [True] else end - start


def _joined(texts: list[str], names: list[str], context: Context, finished: bool) -> list[Part]:
    if finished:
        return [Part(texts[0], names[0])]
    also = context.words.also
    separator = ";" if any("," in text for text in texts) else ","
    pieces = []
    for index, text in enumerate(texts):
        last = index == len(texts) - 1
        text = text.rstrip(" .,;:!?")
        mark = "." if last else separator
        both = context.english and any(f" {also} " in each for each in texts)
        pair = (len(texts) == 2 and not both) or not context.english
        if pair and index == len(texts) - 2 and also and separator == ",":
            # only English has a comma before "and"
            mark = ""
        word = f"{also} " if last and index and also else ""
        pieces.append(Part(f"{word}{text}{mark}", names[index], 1 if word else 0))
    return pieces


_BRINGS = re.compile(r"\b(?:features?|highlights?|benefits?|advantages?)\b", re.I)
_NEEDS = re.compile(r"\b(?:requirements?|prerequisites?|dependencies)\b", re.I)


def _opener(nouns: bool, header: str, context: Context) -> str:
    """What is said before the items of a list that nothing announces."""
    if _BRINGS.search(header):
        return "You get" if nouns else pick(("Here is what you get.", "Here is what it offers."), header)
    if _NEEDS.search(header):
        return "You need" if nouns else "Here is what you need."
    lead = turn_to(header, context.names).replace("Let's see ", "Here is ")
    if not lead:
        return ""
    return f"{lead.rstrip('.')}:" if nouns and lead.endswith(".") else lead


def _carry_on(nouns: bool, header: str) -> str:
    if not nouns:
        return ""
    return "You also get" if _BRINGS.search(header) else "And there's more:"
