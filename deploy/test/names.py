"""The names that the files of deploy/ use are those of the program: settings against `serve --help`, metrics against
/metrics, manifests against what the program accepts."""

import json
import re
import signal
import socket
import subprocess
import sys
from hashlib import sha256

import grpc
import yaml
from server import BINARY, ROOT, TARGET, Server, stubs, until

v1, services = stubs()
DEPLOY = ROOT / "deploy"
METRIC = re.compile(r"\b(?:factfigures|rpc_server|process)_[a-z_]+\b")


def settings():
    """Variables that no help mentions."""
    helped = subprocess.run([BINARY, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"FACTFIGURES_[A-Z_]+", helped))
    flags = set(re.findall(r"--[a-z-]+", helped))
    wrong = []
    for path in DEPLOY.rglob("*"):
        if not path.is_file() or path.parent.name == "test" or path.suffix in (".binpb", ".pyc"):
            continue
        text = path.read_text()
        wrong += [(path, name) for name in set(re.findall(r"FACTFIGURES_[A-Z_]+", text)) - known]
        if path.parent.name in ("prometheus", "systemd", "base", "secured"):
            wrong += [(path, flag) for flag in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - flags]
    return wrong


def metrics(server, token):
    """Metrics that alerts, their tests and the dashboard name, and that the program does not have."""
    provoke(server, token)
    text = server.metrics()
    has = set(re.findall(r"^([a-z_]+)(?:\{| )", text, re.M))
    labels = set(re.findall(r'[{,]([a-z_]+)="', text))
    wrong = []
    for path in [DEPLOY / "prometheus/alerts.yaml", DEPLOY / "prometheus/alerts-test.yaml"]:
        wrong += [(path, name) for name in set(METRIC.findall(path.read_text())) - has - labels]
    dashboard = DEPLOY / "grafana/factfigures.json"
    queries = [t["expr"] for panel in json.loads(dashboard.read_text())["panels"] for t in panel["targets"]]
    for query in queries:
        wrong += [(dashboard, name) for name in set(METRIC.findall(query)) - has - labels]
        used = re.findall(r'(\w+)=~?"', query) + re.findall(r"by \(([\w, ]+)\)", query)
        names = {name.strip() for names in used for name in names.split(",")}
        wrong += [(dashboard, name) for name in names - labels - {"job", "instance"}]
    return wrong


def provoke(server, token):
    """Does what each metric counts: one that has counted nothing is not there."""
    credentials = [("authorization", f"Bearer {token}")]
    with grpc.insecure_channel(server.address) as channel:
        stub = services.FactFigureServiceStub(channel)
        document = v1.Document(text="It cost $5.")
        stub.ExtractFigures(v1.ExtractFiguresRequest(document=document), metadata=credentials)
        held = [stub.StreamExtractFigures(iter(lambda: signal.pause(), None), metadata=credentials) for _ in range(2)]
        until("a stream is turned away", lambda: "factfigures_shed_total" in server.metrics())
        for call in held:
            call.cancel()
    with socket.create_connection(server.address.split(":")) as half_a_preface:
        half_a_preface.sendall(b"PRI * ")
    until("a connection is refused", lambda: "factfigures_refused_connections_total" in server.metrics())
    server.process.send_signal(signal.SIGHUP)
    until("tokens are read again", lambda: "factfigures_reloads_total" in server.metrics())


def manifests(paths, tokens, certificate, key):
    """The program starts with the environment that each rendered Deployment gives it."""
    files = {
        "/etc/factfigures/tls/tls.crt": certificate,
        "/etc/factfigures/tls/tls.key": key,
        "/etc/factfigures/tokens/tokens": tokens,
    }
    for path in paths:
        documents = yaml.safe_load_all(open(path))
        deployment = next(document for document in documents if document["kind"] == "Deployment")
        pod = deployment["spec"]["template"]["spec"]
        container = pod["containers"][0]
        environment = {e["name"]: files.get(e["value"], e["value"]) for e in container["env"]}
        ports = {port["containerPort"] for port in container["ports"]}
        own = {environment.pop(f"FACTFIGURES_{name}ADDRESS") for name in ("", "ADMIN_")}
        assert {int(address.rsplit(":")[-1]) for address in own} == ports, (path, own, ports)
        deadline = int(environment["FACTFIGURES_SHUTDOWN_DEADLINE"].removesuffix("s"))
        assert deadline < pod["terminationGracePeriodSeconds"], path
        server = Server(environment=environment)
        assert server.stop() == 0, path


def main():
    certificate, key, *rendered = sys.argv[1:]
    token = "a token of this test"
    tokens = TARGET / "ci-tokens"
    tokens.write_text(f"desk {sha256(token.encode()).hexdigest()}\n")
    server = Server("--tokens", str(tokens), "--max-streams", "1")
    wrong = settings() + metrics(server, token)
    assert server.stop() == 0
    for path, name in wrong:
        print(f"{path.relative_to(ROOT)}: the program knows no {name}", file=sys.stderr)
    manifests(rendered, str(tokens), certificate, key)
    sys.exit(bool(wrong))


main()
