"""The wire: what may cross comes back as it was, everything else is refused, whatever the bytes are."""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import math
import pathlib
import time
import zoneinfo
from typing import Any

import numpy as np
import PIL.Image
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import wire
from grader.wire import WireError, dumps, loads

torch = pytest.importorskip("torch")


def back(value: Any) -> Any:
    return loads(dumps(value))


SCALARS = [
    *(
        None,
        True,
        False,
        0,
        -1,
        255,
        -256,
        10**9999,
        -(10**5000),
        0.0,
        1.5,
        math.inf,
        -math.inf,
        1j,
        complex(-0.0, 0.0),
    ),
    *("", "ä", "\ud800 lone", "x" * 5000, b"", b"\x00\xff", bytearray(b"ab"), ..., NotImplemented),
]
CONTAINERS = [
    *([], [1, [2, [3]]], (), (1, ("a",)), set(), {1, "a"}, frozenset({(1, 2)}), {}, {"b": 1, "a": {(1, 2): [3]}}),
    *(collections.deque([1, 2], maxlen=3), collections.deque()),
    *(collections.Counter("abca"), collections.OrderedDict(b=1, a=2), collections.defaultdict(list, {"q": [1]})),
    *(range(3, 9, 2), range(0), slice(1, None, 2)),
]
MOMENTS = [
    *(dt.date(2020, 2, 29), dt.time(1, 2, 3, 4), dt.time(1, tzinfo=dt.UTC), dt.timedelta(-1, 2, 3), dt.UTC),
    *(dt.datetime(2020, 1, 2, 3, 4, 5, 6), dt.datetime(2020, 10, 25, 2, 30, fold=1), dt.timezone(dt.timedelta(0), "X")),
    *(pathlib.Path("a/b"), pathlib.PurePosixPath("/x"), pathlib.PureWindowsPath("c:/x")),
    *(decimal.Decimal("1.50"), decimal.Decimal("-Infinity"), fractions.Fraction(-1, 3)),
]


@pytest.mark.parametrize("value", [*SCALARS, *CONTAINERS, *MOMENTS], ids=lambda value: type(value).__name__)
def test_a_plain_value_comes_back_with_its_type_and_its_content(value: Any) -> None:
    got = back(value)
    assert type(got) is type(value)
    assert got == value
    if isinstance(value, dict):
        assert list(got) == list(value)


def test_nan_and_minus_zero_survive() -> None:
    assert math.isnan(back(math.nan))
    assert math.copysign(1, back(-0.0)) == -1


def test_the_views_of_a_dict_survive() -> None:
    source = {"a": 1, "b": 2}
    assert back(source.keys()) == source.keys()
    assert list(back(source.values())) == [1, 2]
    assert back(source.items()) == source.items()


def test_a_time_with_a_named_zone_survives() -> None:
    try:
        zone = zoneinfo.ZoneInfo("Europe/Berlin")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("this machine has no zones")
    moment = dt.datetime(2020, 7, 1, 12, tzinfo=zone)
    assert back(moment) == moment
    assert back(moment).tzinfo is zone


ARRAYS = [
    *(np.arange(12).reshape(3, 4), np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.array(5), np.zeros((0, 3))),
    *(np.array(["a", "bcä"]), np.array([b"a", b"bc"]), np.array([True, False]), np.array([1 + 2j])),
    np.array([1], np.float16),
    *(np.array(["2020-01-01"], "M8[D]"), np.arange(10)[::-2], np.arange(12, dtype=">i2").reshape(3, 4)[:, 1]),
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype.str}{array.shape}")
def test_an_array_keeps_its_numbers_shape_type_and_order(array: Any) -> None:
    got = back(array)
    assert type(got) is np.ndarray
    assert (got.dtype, got.shape) == (array.dtype, array.shape)
    assert np.array_equal(got, array)
    if array.flags.f_contiguous:
        assert got.flags.f_contiguous


@pytest.mark.parametrize("value", [np.float32(2), np.int8(-3), np.bool_(True), np.str_("ab"), np.datetime64("2020")])
def test_a_scalar_of_numpy_keeps_its_type(value: Any) -> None:
    assert type(back(value)) is type(value)
    assert back(value) == value
    assert back(value.dtype) == value.dtype


def test_an_array_that_cannot_be_written_to_stays_so() -> None:
    array = np.arange(3)
    array.flags.writeable = False
    assert not back(array).flags.writeable


def test_tensors_keep_their_numbers_and_types() -> None:
    for tensor in (torch.arange(6).reshape(2, 3), torch.tensor([1.5], dtype=torch.bfloat16), torch.tensor([True])):
        got = back(tensor)
        assert got.dtype == tensor.dtype
        assert torch.equal(got, tensor)
    assert back(torch.zeros(2, requires_grad=True)).requires_grad
    assert back(torch.float32) is torch.float32


def test_a_tensor_of_whole_numbers_that_claims_a_gradient_is_refused() -> None:
    message = bytearray(dumps(torch.arange(3)))
    at = message.index(b"int64") + len(b"int64")
    assert message[at] == 0
    message[at] = 1
    with pytest.raises(WireError):
        loads(bytes(message))


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "RGBA", "F", "I;16", "P"])
def test_pictures_keep_their_pixels(mode: str) -> None:
    image = PIL.Image.new(mode, (9, 2))
    image.putpixel((1, 1), image.getpixel((0, 0)) or 0)
    got = back(image)
    assert (got.mode, got.size, got.tobytes()) == (image.mode, image.size, image.tobytes())


def test_one_object_in_two_places_stays_one_object() -> None:
    shared = [1]
    first, second = back([shared, shared])
    assert first is second
    pair = back({"a": (shared,), "b": shared})
    assert pair["a"][0] is pair["b"]


def test_a_list_and_a_dict_may_hold_themselves() -> None:
    ring: list[Any] = [1]
    ring.append(ring)
    got = back(ring)
    assert got[1] is got
    table: dict[str, Any] = {}
    table["self"] = table
    assert back(table)["self"]["self"]["self"] is not None


class Loud(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__

    def __int__(self) -> int:
        raise RuntimeError

    def __index__(self) -> int:
        raise RuntimeError


class Crooked(list[int]):
    def __iter__(self) -> Any:
        return iter([99])

    def __len__(self) -> int:
        return 7


class Forked(dict[str, int]):
    def items(self) -> Any:
        return [("b", 2)]


class Whisper(str):
    def __str__(self) -> str:
        raise RuntimeError

    def encode(self, *_: Any) -> bytes:
        return b"lie"


class Grid(np.ndarray[Any, Any]):
    def __array_finalize__(self, source: Any) -> None:
        if type(source) is Grid:
            raise RuntimeError


class Slope(float):
    def __float__(self) -> float:
        return 9.0

    def __sub__(self, other: float) -> float:
        return 0.0


def test_a_subclass_travels_as_its_base_whatever_it_says_of_itself() -> None:
    for value, wanted in (
        (Loud(5), 5),
        (Crooked([1]), [1]),
        (Forked(a=1), {"a": 1}),
        (Whisper("a"), "a"),
        (Slope(2), 2.0),
    ):
        got = back(value)
        assert type(got) is type(wanted)
        assert got == wanted
    assert type(back(np.arange(2).view(Grid))) is np.ndarray


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def test_too_much_is_refused_by_the_writer() -> None:
    for value in (
        "x" * (wire.SIZE + 1),
        deep(wire.DEPTH + 5),
        [0] * (wire.NODES + 1),
        10**10050,
        object(),
        np.array([{}]),
    ):
        with pytest.raises(WireError):
            dumps(value)
    assert back(deep(wire.DEPTH - 5))


def test_too_much_is_refused_by_the_reader() -> None:
    for data in (
        b"l\x01" * (wire.DEPTH + 5) + b"N",
        b"s\xff\xff\xff\xff\x7fabc",
        b"l\xff\xff\xff\x7f",
        b"i\xff\xff\x7f",
        b"",
        b"NN",
        b"M\x00",
        b"R\x00\x01",
        b"h\x01",
        b"G\x02os\x06system",
    ):
        with pytest.raises(WireError):
            loads(data)


def array_bytes(dtype: bytes, shape: list[int], data: bytes) -> bytes:
    numbers = bytes([len(shape)]) + b"".join(_varint(size) for size in shape)
    return b"a" + bytes([len(dtype)]) + dtype + numbers + b"\x06" + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    return bytes([*data, number])


def test_an_array_is_never_larger_than_its_bytes_nor_of_objects() -> None:
    assert loads(array_bytes(b"|u1", [3], b"abc")).tolist() == [97, 98, 99]
    for bad in (
        array_bytes(b"|u1", [1 << 40], b"abc"),
        array_bytes(b"|u1", [1 << 31, 1 << 31], b""),
        array_bytes(b"|O8"[:3], [1], b"12345678"),
        array_bytes(b"|O", [1], b"12345678"),
        array_bytes(b"<i4,<i4", [1], b"12345678"),
        array_bytes(b"<f8", [1, 0, 1 << 62], b"1"),
        array_bytes(b"<U1", [1], b"\xff\xff\xff\xff"),
        array_bytes(b"<U9999999", [1], b""),
    ):
        with pytest.raises(WireError):
            loads(bad)
    truths = loads(array_bytes(b"|b1", [2], b"\x00\x07"))
    assert truths.view(np.uint8).tolist() == [0, 1]


def test_a_number_that_would_take_for_ever_to_write_out_is_refused() -> None:
    with pytest.raises(WireError):
        dumps(decimal.Decimal("1e999999"))
    with pytest.raises(WireError):
        loads(b"1" + bytes([8]) + b"1e999999")


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(st.characters(codec=None)),
    st.binary(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.fractions(),
    st.decimals(allow_nan=False, min_value=-(10**50), max_value=10**50),
)
keys = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.binary(), st.tuples(st.integers(), st.text()))
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.dictionaries(keys, inner),
        st.sets(keys),
        st.frozensets(keys),
        st.lists(inner).map(collections.deque),
    ),
    max_leaves=30,
)
quietly = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(quietly, max_examples=1500)
@given(values)
def test_generated_values_come_back(value: Any) -> None:
    got = back(value)
    assert got == value
    assert type(got) is type(value)


def _try(data: bytes) -> None:
    """Bytes are a value, which can be written again, or refused; and that quickly."""
    begun = time.perf_counter()
    try:
        value = loads(data)
    except WireError:
        pass
    else:
        try:
            dumps(value)
        except WireError:
            assert not isinstance(value, (int, str, bytes, list))
    assert time.perf_counter() - begun < 5


@settings(quietly, max_examples=4000)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    _try(data)


TAGS = st.sampled_from([bytes([one]) for one in b"NTF.!ifcsSbBltezdCqv/rDmkxOZp12aWnuwyIMRHhXQYKEPG"])


@settings(quietly, max_examples=3000)
@given(st.lists(st.one_of(TAGS, st.binary(max_size=3), st.integers(0, 5).map(lambda one: bytes([one]))), max_size=60))
def test_bytes_that_look_like_messages_are_read_or_refused(pieces: list[bytes]) -> None:
    _try(b"".join(pieces))


SEEDS = [
    dumps(value)
    for value in [*SCALARS[10:], *CONTAINERS, *MOMENTS, *ARRAYS, torch.arange(3), PIL.Image.new("L", (2, 2))]
]


@settings(quietly, max_examples=3000)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_messages_are_read_or_refused(seed: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(seed)
    for place, byte in changes:
        data[place % len(data)] = byte
    _try(bytes(data))
