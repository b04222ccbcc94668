"""A loopback stand-in for the service that the edge-tts client talks to: it speaks the wire protocol."""

from __future__ import annotations

import asyncio
import html
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import av
import numpy as np
from aiohttp import WSMsgType, web
from aioloopback import running

TICKS = 10_000_000
WORD_SECONDS = 0.3
LEAD_SECONDS = 0.1
SOUNDING = 0.6
"""The part of a word's time that its tone fills."""


def tones(words: int) -> np.ndarray:
    """A tone for each word from the very time that is announced for it, 24 kHz; a little silence behind all."""
    times = np.arange(round(24_000 * (LEAD_SECONDS + WORD_SECONDS * words + 0.1))) / 24_000
    place = (times - LEAD_SECONDS + 1e-9) / WORD_SECONDS
    said = (place >= 0) & (place < words) & (place % 1 < SOUNDING)
    return np.where(said, 0.2 * np.sin(2 * np.pi * 440 * times), 0).astype(np.float32)


def encoded(samples: np.ndarray, header: bool = False) -> bytes:
    """What the service sends: MPEG-2 layer III, 24 kHz mono, 48 kbit/s, by LAME, without a header frame."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp3", options={"write_xing": str(int(header)), "id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=24_000, layout="mono", format="fltp", bit_rate=48_000)
        frame = av.AudioFrame.from_ndarray(samples[None, :], "fltp", "mono")
        frame.sample_rate = 24_000
        for part in [*av.AudioResampler("fltp", "mono", 24_000, frame_size=576).resample(frame), None]:
            container.mux(stream.encode(part))
    return out.getvalue()


def _text(path: str, body: str) -> str:
    return f"X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def _binary(data: bytes, typed: bool = True) -> bytes:
    kind = "Content-Type:audio/mpeg\r\n" if typed else ""
    head = f"X-RequestId:1\r\n{kind}Path:audio\r\n".encode()
    return len(head).to_bytes(2, "big") + head + data


class Service:
    """One server. `mode` says how it behaves; `requests` counts connections, `most` those open at once."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.requests = self.open = self.most = 0
        self.said: list[str] = []
        self.voices: list[str] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        if self.mode == "forbid" or (self.mode == "forbid_once" and self.requests == 1):
            return web.Response(status=403)
        if self.mode == "busy":
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=True)
        await socket.prepare(request)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT and "Path:ssml" in message.data:
                    await self.answer(socket, message.data)
                    if self.mode != "hang":
                        break
        finally:
            self.open -= 1
        await socket.close()
        return socket

    async def answer(self, socket: web.WebSocketResponse, ssml: str) -> None:
        found = re.search(r"<prosody[^>]*>(.*)</prosody>", ssml, re.DOTALL)
        assert found
        text = html.unescape(found[1])
        self.said.append(text)
        self.voices += re.findall(r"voice name='([^']*)'", ssml)
        words = text.split()
        await socket.send_str(_text("turn.start", "{}"))
        await socket.send_str(_text("response", "{}"))
        if self.mode == "hang":
            return
        if self.mode == "slow":
            await asyncio.sleep(0.05)  # long enough that requests would overlap
        audio = encoded(tones(len(words)))
        if self.mode == "garbage":
            audio = b"\x00" * len(audio)
        half = self.mode in {"cut", "cut_once"} and not (self.mode == "cut_once" and self.requests > 1)
        audio = audio[: len(audio) // 2] if half or self.mode == "short" else audio
        for start in range(0, len(audio) if self.mode != "no_audio" else 0, 1440):
            await socket.send_bytes(_binary(audio[start : start + 1440]))
        for index, word in enumerate(words[: len(words) // 2] if half else words):
            spoken = word.strip(".,;:!?")
            if self.mode != "no_words" and spoken:
                await socket.send_str(_text("audio.metadata", self.boundary(index, spoken)))
        if not half:
            await socket.send_bytes(_binary(b"", typed=False))
            await socket.send_str(_text("turn.end", "{}"))

    @staticmethod
    def boundary(index: int, word: str) -> str:
        data = {
            "Offset": int((LEAD_SECONDS + WORD_SECONDS * index) * TICKS),
            "Duration": int(WORD_SECONDS * TICKS),
            "text": {"Text": html.escape(word, quote=False), "Length": len(word), "BoundaryType": "WordBoundary"},
        }
        return json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]})


@contextmanager
def serving(mode: str) -> Iterator[Service]:
    """A server on a free loopback port, in a thread of its own."""
    service = Service(mode)
    app = web.Application()
    app.router.add_get("/edge/v1", service.handle)
    with running(app) as port:
        service.url = f"ws://127.0.0.1:{port}/edge/v1?TrustedClientToken=test"
        yield service
