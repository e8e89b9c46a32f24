"""Reads documents from standard input, one a line, over one stream, and prints how many figures each has. Needs what
`client.py` beside it needs.

    python3 examples/python/stream.py [ADDRESS] < documents.txt
"""

import os
import sys

sys.path.insert(0, os.getcwd())

import grpc  # noqa: E402
from factfigures.v1 import factfigures_pb2 as v1  # noqa: E402
from factfigures.v1.factfigures_pb2_grpc import FactFigureServiceStub  # noqa: E402


def requests():
    """Asked for as fast as the service reads, so that any length of input takes the same memory."""
    for number, line in enumerate(sys.stdin, start=1):
        document = v1.Document(id=str(number), text=line.rstrip("\n"))
        yield v1.StreamExtractFiguresRequest(request=v1.ExtractFiguresRequest(document=document))


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051"
    with grpc.insecure_channel(address) as channel:
        for result in FactFigureServiceStub(channel).StreamExtractFigures(requests()):
            if result.HasField("error"):  # of this document; the stream goes on
                print(f"{result.document_id}: {result.error.message}")
            else:
                print(f"{result.document_id}: {[figure.span.text for figure in result.response.figures]}")


if __name__ == "__main__":
    main()
