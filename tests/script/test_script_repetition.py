"""A slide is not read out: what is said and what stands there have two fifths of their words in common, at the most."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from script_builders import inline, para, section

from videogen.inputs.markdown import parse_markdown
from videogen.model import limits
from videogen.model.content import ListBlock, ListItem
from videogen.model.kinds import Bullets, Callout, Listing, Quote, Steps
from videogen.model.project import Document, VideoConfig
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script.draft import context
from videogen.script.labels import labels
from videogen.script.repetition import MOST_REPEATED, repetition
from videogen.script.section import section_drafts
from videogen.script.text import word_count
from videogen.script.write import write_script

LANGUAGES = {
    "en": (
        "The oven keeps its heat for hours. A cold oven needs some twenty minutes before the first bread goes in.",
        "Fast builds of large sites, Plain text templates, Live preview in a browser, Works without any network",
        "Warm stones, Clay walls, Long chimneys, Iron doors, Wooden peels, Ash boxes",
        "Heat the oven, Shape the dough, Bake the bread, Cool the loaves, Clean the floor",
    ),
    "de": (
        "Der Ofen hält seine Wärme viele Stunden. Ein kalter Ofen braucht zwanzig Minuten bis zum ersten Brot.",
        "Schnelle Läufe großer Seiten, Vorlagen aus reinem Text, Vorschau im Browser, Arbeitet ohne jedes Netzwerk",
        "Warme Steine, Wände aus Lehm, Lange Schornsteine, Türen aus Eisen, Schieber aus Holz, Kästen für Asche",
        "Den Ofen heizen, Den Teig formen, Das Brot backen, Die Laibe kühlen, Den Boden fegen",
    ),
    "fr": (
        "Le four garde sa chaleur pendant des heures. Un four froid demande vingt minutes avant le premier pain.",
        "Construction rapide de grands sites, Modèles en texte simple, Aperçu dans le navigateur, Travail sans réseau",
        "Pierres chaudes, Murs en argile, Longues cheminées, Portes en fer, Pelles en bois, Boîtes à cendres",
        "Chauffer le four, Former la pâte, Cuire le pain, Refroidir les miches, Nettoyer la sole",
    ),
    "es": (
        "El horno guarda su calor durante horas. Un horno frío necesita veinte minutos antes del primer pan.",
        "Construcción rápida de sitios grandes, Plantillas de texto, Vista en el navegador, Trabaja sin red",
        "Piedras calientes, Paredes de barro, Chimeneas largas, Puertas de hierro, Palas de madera, Cajas de ceniza",
        "Calentar el horno, Formar la masa, Hornear el pan, Enfriar las hogazas, Limpiar el suelo",
    ),
    "it": (
        "Il forno conserva il calore per ore. Un forno freddo richiede venti minuti prima del primo pane.",
        "Costruzione rapida di siti grandi, Modelli di testo semplice, Anteprima nel browser, Lavora senza alcuna rete",
        "Pietre calde, Pareti di argilla, Camini lunghi, Porte di ferro, Pale di legno, Scatole per cenere",
        "Scaldare il forno, Formare la pasta, Cuocere il pane, Raffreddare le pagnotte, Pulire il piano",
    ),
    "pt": (
        "O forno guarda o calor durante horas. Um forno frio precisa de vinte minutos antes do primeiro pão.",
        "Construção rápida de sites grandes, Modelos de texto simples, Vista no navegador, Trabalha sem qualquer rede",
        "Pedras quentes, Paredes de barro, Chaminés longas, Portas de ferro, Pás de madeira, Caixas de cinza",
        "Aquecer o forno, Formar a massa, Assar o pão, Esfriar os pães, Limpar o chão",
    ),
}  # fmt: skip
"""Prose, features, fragments and steps in every language that the rules know, and in one that they do not."""


def page(language: str) -> str:
    prose, features, fragments, steps = LANGUAGES[language]
    listed = "\n".join(f"- {item}" for item in features.split(", "))
    short = "\n".join(f"- {item}" for item in fragments.split(", "))
    numbered = "\n".join(f"{at}. {item}" for at, item in enumerate(steps.split(", "), 1))
    terms = "\n".join(f"- **{item}**: {prose}" for item in fragments.split(", ")[:4])
    told = f"> [!NOTE]\n> {prose}\n"
    parts = {"Alpha": prose, "Beta": listed, "Gamma": short, "Delta": numbered, "Epsilon": terms, "Zeta": told}
    return f"# Kiln\n\n{prose}\n\n" + "\n\n".join(f"## {name}\n\n{text}" for name, text in parts.items())


def script(text: str, language: str = "en") -> VideoScript:
    video = VideoConfig(id="kiln", languages=[language], document=Document(path="kiln.md", text=text))
    assert video.document is not None
    return write_script(parse_markdown(video.document, video), video)


def holds(made: VideoScript) -> None:
    for scene in made.scenes:
        for title in ("", made.title):
            assert repetition(scene.content, scene.narration, title) <= MOST_REPEATED, (scene.content, scene.narration)


def shown(scene: Scene) -> list[str]:
    assert isinstance(scene.content, (Bullets, Listing))
    return [str(item) for item in scene.content.items]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_any_language_is_not_read_out(language: str) -> None:
    made = script(page(language), language)
    assert {scene.kind for scene in made.scenes} >= {"bullets", "bullets" if language == "pt" else "steps"}
    holds(made)


SENTENCES = st.sampled_from(
    [each.strip() + "." for texts in LANGUAGES.values() for each in texts[0].rstrip(".").split(".")]
    + [
        "Kiln reads every page once, remembers what it has seen, and writes only what changed.",
        "There is no need to write links by hand, as Kiln finds them.",
        "According to its users, Kiln is one of the 20 most loved tools for sites of plain text.",
        "It never asks twice.",
        "If a page is broken, the build stops, and a line says where.",
    ]
)
ITEMS = st.sampled_from([each for texts in LANGUAGES.values() for text in texts[1:] for each in text.split(", ")])
PROSE = st.lists(SENTENCES, min_size=1, max_size=7).map(" ".join)


@st.composite
def parts(draw: st.DrawFn) -> str:
    match draw(st.integers(0, 6)):
        case 0 | 1:
            return draw(PROSE)
        case 2:
            return "\n".join(f"- {item}" for item in draw(st.lists(ITEMS, min_size=2, max_size=14)))
        case 3:
            return "\n".join(
                f"{at}. {item}" for at, item in enumerate(draw(st.lists(ITEMS, min_size=2, max_size=9)), 1)
            )
        case 4:
            return "\n".join(f"- **{draw(ITEMS)}**: {draw(PROSE)}" for _ in range(draw(st.integers(2, 7))))
        case 5:
            return "\n".join(f"- [{draw(st.sampled_from('x '))}] {draw(ITEMS)}" for _ in range(draw(st.integers(2, 8))))
        case _:
            return f"> [!{draw(st.sampled_from(['NOTE', 'WARNING']))}]\n> {draw(PROSE)}"


DOCUMENTS = st.lists(st.tuples(ITEMS, st.lists(parts(), min_size=1, max_size=3)), min_size=1, max_size=5).map(
    lambda found: (
        "# Kiln\n\nKiln is a tool.\n\n" + "\n\n".join(f"## {title}\n\n" + "\n\n".join(texts) for title, texts in found)
    )
)


@settings(max_examples=60, deadline=None)
@given(text=DOCUMENTS, language=st.sampled_from([*LANGUAGES, "ja"]))
def test_no_document_is_read_out(text: str, language: str) -> None:
    holds(script(text, language))


def test_what_is_measured_is_what_slide_and_narration_share() -> None:
    said = "Warm stones bake bread slowly."
    assert repetition(Bullets(header="Kiln", items=["Warm stones bake bread", "slowly"]), said) == 1.0
    assert repetition(Bullets(header="Kiln", items=["Cold doors hold sweet cakes"]), said) == 0.0
    # labels may be said, and so may a quotation
    assert repetition(Bullets(header="Kiln", items=["Warm stones", "bake"]), said) == 0.0
    assert repetition(Quote(text=said), said) == 0.0
    assert repetition(Callout(text=said), said) == 1.0
    # neither what the header says nor a number has other words
    assert repetition(Bullets(header="Warm stones", items=["Stones bake bread slowly 24"]), said) == 0.0
    assert repetition(Steps(header="", steps=["Warm stones bake bread slowly"]), said, title="Bread") == 0.0


def test_of_terse_fragments_all_are_shown_and_some_are_said() -> None:
    made = script(page("en"))
    scene = next(scene for scene in made.scenes if scene.id == "gamma")
    assert shown(scene) == ["Warm stones", "Clay walls", "Long chimneys", "Iron doors", "Wooden peels", "Ash boxes"]
    assert scene.narration.endswith(", among others.")
    assert "warm stones" in scene.narration
    assert "wooden peels" not in scene.narration
    # what is not said comes meanwhile, and there is time to read it
    places = list(scene.cues.values())
    assert places == sorted(places)
    assert places[-1] < len(scene.narration.split())


def test_the_items_that_the_section_speaks_of_are_said() -> None:
    items = [ListItem(inline=inline(text)) for text in LANGUAGES["en"][2].split(", ")]
    more = para("Behind iron doors the bread stays soft, and the ash boxes are emptied once a week by someone else.")
    (draft, *_) = section_drafts(
        section("Parts", ListBlock(ordered=False, items=items, lines=(3, 9)), more), "Parts", context("en", "Kiln")
    )
    said = " ".join(part.text for part in draft.parts)
    assert "iron doors" in said
    assert "long chimneys" not in said


def test_no_step_is_left_out_of_what_is_said() -> None:
    made = script(page("en"))
    said = " ".join(scene.narration for scene in made.scenes).lower()
    for step in LANGUAGES["en"][3].split(", "):
        assert step.lower() in said


@pytest.mark.parametrize("word", ["Install", "Runs", "Schnell", "日本語"])
def test_a_point_of_one_word_may_be_a_verb(word: str) -> None:
    text = f"# Kiln\n\nKiln is a tool.\n\n## How\n\n{word}. It reads every page once and remembers them. {word}."
    holds(script(text))


def test_a_slide_of_many_phrases_is_filled_in_the_end() -> None:
    cold = "A cold oven needs some twenty minutes before the first bread goes in."
    broken = "If a page is broken, the build stops, and a line says where."
    foreign = (
        "O forno guarda o calor durante horas. Un four froid demande vingt minutes avant le premier pain. "
        "El horno guarda su calor durante horas."
    )
    made = script(f"# Kiln\n\nKiln is a tool.\n\n## How\n\n{cold} {broken} {broken} {cold} {foreign}")
    for scene in made.scenes:
        assert len(getattr(scene.content, "items", [])) <= limits.MAX_BULLETS


def test_a_long_title_is_taken_as_a_whole() -> None:
    text = page("en").replace("# Kiln", "# Kiln: bread from warm stones and cold ovens", 1)
    holds(script(text))


def test_a_label_keeps_what_denies_it() -> None:
    about = context("en", "Kiln")
    for phrase in ("It does not need any network cables", "Never trust cold ovens", "Bakes without network cables"):
        found = [label.text.lower() for label in labels(phrase, about)]
        assert "network cables" not in found
        assert "cold ovens" not in found
        assert "trust cold ovens" not in found


@pytest.mark.parametrize(
    ("language", "phrase", "label"),
    [
        ("en", "One of the most downloaded site tools of today", "Most downloaded site tools"),
        ("en", "Pulling in around 300M downloads per week", "300M downloads per week"),
        ("en", "The film is joined by copying", "Joined by copying"),
        ("en", "Up to the developer to choose the tools and libraries", "Choose the tools and libraries"),
        ("de", "Die Ergebnisse liegen in einem schnellen Zwischenspeicher", "Zwischenspeicher"),
        ("fr", "La barre affiche les résultats de la recherche", "Résultats de la recherche"),
        ("es", "Una herramienta que construye sitios desde una carpeta de texto", "Carpeta de texto"),
        ("it", "Uno strumento che costruisce siti dalla cartella del testo", "Cartella del testo"),
        ("pt", "Uma ferramenta pequena que constrói sites", "Ferramenta pequena"),
    ],
)
def test_a_label_is_the_name_of_a_thing_or_what_is_done(language: str, phrase: str, label: str) -> None:
    found = [each.text for each in labels(phrase, context(language, "Kiln"))]
    assert label in found
    assert all(word_count(each) <= 7 for each in found if each != phrase)


@pytest.mark.parametrize(
    ("language", "torn", "whole"),
    [
        ("fr", "Tout d'abord", "Date courante"),
        ("fr", "Pour cela", "Modèle orbital"),
        ("fr", "PreviSat est un logiciel libre permettant", "Logiciel libre"),
        ("de", "Mit der Zeit", "Bahnmodell"),
        ("es", "Para ello", "Modelo orbital"),
        ("it", "Per questo", "Modello orbitale"),
    ],
)
def test_what_hangs_on_something_else_is_a_poor_label(language: str, torn: str, whole: str) -> None:
    about = context(language, "Kiln")
    costs = {label.text: label.cost for label in labels(f"{torn}, {whole.lower()}", about)}
    assert costs.get(torn, 9) > 2 > next(label.cost for label in labels(whole, about) if label.text == whole)
