"""Make an inner tensor of an ONNX model readable, by name, without the onnx package."""

from __future__ import annotations

INT64 = 7
"""`TensorProto.DataType.INT64`."""

# Field numbers of onnx.proto: ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1 and .type = 2,
# TypeProto.tensor_type = 1, TypeProto.Tensor.elem_type = 1.
_GRAPH, _OUTPUT, _NAME, _TYPE, _TENSOR, _ELEMENT = 7, 12, 1, 2, 1, 1


def with_output(model: bytes, tensor: str, element: int) -> bytes:
    """The model with `tensor` as a further, last output; nothing that it computes changes.

    Protocol buffers merge repeated occurrences of a message, so appending a graph that holds one output adds
    that output. Loading the result fails when the model has no tensor of this name.
    """
    kind = _message(_TENSOR, _varint(_ELEMENT << 3) + _varint(element))
    value = _message(_NAME, tensor.encode()) + _message(_TYPE, kind)
    return model + _message(_GRAPH, _message(_OUTPUT, value))


def _message(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
