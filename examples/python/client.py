"""Prints the figures of a text. Needs `pip install grpcio-tools` and a running `factfigures serve`.

    python3 examples/python/client.py "Sales rose 12 percent to $56 million." [ADDRESS]
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "proto"))

import grpc  # noqa: E402

messages, services = grpc.protos_and_services("factfigures/v1/factfigures.proto")


def main() -> None:
    text = sys.argv[1] if len(sys.argv) > 1 else "Sales rose 12 percent to $56 million."
    address = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:50051"
    request = messages.ExtractFiguresRequest(
        document=messages.Document(text=text),
        offset_unit=messages.OFFSET_UNIT_UNICODE_CODE_POINT,  # what Python's strings count
    )
    with grpc.insecure_channel(address) as channel:
        response = services.FactFigureServiceStub(channel).ExtractFigures(request, timeout=5)
    for figure in response.figures:
        assert text[figure.span.start : figure.span.end] == figure.span.text
        kind = messages.Kind.Name(figure.kind)
        value = figure.quantity.value or f"{figure.quantity.interval.lower}..{figure.quantity.interval.upper}"
        print(f"{figure.id} {kind} {value} {figure.quantity.unit.code}: {figure.span.text!r}")


if __name__ == "__main__":
    main()
