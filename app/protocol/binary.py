"""The binary message: a safetensors file whose header is made once and whose payload is reused.

A file is 8 bytes of header length (little-endian), a JSON header, and the arrays' bytes without a
gap. Its arrays stand in the order of their element sizes, largest first, and the header is padded
with spaces to a multiple of 8 bytes, so that a reader can view each array without copying it.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.protocol.problems import (
    Gettext,
    MessageTooLarge,
    ProtocolError,
    gettext_noop,
    make_problem,
    show,
)

Array = npt.NDArray[Any]

VERSION = 1
ALIGNMENT = 8
MAX_CHECKPOINT_BYTES = 4 * 2**20
DTYPES: dict[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "I64": np.dtype("<i8"),
    "F32": np.dtype("<f4"),
    "I32": np.dtype("<i4"),
    "U8": np.dtype("u1"),
}
_NAMES = {dtype: name for name, dtype in DTYPES.items()}
_LENGTH = struct.Struct("<Q")
BYTES = gettext_noop("%(count)s bytes")

class Tensor(NamedTuple):
    """The place of one array in a file."""

    name: str
    dtype: str
    shape: tuple[int, ...]


class BinaryMessage(NamedTuple):
    """A decoded file; its arrays view the bytes that it was read from."""

    metadata: dict[str, str]
    tensors: dict[str, Array]


class FrameLayout:
    """A file whose arrays keep their names, types and shapes: fill the views, then ``pack``.

    Attributes:
        views: each array by its name, a view into the one buffer; write into it in place.
        size: bytes of a packed file.
    """

    def __init__(self, kind: str, tensors: Sequence[Tensor], metadata: Mapping[str, str]) -> None:
        """Makes the header and a buffer of zeros.

        Args:
            kind: what the metadata call it, such as "frame" or "checkpoint".
            tensors: the arrays, in any order.
            metadata: what else the header says, text only.
        """
        ordered = sorted(tensors, key=lambda tensor: -DTYPES[tensor.dtype].itemsize)
        header: dict[str, object] = {
            "__metadata__": {"kind": kind, "version": str(VERSION), **metadata}
        }
        offset = 0
        for name, dtype, shape in ordered:
            end = offset + DTYPES[dtype].itemsize * int(np.prod(shape, dtype=np.int64))
            header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, end]}
            offset = end
        text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
        text += b" " * (-len(text) % ALIGNMENT)
        start = _LENGTH.size + len(text)
        self.size = start + offset
        self._buffer = bytearray(self.size)
        self._buffer[:start] = _LENGTH.pack(len(text)) + text
        self.views: dict[str, Array] = {}
        for name, dtype, shape in ordered:
            view = np.frombuffer(
                self._buffer, DTYPES[dtype], int(np.prod(shape, dtype=np.int64)), start
            )
            start += view.nbytes
            self.views[name] = view.reshape(shape)

    def pack(self) -> bytes:
        """The file with what the views hold now; later writes do not change it."""
        return bytes(self._buffer)


def encode(kind: str, arrays: Mapping[str, Array], metadata: Mapping[str, str]) -> bytes:
    """A file that is sent once, such as "data", a "checkpoint" or a "dissection".

    Raises:
        KeyError: an array's type is none of DTYPES.
    """
    tensors = [
        Tensor(name, _NAMES[array.dtype.newbyteorder("<")], array.shape)
        for name, array in arrays.items()
    ]
    layout = FrameLayout(kind, tensors, metadata)
    for name, array in arrays.items():
        layout.views[name][...] = array
    return layout.pack()


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    dtype: Literal["F64", "I64", "F32", "I32", "U8"]
    shape: Annotated[list[Annotated[int, Field(ge=0, lt=2**31)]], Field(max_length=4)]
    data_offsets: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


_METADATA: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])
_ENTRIES: TypeAdapter[dict[str, _Entry]] = TypeAdapter(dict[str, _Entry])


def decode(
    message: bytes, gettext: Gettext = str, *, kind: str | None = None, limit: int | None = None
) -> BinaryMessage:
    """Reads a file; the arrays are read-only views of its bytes.

    Args:
        message: the file.
        gettext: translates a refusal into the reader's language.
        kind: the only kind that is wanted, or None for all.
        limit: the most bytes that are accepted, or None.

    Raises:
        MessageTooLarge: it is longer than ``limit``.
        ProtocolError: it is no complete safetensors file of the kind; nothing else is raised.
    """
    size = gettext(BYTES) % {"count": len(message)}
    if limit is not None and len(message) > limit:
        context = {"limit": limit}
        raise MessageTooLarge([make_problem("message_bytes", "message", size, gettext, context)])
    try:
        metadata, tensors = _read(message)
    except (ValidationError, ValueError, OverflowError, RecursionError) as error:
        problem = make_problem("safetensors", "message", size, gettext)
        raise ProtocolError([problem]) from error
    if kind is not None and metadata.get("kind") != kind:
        got = show(metadata.get("kind"))
        raise ProtocolError([make_problem("kind", "kind", got, gettext, {"kind": kind})])
    return BinaryMessage(metadata, tensors)


def _read(message: bytes) -> BinaryMessage:
    if len(message) < _LENGTH.size:
        raise ValueError("shorter than its header's length")
    start = _LENGTH.size + _LENGTH.unpack_from(message)[0]
    if start > len(message) or message[_LENGTH.size : _LENGTH.size + 1] != b"{":
        raise ValueError("no header")
    header = json.loads(message[_LENGTH.size : start], object_pairs_hook=_unique)
    metadata = _METADATA.validate_python(header.pop("__metadata__", {}), strict=True)
    entries = _ENTRIES.validate_json(json.dumps(header))
    tensors = {}
    offset = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
        begin, end = entry.data_offsets
        dtype, count = DTYPES[entry.dtype], 1
        for side in entry.shape:
            count *= side
        if begin != offset or end != begin + count * dtype.itemsize or start + end > len(message):
            raise ValueError(f"the place of {name!r} is wrong")
        tensors[name] = np.frombuffer(message, dtype, count, start + begin).reshape(entry.shape)
        offset = end
    if start + offset != len(message):
        raise ValueError("bytes behind the last array")
    return BinaryMessage(metadata, tensors)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
