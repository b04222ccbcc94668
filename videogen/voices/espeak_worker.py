"""Runs as a process of its own, on espeakng-loader alone: text on standard input, samples and events on standard out.

A process, because espeak-ng keeps its voice, speed and noise in globals: one speaks at a time, and what it says would
hang on what it said before. Run as `python -I -S espeak_worker.py FOLDER`, where FOLDER holds the package, in the
package, because espeak-ng has no room for the path of a deep folder. In: JSON `{"voice": …, "rate": words a minute,
"pitch": 0 to 100, "texts": […]}`. Out, for each text: the number of bytes, four of them, least first; then, as 32-bit
integers, the sample rate, the number of events, and for each its type, its place in the text (characters, from 0) and
in the sound (samples); then 16-bit samples, mono.
"""

from __future__ import annotations

import ctypes
import json
import sys
from array import array

_SYNCHRONOUS, _DO_NOT_EXIT, _UTF8, _BY_CHARACTER = 2, 0x8000, 1, 1
_RATE, _PITCH = 1, 3


class _Event(ctypes.Structure):
    """`espeak_EVENT`."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def _main(folder: str) -> None:
    sys.path.append(folder)
    import espeakng_loader

    job = json.loads(sys.stdin.buffer.read())
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    sample_rate = library.espeak_Initialize(_SYNCHRONOUS, 0, b".", _DO_NOT_EXIT)
    if sample_rate <= 0:
        sys.exit("espeak-ng cannot read its data")
    samples, events = bytearray(), array("i")

    @_CALLBACK
    def heard(wave, count, told):
        if count > 0:
            samples.extend(ctypes.string_at(wave, 2 * count))
        at = 0
        while told[at].type:
            events.extend((told[at].type, told[at].text_position - 1, told[at].sample))
            at += 1
        return 0

    library.espeak_SetSynthCallback(heard)
    library.espeak_Synth.argtypes = (
        *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int),
        *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
    )
    if library.espeak_SetVoiceByName(job["voice"].encode()):
        sys.exit(f"espeak-ng has no voice {job['voice']}")
    library.espeak_SetParameter(_RATE, job["rate"], 0)
    library.espeak_SetParameter(_PITCH, job["pitch"], 0)
    for text in job["texts"]:
        samples.clear()
        del events[:]
        encoded = text.encode()
        if library.espeak_Synth(encoded, len(encoded) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None):
            sys.exit("espeak-ng failed")
        told = array("i", (sample_rate, len(events) // 3)) + events
        if sys.byteorder == "big":
            told.byteswap()
        part = told.tobytes() + bytes(samples)
        sys.stdout.buffer.write(len(part).to_bytes(4, "little") + part)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
