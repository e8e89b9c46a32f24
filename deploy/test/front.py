"""What Envoy makes of the service: gRPC, JSON and gRPC-Web on one port, errors that a browser can read, a limit."""

import json
import struct
import urllib.error
import urllib.request
from ssl import create_default_context

import grpc
from envoy import Envoy
from server import Server, stubs, until

v1, services = stubs()
METHOD = "/factfigures.v1.FactFigureService/ExtractFigures"
DESK = "https://desk.example.com"


def post(envoy, path, body, **headers):
    """Status, headers and body of an answer, whatever its status."""
    tls = create_default_context(cadata=envoy.certificate.decode())
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"https://localhost:{envoy.port}{path}", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, context=tls, timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def grpc_web(envoy, request):
    body = request.SerializeToString()
    framed = struct.pack(">BI", 0, len(body)) + body
    return post(envoy, METHOD, framed, content_type="application/grpc-web+proto", x_grpc_web="1", origin=DESK)


def main():
    server = Server()
    envoy = Envoy([server])
    until("the replica is healthy", lambda: len(envoy.healthy()) == 1)
    try:
        check(envoy)
    finally:
        envoy.stop()
    envoy = Envoy([server], three_at_a_time)
    until("the replica is healthy", lambda: len(envoy.healthy()) == 1)
    try:
        check_limit(envoy)
    finally:
        envoy.stop()
    assert server.stop() == 0


def three_at_a_time(config):
    manager = config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    limit = next(f for f in manager["http_filters"] if f["name"].endswith("local_ratelimit"))
    limit["typed_config"]["token_bucket"] = {"max_tokens": 3, "tokens_per_fill": 3, "fill_interval": "3600s"}


def check_limit(envoy):
    credentials = grpc.ssl_channel_credentials(envoy.certificate)
    with grpc.secure_channel(f"localhost:{envoy.port}", credentials) as channel:
        stub = services.FactFigureServiceStub(channel)
        for _ in range(3):
            stub.ExtractFigures(v1.ExtractFiguresRequest(document=v1.Document()))
        try:
            stub.ExtractFigures(v1.ExtractFiguresRequest(document=v1.Document()))
            code = grpc.StatusCode.OK
        except grpc.RpcError as error:
            code = error.code()
    assert code == grpc.StatusCode.RESOURCE_EXHAUSTED, code
    print("the limit: RESOURCE_EXHAUSTED")


def check(envoy):
    request = v1.ExtractFiguresRequest(document=v1.Document(id="d", text="It cost $5 million."))
    bad = v1.ExtractFiguresRequest(document=v1.Document(language_code="xx"))

    credentials = grpc.ssl_channel_credentials(envoy.certificate)
    with grpc.secure_channel(f"localhost:{envoy.port}", credentials) as channel:
        stub = services.FactFigureServiceStub(channel)
        assert stub.ExtractFigures(request).figures[0].quantity.value == "5000000"
        one = v1.StreamExtractFiguresRequest(request=request)
        results = list(stub.StreamExtractFigures(iter([one, one])))
        assert [result.document_id for result in results] == ["d", "d"], results
    print("gRPC and a stream: answered")

    def json_call(document):
        body = json.dumps({"document": document}).encode()
        status, _, answer = post(envoy, "/v1/figures:extract", body, content_type="application/json")
        return status, json.loads(answer)

    status, answer = json_call({"text": "It cost $5 million."})
    assert (status, answer["figures"][0]["quantity"]["value"]) == (200, "5000000"), answer
    status, answer = json_call({"languageCode": "xx"})
    assert (status, answer["code"]) == (400, 3), answer
    assert "BadRequest" in answer["details"][0]["@type"], answer
    status, answer = json_call({"id": "long", "text": "x" * (1 << 20)})
    assert (status, answer["documentId"]) == (200, "long"), answer
    print("JSON: transcoded, errors with their details, a text of 1 MiB")

    status, headers, answer = grpc_web(envoy, request)
    length = struct.unpack(">BI", answer[:5])[1]
    read = v1.ExtractFiguresResponse.FromString(answer[5 : 5 + length])
    assert (status, read.figures[0].quantity.value) == (200, "5000000"), answer
    assert headers["access-control-allow-origin"] == DESK, headers
    status, headers, answer = grpc_web(envoy, bad)
    assert headers["grpc-status"] == "3" or b"grpc-status:3" in answer, (headers, answer)
    assert "grpc-status-details-bin" in headers["access-control-expose-headers"], headers
    print("gRPC-Web: answered, errors readable by pages of the desk")


main()
