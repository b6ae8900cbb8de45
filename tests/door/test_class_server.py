"""The class's server before a model's server that a test directs: what passes, who waits, what breaks and how."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import ollama
import pytest
from class_kit import TOKENS, Rig, eventually, rigged, say, seeded, start, talk
from starlette.types import Receive, Scope, Send

NDJSON = "application/x-ndjson"


def test_a_stream_passes_byte_for_byte_and_as_it_comes() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        async with rig.student.stream("POST", "/api/chat", json=talk()) as reply:
            pieces = reply.aiter_raw()
            got = await anext(pieces)  # here although the second line is not written yet
            assert got == rig.fake.sent[0]
            rig.fake.hold.set()
            got += b"".join([piece async for piece in pieces])
        assert (reply.status_code, reply.headers["content-type"]) == (200, NDJSON)
        assert got == b"".join(rig.fake.sent)

    rigged(work)


def test_what_the_rules_do_not_touch_reaches_ollama_byte_for_byte() -> None:
    raw = b'{ "model" : "alpha:1b","messages":[ {"role":"user","content":"\\u00fc"} ],"options":{"num_predict":5} }'

    async def work(rig: Rig) -> None:
        await rig.student.post("/api/chat", content=raw)
        *_, (method, path, seen, headers) = rig.fake.seen
        assert (method, path, seen) == ("POST", "/api/chat", raw)
        assert TOKENS.student not in str(headers)

    rigged(work)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_keeps_its_status_and_its_words(status: int) -> None:
    async def refuse(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await say(send, {"error": "so it is"}, status)

    async def work(rig: Rig) -> None:
        rig.fake.on["/api/generate"] = refuse
        for stream in (True, False):
            body = {"model": "alpha:1b", "prompt": "hi", "stream": stream}
            reply = await rig.student.post("/api/generate", json=body)
            assert (reply.status_code, reply.json()) == (status, {"error": "so it is"})

    rigged(work)


def test_options_that_would_reload_the_model_for_everybody_are_taken_out_and_told() -> None:
    async def work(rig: Rig) -> None:
        options = {"num_ctx": 9999, "num_gpu": 0, "seed": 3, "num_predict": 9}
        reply = await rig.student.post("/api/chat", json=talk(options=options, keep_alive=0))
        assert reply.headers["dojo-changed"] == "keep_alive removed, num_ctx removed, num_gpu removed"
        assert rig.fake.asked("/api/chat")[-1]["options"] == {"seed": 3, "num_predict": 9}
        await rig.teacher.post("/api/chat", json=talk(options=options, keep_alive=0))
        assert rig.fake.asked("/api/chat")[-1] == talk(options=options, keep_alive=0)

    rigged(work)


def test_a_reply_without_an_end_is_bounded_but_a_models_own_bound_stays() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.shown["beta:1b"] = "stop    x\nnum_predict                    64"
        for model in ("alpha:1b", "beta:1b"):
            await rig.student.post("/api/chat", json=talk(model=model))
        assert [one.get("options") for one in rig.fake.asked("/api/chat")] == [{"num_predict": 100}, None]

    rigged(work, num_predict=100)


def test_the_same_seeded_request_is_answered_from_the_cache_as_it_was(tmp_path: Path) -> None:
    async def work(rig: Rig) -> None:
        for stream in (True, False):
            first = await rig.student.post("/api/chat", json=seeded(stream=stream))
            again = await rig.teacher.post(
                "/api/chat", json=seeded(stream=stream) | {"options": {"seed": 1, "num_predict": 2048}}
            )
            assert (first.headers["dojo-answer"], again.headers["dojo-answer"]) == ("model", "cache")
            assert (again.content, again.headers["content-type"]) == (first.content, first.headers["content-type"])
        async with rig.student.stream("POST", "/api/chat", json=seeded(stream=True)) as reply:
            assert [piece async for piece in reply.aiter_raw()] == rig.fake.sent[:4]  # a stream replays as a stream
        assert len(rig.fake.asked("/api/chat")) == 2

    rigged(work, tmp_path / "cache")


def test_only_what_has_one_right_answer_is_kept(tmp_path: Path) -> None:
    async def source(rig: Rig, path: str, body: dict[str, Any]) -> str:
        await rig.student.post(path, json=body)
        return str((await rig.student.post(path, json=body)).headers["dojo-answer"])

    async def work(rig: Rig) -> None:
        assert await source(rig, "/api/chat", talk()) == "model"
        assert await source(rig, "/api/chat", seeded(seed=-1)) == "model"
        assert await source(rig, "/api/chat", talk(options={"temperature": 0})) == "cache"
        assert await source(rig, "/api/embed", {"model": "alpha:1b", "input": ["a"]}) == "cache"
        assert await source(rig, "/api/generate", {"model": "alpha:1b", "options": {"seed": 1}}) == "model"
        rig.fake.models["alpha:1b"] = "c" * 64  # another model under the same name
        rig.live.known.forget()
        reply = await rig.student.post("/api/chat", json=talk(options={"temperature": 0}))
        assert reply.headers["dojo-answer"] == "model"

    rigged(work, tmp_path / "cache")


def test_a_class_that_asks_the_same_at_once_asks_the_model_once(tmp_path: Path) -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        names = [f"s{number}" for number in range(30)]
        clients = [rig.client(name) for name in names]
        asked = asyncio.gather(*(one.chat("alpha:1b", seeded()["messages"], options={"seed": 1}) for one in clients))
        assert await eventually(lambda: rig.fake.running == 1 and rig.live.open.counts.total() == 30)
        rig.fake.hold.set()
        replies = await asked
        assert {one.message.content for one in replies} == {"one two three"}
        assert len(rig.fake.asked("/api/chat")) == 1

    rigged(work, tmp_path / "cache")


def test_one_students_many_requests_leave_room_for_the_others() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        greedy, other = rig.client("greedy"), rig.client("other")
        many = [asyncio.create_task(greedy.chat("alpha:1b", talk(str(n))["messages"])) for n in range(8)]
        assert await eventually(lambda: len(rig.live.turns.waiting) == 6 and rig.fake.running == 2)  # half the places
        one = asyncio.create_task(other.chat("alpha:1b", talk("mine")["messages"]))
        assert await eventually(lambda: rig.fake.running == 3)
        assert rig.fake.asked("/api/chat")[-1]["messages"][0]["content"] == "mine"
        rig.fake.hold.set()
        await asyncio.gather(*many, one)

    rigged(work)


def test_place_and_wait_stand_in_the_headers_and_on_the_page() -> None:
    async def work(rig: Rig) -> None:
        await rig.student.post("/api/chat", json=talk())  # so that a reply was measured
        rig.fake.hold.clear()
        tasks = [asyncio.create_task(rig.teacher.post("/api/chat", json=talk(str(n)))) for n in range(2)]
        assert await eventually(lambda: len(rig.live.turns.waiting) == 1)
        mine = asyncio.create_task(rig.student.post("/api/chat", json=talk("mine")))
        assert await eventually(lambda: len(rig.live.turns.waiting) == 2)
        rows = (await rig.student.get("/class/queue")).json()
        assert [one["who"] for one in rows["waiting"]] == ["you", "another student"]
        assert rows["waiting"][0]["model"] == "alpha:1b"
        page = (await rig.student.get("/class")).text
        assert "Your next request is number 1 in the queue, about 1 seconds." in page
        assert "127.0.0.1" in (await rig.teacher.get("/class")).text  # the teacher sees who
        rig.fake.hold.set()
        reply = await mine
        assert reply.headers["dojo-queue-position"] == "1"
        assert float(reply.headers["dojo-queue-waited"]) >= 0 <= float(reply.headers["dojo-queue-expected"])
        await asyncio.gather(*tasks)

    rigged(work, parallel=1)


def test_model_changes_are_grouped_and_nobody_waits_for_ever() -> None:
    async def work(rig: Rig) -> None:
        async def student(number: int) -> None:
            client = rig.client(f"s{number}")
            for turn in range(4):
                await client.chat(("alpha:1b", "beta:1b")[number % 2], talk(str(turn))["messages"])

        rig.fake.pace = 0.001
        await asyncio.gather(*(student(number) for number in range(12)))
        assert len(rig.fake.asked("/api/chat")) == 48
        assert len(rig.fake.loads) <= 4  # as they come, it would be dozens

    rigged(work)


def test_a_client_that_leaves_frees_its_place_and_the_model() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        async with rig.student.stream("POST", "/api/chat", json=talk()) as reply:
            pieces = reply.aiter_raw()
            await anext(pieces)
            waiting = asyncio.create_task(rig.teacher.post("/api/chat", json=talk("waits")))
            assert await eventually(lambda: len(rig.live.turns.waiting) == 1)
            waiting.cancel()  # one that leaves while it waits
            assert await eventually(lambda: not rig.live.turns.waiting)
        assert await eventually(lambda: rig.fake.left == 1 and not rig.live.turns.running)
        rig.fake.hold.set()
        assert (await rig.student.post("/api/chat", json=talk())).status_code == 200
        assert len(rig.fake.asked("/api/chat")) == 2
        assert "dojo_clients_left_total 2.0" in (await rig.teacher.get("/metrics")).text

    rigged(work, parallel=1)


def test_one_of_those_who_share_an_answer_may_leave(tmp_path: Path) -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        async with rig.student.stream("POST", "/api/chat", json=seeded()) as reply:
            pieces = reply.aiter_raw()
            await anext(pieces)
            other = asyncio.create_task(rig.student.post("/api/chat", json=seeded()))
            assert await eventually(lambda: rig.live.open.counts.total() == 2)
        assert await eventually(lambda: rig.live.open.counts.total() == 1)
        rig.fake.hold.set()
        reply = await other
        assert (reply.headers["dojo-answer"], reply.content) == ("shared", b"".join(rig.fake.sent))
        assert rig.fake.left == 0

    rigged(work, tmp_path / "cache")


def test_a_client_that_stops_reading_holds_neither_place_nor_model() -> None:
    async def flood(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await send(start(200, NDJSON))
        for _number in range(80):
            big = json.dumps({"response": "x" * 100_000, "done": False}).encode() + b"\n"
            await send({"type": "http.response.body", "body": big, "more_body": True})
        await send({"type": "http.response.body", "body": b'{"done":true}\n', "more_body": False})

    async def work(rig: Rig) -> None:
        rig.fake.on["/api/generate"] = flood
        async with rig.student.stream("POST", "/api/generate", json={"model": "alpha:1b", "prompt": "hi"}):
            assert await eventually(lambda: bool(rig.fake.asked("/api/generate")) and not rig.live.turns.running)
            assert (await rig.teacher.post("/api/chat", json=talk())).status_code == 200

    rigged(work, parallel=1)


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b'{"model": "alpha:1b"', 400, "invalid JSON"),
        (b"", 400, "missing request body"),
        (b"[1]", 400, "must be a JSON object, not list"),
        (b"[" * 100_000, 400, "nested too deeply"),
        (b'{"model":"a","tools":' + b"[" * 300 + b"]" * 300 + b"}", 400, "nested too deeply"),
        (b'{"model":"a","options":{"num_ctx":9},"options":{}}', 400, "'options' stands twice"),
        (b'{"model":"a","Options":{"num_ctx":9}}', 400, "write options in place of Options"),
        (b'{"model":"a","prompt":"x","options":[]}', 400, "options must be an object"),
        (json.dumps(talk("x" * 1_000_000)).encode(), 413, "has 977 KB, and this class allows 256 KB"),
        (b'{"a":"' + b"x" * (33 << 20) + b'"}', 413, "larger than 32 MB"),
    ],
    ids=["cut off", "empty", "a list", "deep", "deep and whole", "twice", "upper case", "options", "1 MB", "33 MB"],
)
def test_a_bad_request_is_one_sentence_and_reaches_nobody(content: bytes, status: int, said: str) -> None:
    async def work(rig: Rig) -> None:
        reply = await rig.student.post("/api/generate", content=content)
        assert reply.status_code == status
        assert said in reply.json()["error"]
        assert rig.fake.asked("/api/generate") == []
        assert (await rig.student.post("/api/chat", json=talk())).status_code == 200

    rigged(work)


def test_too_many_open_requests_of_one_student_are_refused_and_only_theirs() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        greedy, other = rig.client("greedy"), rig.client("other")
        many = [asyncio.create_task(greedy.chat("alpha:1b", talk(str(n))["messages"])) for n in range(3)]
        assert await eventually(lambda: rig.live.open.counts["greedy"] == 3)
        with pytest.raises(ollama.ResponseError, match="you have 3 requests open, as many as this class allows") as no:
            await greedy.chat("alpha:1b", talk()["messages"])
        assert no.value.status_code == 429
        one = asyncio.create_task(other.chat("alpha:1b", talk()["messages"]))
        rig.fake.hold.set()
        await asyncio.gather(*many, one)
        assert not rig.live.open.counts

    rigged(work, requests=3)


def test_requests_whose_bodies_never_end_count_against_their_sender() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b'{"model":'
        await asyncio.Event().wait()

    async def work(rig: Rig) -> None:
        tasks = [asyncio.create_task(rig.student.post("/api/chat", content=slow())) for _ in range(2)]
        assert await eventually(lambda: rig.live.open.counts.total() == 2)
        assert (await rig.student.post("/api/chat", json=talk())).status_code == 429
        assert (await rig.teacher.post("/api/chat", json=talk())).status_code == 200
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await eventually(lambda: not rig.live.open.counts)

    rigged(work, requests=2)


def test_a_client_that_always_has_as_many_open_as_it_may_is_never_refused() -> None:
    async def work(rig: Rig) -> None:
        client = rig.client("busy")

        async def again_and_again(stream: bool) -> None:
            for turn in range(20):
                if stream:
                    _ = [part async for part in await client.chat("alpha:1b", talk(str(turn))["messages"], stream=True)]
                else:
                    await client.chat("alpha:1b", talk(str(turn))["messages"])

        await asyncio.gather(*(again_and_again(stream) for stream in (True, False, True)))

    rigged(work, requests=3)


def test_when_ollama_dies_each_request_hears_it_and_the_next_works_when_it_is_back() -> None:
    async def work(rig: Rig) -> None:
        rig.fake.hold.clear()
        stream = await rig.client().chat("alpha:1b", talk()["messages"], stream=True)
        assert (await anext(stream)).message.content == "one "
        waits = asyncio.create_task(rig.teacher.post("/api/chat", json=talk()))
        assert await eventually(lambda: len(rig.live.turns.waiting) == 1)
        await rig.stop_fake()
        with pytest.raises(
            ollama.ResponseError, match="ended its reply in the middle; nothing else is lost, ask again"
        ):
            await anext(stream)
        reply = await waits
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
        assert reply.json()["error"].startswith("Ollama does not answer on the class's machine; tell your teacher")
        assert "does not answer" in (await rig.student.get("/class")).text
        assert "dojo_upstream_up 0.0" in (await rig.teacher.get("/metrics")).text
        rig.fake.hold.set()
        await rig.start_fake()
        assert (await rig.student.post("/api/chat", json=talk())).status_code == 200

    rigged(work, grace=0, parallel=1)


def test_a_restart_of_ollama_is_waited_for() -> None:
    async def work(rig: Rig) -> None:
        await rig.stop_fake()
        asked = asyncio.create_task(rig.student.post("/api/chat", json=talk()))
        assert await eventually(lambda: not rig.live.upstream.up)
        await rig.start_fake()
        assert (await asked).status_code == 200

    rigged(work, grace=20)


def test_what_was_answered_before_is_still_answered_while_ollama_is_away(tmp_path: Path) -> None:
    async def work(rig: Rig) -> None:
        first = await rig.student.post("/api/chat", json=seeded())
        await rig.stop_fake()
        rig.live.known.forget()
        assert (await rig.student.post("/api/chat", json=seeded())).content == first.content

    rigged(work, tmp_path / "cache", grace=0)


CUT: list[tuple[str, list[bytes], dict[str, str]]] = [
    (NDJSON, [b'{"response":"a","done":false}\n', b'{"respo'], {}),
    (NDJSON, [b'{"response":"a","done":false}\n', b"<html>\n"], {}),
    (NDJSON, [b'{"response":"a","done":false}\n'], {}),
    (NDJSON, [b'{"response":"a","done":false}\n'], {"content_length": "900"}),
    ("application/json", [b'{"response":"a'], {}),
    ("application/json", [b'{"response":"a","done":true}'], {"content_length": "900"}),
    ("text/html", [b"<html>a printer</html>"], {}),
    (NDJSON, [b""], {}),
]


@pytest.mark.parametrize(("kind", "pieces", "headers"), CUT)
def test_a_reply_that_is_cut_off_or_no_json_is_said_and_never_kept(
    kind: str, pieces: list[bytes], headers: dict[str, str], tmp_path: Path
) -> None:
    async def lie(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await send(start(200, kind, **headers))
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def work(rig: Rig) -> None:
        rig.fake.on["/api/generate"] = lie
        heard = []

        async def listen() -> None:
            async for part in await rig.client().generate("alpha:1b", "hi", stream=True, options={"seed": 1}):
                heard.append(part.response)

        with pytest.raises(ollama.ResponseError, match="ended its reply in the middle") as caught:
            await listen()
        assert (heard, caught.value.status_code) in ((["a"], -1), ([], 502))
        assert rig.live.cache is not None
        assert len(rig.live.cache) == 0
        assert (await rig.student.post("/api/chat", json=talk())).status_code == 200

    rigged(work, tmp_path / "cache")


def test_a_full_disk_only_means_that_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    async def work(rig: Rig) -> None:
        monkeypatch.setattr(Path, "write_bytes", full)
        monkeypatch.setattr(Path, "write_text", full)
        for _ in range(2):
            reply = await rig.student.post("/api/chat", json=seeded())
            assert (reply.status_code, reply.headers["dojo-answer"]) == (200, "model")
        assert "No space left on device" in (await rig.teacher.get("/class")).text
        assert "No space left" not in (await rig.student.get("/class")).text
        assert "dojo_unkept_answers_total 2.0" in (await rig.teacher.get("/metrics")).text

    rigged(work, tmp_path / "cache")
    assert [one.message for one in caplog.records if "can't be kept" in one.message] == [
        f"answers can't be kept in {tmp_path / 'cache'} (No space left on device); answers are given all the same"
    ]


TEACHERS: list[tuple[str, str]] = [
    ("POST", "/api/pull"), ("POST", "/api/push"), ("POST", "/api/create"), ("POST", "/api/copy"),
    ("DELETE", "/api/delete"), ("POST", "/api/blobs/sha256:00"), ("HEAD", "/api/blobs/sha256:00"),
    ("POST", "/api/me"), ("GET", "/metrics"), ("DELETE", "/class/cache"), ("GET", "/api/chat"), ("POST", "/api/tags"),
    ("POST", "/api/pull/"), ("POST", "//api/pull"), ("POST", "/api/../api/pull"), ("POST", "/api/%70ull"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), TEACHERS)
def test_what_changes_models_is_the_teachers_alone(method: str, path: str) -> None:
    async def work(rig: Rig) -> None:
        url = httpx.URL(f"{rig.url}/7b/{TOKENS.student}").copy_with(raw_path=f"/7b/{TOKENS.student}{path}".encode())
        reply = await rig.student.request(method, url, content=b"{}" if method == "POST" else None)
        assert reply.status_code == 403
        assert method == "HEAD" or "is for the teacher of this class" in reply.json()["error"]
        assert rig.fake.seen == []

    rigged(work)


def test_the_teachers_requests_pass_with_their_bodies_and_streams() -> None:
    steps = [b'{"status":"pulling manifest"}\n', b'{"error":"pull model manifest: file does not exist"}\n']

    async def pull(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await send(start(200, NDJSON))
        for step in steps:
            await send({"type": "http.response.body", "body": step, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def work(rig: Rig) -> None:
        rig.fake.on["/api/pull"] = pull
        assert (await rig.teacher.post("/api/pull", json={"model": "x"})).content == b"".join(steps)
        blob = b"G" * 3_000_000
        assert (await rig.teacher.post("/api/blobs/sha256:00", content=blob)).status_code == 200
        assert rig.fake.seen[-1][2] == blob
        await rig.teacher.request("DELETE", "/api/delete", json={"model": "x"})
        assert rig.fake.seen[-1][:3] == ("DELETE", "/api/delete", b'{"model":"x"}')

    rigged(work)


def test_a_pull_that_breaks_off_ends_in_a_line_that_says_so() -> None:
    async def pull(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await send(start(200, NDJSON, content_length="900"))
        await send({"type": "http.response.body", "body": b'{"status":"pulling manifest"}\n', "more_body": False})

    async def work(rig: Rig) -> None:
        rig.fake.on["/api/pull"] = pull
        reply = await rig.teacher.post("/api/pull", json={"model": "x"})
        assert [list(json.loads(one)) for one in reply.content.splitlines()] == [["status"], ["error"]]

    rigged(work)


def test_a_stranger_hears_what_to_do_and_nothing_else() -> None:
    async def work(rig: Rig) -> None:
        async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as stranger:
            for path in ("/", "/api/tags", "/class", "/metrics", "/7a/x/api/tags", "/7b"):
                reply = await stranger.get(path)
                assert (reply.status_code, list(reply.json())) == (401, ["error"])
            assert "set OLLAMA_HOST to the whole address" in (await stranger.get("/")).json()["error"]
            wrong = await stranger.post("/7b/wrong/api/chat", content=b"x" * 900_000)
            assert wrong.json() == {
                "error": "the token in this address is wrong; copy OLLAMA_HOST again, the whole of it"
            }
            assert (await stranger.get("/healthz")).json() == {"status": "ok"}
            bearer = {"Authorization": f"Bearer {TOKENS.student}"}
            assert (await stranger.get("/api/tags", headers=bearer)).status_code == 200
            assert rig.fake.seen[-1][3].get("authorization") is None

    rigged(work)


def test_the_cache_is_cleared_on_request(tmp_path: Path) -> None:
    async def work(rig: Rig) -> None:
        await rig.student.post("/api/chat", json=seeded())
        assert (await rig.teacher.delete("/class/cache")).json() == {"removed": 1}
        assert (await rig.student.post("/api/chat", json=seeded())).headers["dojo-answer"] == "model"

    rigged(work, tmp_path / "cache")


def test_the_other_dialects_pass_through_the_queue_and_are_bounded() -> None:
    events = b'data: {"choices":[]}\n\ndata: [DONE]\n\n'

    async def openai(_: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        await send(start(200, "text/event-stream"))
        await send({"type": "http.response.body", "body": events, "more_body": False})

    async def work(rig: Rig) -> None:
        rig.fake.on["/v1/chat/completions"] = openai
        reply = await rig.student.post("/v1/chat/completions", json={**talk(stream=True), "max_tokens": 9})
        assert (reply.content, rig.fake.asked("/v1/chat/completions")[-1]["max_tokens"]) == (events, 9)
        assert reply.headers["dojo-queue-position"] == "0"
        await rig.student.post("/v1/chat/completions", json=talk(stream=True))
        assert rig.fake.asked("/v1/chat/completions")[-1]["max_tokens"] == 2048

    rigged(work)
