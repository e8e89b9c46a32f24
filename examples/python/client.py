"""Prints the figures of a text. Needs a running `factfigures serve` and the stubs, which are made by

    pip install -r examples/python/requirements.txt
    python3 -m grpc_tools.protoc -Iproto --python_out=. --grpc_python_out=. factfigures/v1/factfigures.proto

and then, where the stubs are:

    python3 examples/python/client.py "Sales rose 12 percent to $56 million." [ADDRESS]
"""

import os
import sys

sys.path.insert(0, os.getcwd())

import grpc  # noqa: E402
from factfigures.v1 import factfigures_pb2 as v1  # noqa: E402
from factfigures.v1.factfigures_pb2_grpc import FactFigureServiceStub  # noqa: E402


def main() -> None:
    text = sys.argv[1] if len(sys.argv) > 1 else "Sales rose 12 percent to $56 million."
    address = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:50051"
    request = v1.ExtractFiguresRequest(
        document=v1.Document(text=text),
        offset_unit=v1.OFFSET_UNIT_UNICODE_CODE_POINT,  # what Python's strings count
    )
    with grpc.insecure_channel(address) as channel:
        response = FactFigureServiceStub(channel).ExtractFigures(request, timeout=5)
    for figure in response.figures:
        span, quantity = figure.span, figure.quantity
        assert text[span.start : span.end] == span.text
        print(f"{figure.id} {v1.Kind.Name(figure.kind)} {quantity.value} {quantity.unit.code}: {span.text}")


if __name__ == "__main__":
    main()
