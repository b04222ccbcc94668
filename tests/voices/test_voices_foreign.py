"""How German, Spanish, French and Italian text is said: tables for people to read, and laws that hold for any text."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.voices import counting, foreign, naming, powers, reading, tongue, wording
from videogen.voices.speech import joined, sayable

GERMAN = [
    ("1.250 Dateien", "eintausendzweihundertfünfzig Dateien"),
    ("3,14", "drei Komma eins vier"),
    ("-3", "minus drei"),
    ("007", "null null sieben"),
    ("1 Datei", "eine Datei"),
    ("1 Bild", "ein Bild"),
    ("und 1 mehr", "und eins mehr"),
    ("9,99 €", "neun Euro neunundneunzig"),
    ("9,99€", "neun Euro neunundneunzig"),
    ("9,99 Euro.", "neun Euro neunundneunzig."),
    ("1,5 Euro", "eins Komma fünf Euro"),
    ("5 €", "fünf Euro"),
    ("$9.99", "neun Dollar neunundneunzig"),
    ("$1.2M", "eine Million zweihunderttausend Dollar"),
    ("2,5 Mio. Nutzer", "zwei Komma fünf Millionen Nutzer"),
    ("50 %", "fünfzig Prozent"),
    ("50%", "fünfzig Prozent"),
    ("99,9 %", "neunundneunzig Komma neun Prozent"),
    ("am 12.03.2026", "am zwölften März zweitausendsechsundzwanzig"),
    ("12. März 2026", "zwölfter März zweitausendsechsundzwanzig"),
    ("2026-03-12", "zwölfter März zweitausendsechsundzwanzig"),
    ("im Jahr 1984", "im Jahr neunzehnhundertvierundachtzig"),
    ("Der 3. Schritt", "Der dritte Schritt"),
    ("im 2. Fall", "im zweiten Fall"),
    ("Es sind 3. Dann", "Es sind drei. Dann"),
    ("um 14:30 Uhr.", "um vierzehn Uhr dreißig."),
    ("um 14:30", "um vierzehn Uhr dreißig"),
    ("16:9", "sechzehn zu neun"),
    ("5–10 MB", "fünf bis zehn Megabyte"),
    ("20 MB/s", "zwanzig Megabyte pro Sekunde"),
    ("1 s", "eine Sekunde"),
    ("150 ms", "einhundertfünfzig Millisekunden"),
    ("48 kHz", "achtundvierzig Kilohertz"),
    ("-14 LUFS", "minus vierzehn Luffs"),
    ("1920x1080", "eintausendneunhundertzwanzig mal eintausendachtzig"),
    ("v2.0", "Version zwei Punkt null"),
    ("Python 3.11", "Paithon drei Punkt elf"),
    ("Version 1.10.0", "Version eins Punkt zehn Punkt null"),
    (">= 3.10", "mindestens drei Punkt zehn"),
    ("README.md", "Riedmi Punkt emm deh"),
    ("pyproject.toml", "pyproject Punkt Tomml"),
    ("my_function", "my function"),
    ("--from", "Strich Strich from"),
    ("API-Schlüssel", "ah peh ih Schlüssel"),
    ("PDFs", "peh deh effs"),
    ("URL", "uh err ell"),
    ("https://beispiel.de/hilfe", "beispiel Punkt deh eh Schrägstrich hilfe"),
    ("info@beispiel.de", "info ät beispiel Punkt deh eh"),
    ("z. B. so", "zum Beispiel so"),
    ("z.B. so", "zum Beispiel so"),
    ("d. h. nie", "das heißt nie"),
    ("Bilder usw. Und mehr", "Bilder und so weiter. Und mehr"),
    ("Nr. 5", "Nummer fünf"),
    ("„Zitat“, ja", "Zitat, ja"),
    ("Größe (siehe unten) ist", "Größe, siehe unten, ist"),
    ("das — und dies", "das — und dies"),
    ("Änderung an E-Mail", "Änderung an E-Mail"),
    ("A + B", "ah plus beh"),
    ("fertig 🎉", "fertig"),
    ("2⁶³-1 Bytes", "zwei hoch dreiundsechzig minus eins Bytes"),
    ("5 km²", "fünf Quadratkilometer"),
    ("O(n²) Schritte", "O von n hoch zwei, Schritte"),
    ("3×10⁸", "drei mal zehn hoch acht"),
]
SPANISH = [
    ("1.250 archivos", "mil doscientos cincuenta archivos"),
    ("1 250 archivos", "mil doscientos cincuenta archivos"),
    ("1 archivo y 1 página", "un archivo y una página"),
    ("21 archivos", "veintiún archivos"),
    ("3,14", "tres coma catorce"),
    ("9,99 €", "nueve euros con noventa y nueve"),
    ("1 €", "un euro"),
    ("9,99 euros", "nueve euros con noventa y nueve"),
    ("50 %", "cincuenta por ciento"),
    ("12/03/2026", "doce de marzo de dos mil veintiséis"),
    ("1 de mayo", "uno de mayo"),
    ("14:30", "catorce y treinta"),
    ("1.º y 2ª", "primero y segunda"),
    ("5-10 MB", "cinco a diez megabytes"),
    ("v2.0", "versión dos punto cero"),
    ("Python 3.11", "páiton tres punto once"),
    ("README.md", "ridmi punto eme de"),
    ("¿La API?", "La a pe i?"),
    ("info@ejemplo.es", "info arroba ejemplo punto e ese"),
    ("p. ej. así", "por ejemplo así"),
    ("EE. UU.", "Estados Unidos."),
    ("1 s", "un segundo"),
    ("2 h", "dos horas"),
    ("2^63", "dos elevado a sesenta y tres"),
    ("x²", "x al cuadrado"),
    ("5 m³", "cinco metros cúbicos"),
]
FRENCH = [
    ("1 250 fichiers", "mille deux cent cinquante fichiers"),
    ("1 250 000,5", "un million deux cent cinquante mille virgule cinq"),
    ("1 fichier et 1 page", "un fichier et une page"),
    ("3,14", "trois virgule quatorze"),
    ("9,99 €", "neuf euros quatre-vingt-dix-neuf"),
    ("75 %", "soixante-quinze pour cent"),
    ("12/03/2026", "douze mars deux mille vingt-six"),
    ("1er mars", "premier mars"),
    ("1 mars", "premier mars"),
    ("2e étape", "deuxième étape"),
    ("14h30", "quatorze heures trente"),
    ("20 Mo/s", "vingt mégaoctets par seconde"),
    ("v2.0", "version deux point zéro"),
    ("l'API", "l'a pé i"),
    ("aujourd'hui", "aujourd'hui"),
    ("l’écran", "l'écran"),
    ("README.md", "ridmi point emme dé"),
    ("États-Unis", "États-Unis"),
    ("« oui »", "oui"),
    ("n° 5", "numéro cinq"),
    ("info@exemple.fr", "info arobase exemple point effe erre"),
    ("p. ex. ici", "par exemple ici"),
    ("c'est prêt !", "c'est prêt"),
    ("2^63", "deux puissance soixante-trois"),
    ("x³", "x au cube"),
    ("10⁻³", "dix puissance moins trois"),
]
ITALIAN = [
    ("1.250 immagini", "milleduecentocinquanta immagini"),
    ("1 immagine e 1 video", "una immagine e un video"),
    ("3,14", "tre virgola quattordici"),
    ("9,99 €", "nove euro e novantanove"),
    ("50%", "cinquanta per cento"),
    ("12/03/2026", "dodici marzo duemilaventisei"),
    ("1º maggio", "primo maggio"),
    ("14:30", "quattordici e trenta"),
    ("20 MB/s", "venti megabàit al secondo"),
    ("v2.0", "versione due punto zero"),
    ("dell'API", "dell'a pi i"),
    ("perché", "perché"),
    ("README.md", "ridmi punto emme di"),
    ("info@esempio.it", "info chiocciola esempio punto i ti"),
    ("ad es. qui", "ad esempio qui"),
    ("PDF ecc.", "pi di effe eccetera."),
    ("2 h", "due ore"),
    ("2^63", "due elevato a sessantatré"),
    ("x²", "x al quadrato"),
    ("Note²", "Note"),
]
TABLES = {"de": GERMAN, "es": SPANISH, "fr": FRENCH, "it": ITALIAN}


@pytest.mark.parametrize(
    ("language", "text", "spoken"), [(language, *row) for language, rows in TABLES.items() for row in rows]
)
def test_table(language: str, text: str, spoken: str) -> None:
    words = sayable(text, language)
    assert [word.display for word in words] == text.split()
    assert joined(words) == spoken


@pytest.mark.parametrize("language", TABLES)
def test_the_lexicon_wins(language: str) -> None:
    lexicon = {"README.md": "das Buch", "API": "A P I", "v2.0": "zwei", "5": "v 5", "z.": "zett"}
    said = [word.spoken for word in sayable("(README.md), v2.0! API 5 z. B.", language, lexicon)]
    assert said[:2] == ["das Buch,", "zwei!"]
    assert said[2] == {"de": "ah peh ih", "es": "a pe i", "fr": "a pé i", "it": "a pi i"}[language]
    assert said[3] == joined(sayable("v 5", language))
    assert said[4] == "zett"


MARKS = "aB1.,-_/+$%#@=<>~:'\"()*&^|\\`—–…€°½µºª²äßñçé 0123456789"
PIECES = st.one_of(
    st.text(max_size=12),
    st.text(MARKS, max_size=12),
    st.sampled_from([text for rows in TABLES.values() for text, _ in rows]),
)
TEXTS = st.lists(PIECES, max_size=6).map(" ".join)
LEXICA = st.dictionaries(st.sampled_from(["a", "API", "1", "B1"]), st.text(max_size=8), max_size=2)


@given(st.sampled_from(sorted(TABLES)), TEXTS, LEXICA)
@settings(max_examples=400, deadline=None)
def test_laws(language: str, text: str, lexicon: dict[str, str]) -> None:
    words = sayable(text, language, lexicon)
    assert [word.display for word in words] == text.split()
    for word in words:
        assert not any(char.isnumeric() and not char.isalpha() for char in word.spoken), word
        odd = [c for c in word.spoken if not (c.isalpha() or unicodedata.combining(c) or c in " '.,;:!?—…-")]
        assert not odd, word
        assert word.spoken == " ".join(word.spoken.split())


@given(st.sampled_from(sorted(TABLES)), st.integers(0, 10**15 - 1))
@settings(deadline=None)
def test_numbers_are_plain_words(language: str, value: int) -> None:
    assert all(char.isalpha() or char in " -" for char in counting.cardinal(value, language))
    grouped = f"{value:,}".replace(",", " " if language == "fr" else ".")
    assert joined(sayable(grouped, language)).split() == joined(sayable(str(value), language)).split()


@given(st.sampled_from(sorted(TABLES)), st.from_regex(r"[a-zäöüßñáéíóúàèìòùâêîôûç]{3,12}", fullmatch=True))
@settings(deadline=None)
def test_a_plain_word_is_said_as_it_is(language: str, word: str) -> None:
    tables = tongue.tongue(language)
    assert tables is not None
    initialism = word.isascii() and not set(word) & set("aeiouy")
    if word not in tables.words and not initialism and word not in tables.units:
        assert joined(sayable(word, language)) == word


@pytest.mark.parametrize("language", TABLES)
def test_every_letter_has_a_name_and_every_table_says_words(language: str) -> None:
    tables = tongue.tongue(language)
    assert tables is not None
    assert set("abcdefghijklmnopqrstuvwxyz") <= set(tables.letters)
    said = [*tables.words.values(), *tables.names.values(), *tables.operators.values(), *tables.letters.values()]
    said += [each for pair in tables.pairs.values() for each in pair] + [
        u for unit in tables.units.values() for u in unit[:2]
    ]
    assert not [each for each in said if not each or not all(char.isalpha() or char in " ,'-." for char in each)]
    assert all(key == key.casefold() for key in (*tables.words, *tables.pairs, *tables.after, *tables.versioned))


@pytest.mark.parametrize("module", [counting, foreign, naming, powers, reading, tongue, wording])
def test_examples_in_the_docs(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed
