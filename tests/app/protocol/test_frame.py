"""Binary messages: their bytes both ways, and what is refused."""

import json
import struct
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from app import protocol
from app.protocol import (
    MessageTooLarge,
    ProtocolError,
    decode,
    encode,
    frame_layout,
)
from tests.strategies import JSON
from tests.vectors.frames.write import FOLDER, describe, files


@pytest.mark.parametrize("name", sorted(files()))
def test_golden_messages_are_written(name: str) -> None:
    """The same arrays give the same bytes as ever."""
    assert (FOLDER / f"{name}.safetensors").read_bytes() == files()[name]


@pytest.mark.parametrize("name", sorted(files()))
def test_golden_messages_are_read(name: str) -> None:
    """The bytes say what their description says, metadata, types, shapes and values."""
    wanted = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    metadata, tensors = decode((FOLDER / f"{name}.safetensors").read_bytes())

    assert describe(metadata, tensors) == wanted


@pytest.mark.parametrize("name", sorted(files()))
def test_messages_are_safetensors_files(name: str) -> None:
    """Any safetensors reader opens them and finds the same arrays."""
    message = files()[name]
    theirs = safetensors.numpy.load(message)
    ours = decode(message).tensors

    assert theirs.keys() == ours.keys()
    for tensor, array in ours.items():
        assert theirs[tensor].dtype == array.dtype
        assert np.array_equal(theirs[tensor], array, equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("name", sorted(files()))
def test_arrays_are_aligned(name: str) -> None:
    """Every array begins at a multiple of its element's size, so that it can be viewed."""
    message = files()[name]
    (length,) = struct.unpack_from("<Q", message)
    header = json.loads(message[8 : 8 + length])
    sizes = {"F64": 8, "I64": 8, "F32": 4, "U8": 1}

    assert (8 + length) % 8 == 0
    for tensor, entry in header.items():
        if tensor != "__metadata__":
            assert (8 + length + entry["data_offsets"][0]) % sizes[entry["dtype"]] == 0


@pytest.mark.parametrize("name", sorted(files()))
def test_a_message_cut_anywhere_is_refused(name: str) -> None:
    """Every length but the whole one raises ProtocolError and nothing else."""
    message = files()[name]
    for length in range(len(message)):
        with pytest.raises(ProtocolError):
            decode(message[:length])
    with pytest.raises(ProtocolError):
        decode(message + b"\0")


@given(st.binary())
def test_binary_noise_is_refused(message: bytes) -> None:
    """Noise raises ProtocolError and nothing else."""
    with pytest.raises(ProtocolError):
        decode(message)


@given(st.sampled_from(sorted(files())), st.data())
def test_a_spoilt_byte_raises_nothing_else(name: str, data: st.DataObject) -> None:
    """A changed byte gives other numbers or a ProtocolError."""
    message = bytearray(files()[name])
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] = data.draw(st.integers(0, 255))
    with suppress(ProtocolError):
        decode(bytes(message))


@given(JSON)
def test_any_header_is_refused_or_read(header: Any) -> None:
    """JSON that is no header of ours raises ProtocolError and nothing else."""
    _decode_header(header)


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "__metadata__"]),
        st.fixed_dictionaries(
            {
                "dtype": st.sampled_from(["F64", "F32", "U8", "BF16"]) | JSON,
                "shape": st.lists(st.integers(-1, 2**40), max_size=4) | JSON,
                "data_offsets": st.lists(st.integers(-1, 80), min_size=2, max_size=2) | JSON,
            }
        ),
    )
)
def test_any_entries_are_refused_or_read(header: Any) -> None:
    """Headers of the right form with any numbers raise ProtocolError and nothing else."""
    _decode_header(header)


def _decode_header(header: Any) -> None:
    text = json.dumps(header).encode()
    with suppress(ProtocolError):
        decode(struct.pack("<Q", len(text)) + text + bytes(64))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["<f8", "<f4", "<i8", "<i4", "u1"]),
            st.lists(st.integers(0, 4), max_size=3),
        ),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
    st.dictionaries(st.text(max_size=5), st.text(max_size=9)),
)
def test_any_arrays_come_back(kinds: list[Any], random: Any, metadata: dict[str, str]) -> None:
    """What is encoded is decoded to the same bytes, not-a-numbers included."""
    metadata = {name: value for name, value in metadata.items() if name not in ("kind", "version")}
    arrays = {}
    for number, (dtype, shape) in enumerate(kinds):
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        arrays[str(number)] = np.frombuffer(random.randbytes(size), dtype).reshape(shape)
    found = decode(encode("data", arrays, metadata))

    assert found.metadata == {**metadata, "kind": "data", "version": "1"}
    assert found.tensors.keys() == arrays.keys()
    for name, array in arrays.items():
        assert found.tensors[name].tobytes() == array.tobytes()


def test_a_packed_frame_does_not_change() -> None:
    """The buffer is reused, the message that was packed is not."""
    layout = frame_layout(
        parameters=9, units=3, layers=2, outputs=1, map_resolution=4, output_resolution=8
    )
    first = layout.pack()
    layout.views["parameters"][:] = 1.0

    assert not decode(first).tensors["parameters"].any()
    assert decode(layout.pack()).tensors["parameters"].all()
    assert len(first) == layout.size


def test_the_default_frame_is_small() -> None:
    """The default network at the default detail stays under 8 KiB."""
    detail = protocol.Detail(command="detail")
    layout = frame_layout(
        parameters=25,
        units=7,
        layers=3,
        outputs=1,
        map_resolution=detail.map,
        output_resolution=detail.output,
    )

    assert layout.size < 8192


def test_another_kind_is_refused() -> None:
    """Who wants a checkpoint gets no frame."""
    with pytest.raises(ProtocolError, match="a file of the kind checkpoint"):
        decode(files()["frame"], kind="checkpoint")


def test_oversized_files_are_told_apart() -> None:
    """Size is checked before anything is read."""
    with pytest.raises(MessageTooLarge, match="at most 100 bytes"):
        decode(bytes(101), limit=100)
