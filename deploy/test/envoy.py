"""Envoy with deploy/envoy/envoy.yaml, of which only the addresses and files are those of the test."""

import json
import pathlib
import shutil
import subprocess
import sys

import yaml
from server import ROOT, TARGET, get, until


class Envoy:
    """Envoy on a free port in front of servers; `port`, and `certificate` to trust."""

    def __init__(self, servers, change=lambda config: None):
        folder = TARGET / "ci-envoy"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        bin = pathlib.Path(sys.executable).parent
        descriptors = folder / "factfigures.binpb"
        subprocess.run([bin / "buf", "build", "-o", descriptors], cwd=ROOT, check=True)
        certificate, key = make_certificate(folder)
        self.certificate = certificate.read_bytes()

        text = (ROOT / "deploy/envoy/envoy.yaml").read_text()
        config = yaml.safe_load(text.replace("/etc/envoy/tls", str(folder)).replace("/etc/envoy", str(folder)))
        loopback = {"socket_address": {"address": "127.0.0.1", "port_value": 0}}
        config["admin"]["address"] = loopback
        config["static_resources"]["listeners"][0]["address"] = loopback
        cluster = config["static_resources"]["clusters"][0]
        cluster["load_assignment"]["endpoints"][0]["lb_endpoints"] = [endpoint(server) for server in servers]
        change(config)
        path = folder / "envoy.yaml"
        path.write_text(yaml.safe_dump(config))

        admin = folder / "admin"
        self.log = folder / "envoy.log"
        with self.log.open("wb") as log:
            command = [bin / "envoy", "-c", path, "--admin-address-path", admin, "-l", "warning"]
            command += ["--concurrency", "1", "--use-dynamic-base-id"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until("Envoy starts", lambda: admin.exists() and admin.read_text())
        self.admin = admin.read_text()
        until("Envoy is ready", lambda: get(f"http://{self.admin}/ready")[0] == 200)
        listeners = json.loads(get(f"http://{self.admin}/listeners?format=json")[1])
        self.port = listeners["listener_statuses"][0]["local_address"]["socket_address"]["port_value"]

    def healthy(self):
        """The addresses of the replicas that Envoy sends calls to."""
        lines = get(f"http://{self.admin}/clusters")[1].splitlines()
        flags = (line.split("::") for line in lines if "::health_flags::" in line)
        return {flag[1] for flag in flags if flag[3] == "healthy"}

    def stat(self, name):
        lines = get(f"http://{self.admin}/stats?filter={name}$")[1].splitlines()
        return sum(int(line.split(": ")[1]) for line in lines)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def make_certificate(folder):
    certificate, key = folder / "tls.crt", folder / "tls.key"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command.split() + names + files, check=True, capture_output=True)
    return certificate, key


def endpoint(server):
    host, port = server.address.split(":")
    address = {"socket_address": {"address": host, "port_value": int(port)}}
    health = {"port_value": int(server.admin.split(":")[1])}
    return {"endpoint": {"address": address, "health_check_config": health}}
