"""Documents in other languages than English, and in another than is wanted."""

from __future__ import annotations

import pytest
from script_builders import bullets, code, content, para, section

from videogen.model.content import ParsedContent
from videogen.model.project import VideoConfig
from videogen.model.script import Narration, VideoScript
from videogen.script import write_script
from videogen.script.draft import context
from videogen.script.language import language_of
from videogen.voices.speak import speak


def document(*texts: str) -> ParsedContent:
    opening, more, install, by_hand, features, first, second, third, preview, looks, licence, text = texts
    return content(
        section("Kiln", para(opening), para(more), level=1),
        section(install, para(by_hand), code("$ pip install kiln\n", "console")),
        section(features, bullets(first, second, third)),
        section(preview, para(looks)),
        section(licence, para(text)),
    )


DOCUMENTS = {
    "de": document(
        "Kiln ist ein kleines Werkzeug, das Webseiten aus einfachen Textdateien backt.",
        "Es liest jede Seite nur einmal, merkt sich, was es gesehen hat, und schreibt nur, was sich geändert hat.",
        "Installation", "Installiere es mit einem einzigen Befehl:", "Funktionen",
        "Nur geänderte Seiten werden neu gebaut", "Vorlagen in reinem HTML", "Arbeitet ohne Netzwerk",
        "Vorschau", "Die Vorschau im Browser wird erneuert, während du schreibst. Nichts muss gespeichert werden.",
        "Lizenz", "MIT, siehe die Datei LICENSE für den vollen Text der Lizenz.",
    ),
    "fr": document(
        "Kiln est un petit outil qui construit des sites à partir de simples fichiers texte.",
        "Il lit chaque page une seule fois, se souvient de ce qu'il a vu, et n'écrit que ce qui a changé.",
        "Installation", "Installez-le avec une seule commande :", "Fonctionnalités",
        "Seules les pages modifiées sont reconstruites", "Des modèles en HTML pur", "Fonctionne sans réseau",
        "Aperçu", "L'aperçu dans le navigateur se met à jour pendant que vous écrivez. Rien n'est à enregistrer.",
        "Licence", "MIT, voir le fichier LICENSE pour le texte complet de la licence.",
    ),
    "es": document(
        "Kiln es una pequeña herramienta que construye sitios a partir de simples archivos de texto.",
        "Lee cada página una sola vez, recuerda lo que ha visto, y escribe solo lo que ha cambiado.",
        "Instalación", "Instálala con una sola orden:", "Características",
        "Solo se construyen de nuevo las páginas que cambian", "Plantillas en HTML puro", "Funciona sin red",
        "Vista previa", "La vista previa se actualiza mientras escribes en el editor. No hace falta guardar nada.",
        "Licencia", "MIT, véase el archivo LICENSE para el texto completo de la licencia.",
    ),
    "it": document(
        "Kiln è un piccolo strumento che costruisce siti a partire da semplici file di testo.",
        "Legge ogni pagina una volta sola, ricorda ciò che ha visto, e scrive soltanto quello che è cambiato.",
        "Installazione", "Si installa con un solo comando:", "Funzioni",
        "Solo le pagine che cambiano sono costruite di nuovo", "Modelli in puro HTML", "Funziona senza rete",
        "Anteprima", "L'anteprima nel browser si aggiorna mentre scrivi. Non c'è bisogno di salvare niente.",
        "Licenza", "MIT, vedi il file LICENSE per il testo completo della licenza.",
    ),
    "en": document(
        "Kiln is a small tool that bakes websites from plain text files.",
        "It reads every page only once, remembers what it has seen, and writes only what has changed.",
        "Installation", "Install it with a single command:", "Features",
        "Only pages that changed are built again", "Templates in plain HTML", "Works without a network",
        "Preview", "The preview in the browser follows while you write. There is nothing that has to be saved.",
        "License", "MIT, see the file LICENSE for the full text of the licence.",
    ),
}  # fmt: skip
VOICES = {"de": "pico:de-DE", "fr": "pico:fr-FR", "es": "pico:es-ES", "it": "pico:it-IT", "en": "hibari:heart"}
ENGLISH = ("Let's", "You've", "That's", "Here is", "minute", "To begin", "about", " and ")


def made(language: str, spoken: str = "") -> VideoScript:
    return write_script(DOCUMENTS[language], VideoConfig(id="kiln", languages=[spoken or language]))


@pytest.mark.parametrize("language", ["de", "fr", "es", "it"])
def test_nothing_english_is_said_in_another_language(language: str) -> None:
    script = made(language)
    whole = " ".join([scene.narration + " " + scene.title for scene in script.scenes])
    for phrase in ENGLISH:
        assert phrase not in whole
    assert script.scenes[0].kind == "title"
    assert script.scenes[0].narration.startswith("Kiln ")
    assert "MIT" not in whole
    assert [scene.kind for scene in script.scenes].count("command") == 1
    assert script.scenes[-1].kind == "outro"
    assert script.validation_warnings == []


@pytest.mark.parametrize("language", sorted(VOICES))
def test_the_estimate_is_what_the_voice_takes(language: str) -> None:
    told = [scene.narration for scene in made(language).scenes]
    spoken = sum(speak(Narration.plain(text, VOICES[language])).timing.samples / 48_000 for text in told)
    estimated = sum(map(context(language, "Kiln").seconds, told))
    assert 0.9 * spoken <= estimated <= 1.1 * spoken


@pytest.mark.parametrize("language", ["de", "fr", "es", "it"])
def test_a_text_in_another_language_is_named(language: str) -> None:
    name = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}[language]
    assert made(language, "en").validation_warnings == [
        f"README.md: the text seems to be {name}, and is read as English; write `languages: [{language}]`"
    ]
    assert made("en", language).validation_warnings[0].startswith("README.md: the text seems to be English, ")
    assert made(language, "ja").validation_warnings == []


def test_a_few_words_are_in_no_language() -> None:
    assert language_of("Das ist ein Ofen") == ""
    assert language_of("kiln build --fast site.yaml " * 40) == ""


def test_nouns_and_commas_are_those_of_the_language() -> None:
    told = {language: made(language).scenes[3].narration for language in ("de", "fr", "es", "it")}
    assert told["de"] == "Nur geänderte Seiten werden neu gebaut. Vorlagen in reinem HTML. Arbeitet ohne Netzwerk."
    assert told["es"].endswith(", plantillas en HTML puro y funciona sin red.")
