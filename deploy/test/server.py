"""The program and other servers as processes on loopback, for the tests beside this file."""

import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BINARY = os.environ.get("FACTFIGURES", str(TARGET / "release" / "factfigures"))


def stubs():
    """The contract as Python modules, `messages` and `services`, made anew."""
    import grpc_tools
    from grpc_tools import protoc

    folder = TARGET / "ci-stubs"
    folder.mkdir(exist_ok=True)
    out = [f"--python_out={folder}", f"--grpc_python_out={folder}"]
    proto = "factfigures/v1/factfigures.proto"
    google = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    if protoc.main(["protoc", f"-I{ROOT / 'proto'}", f"-I{google}", *out, proto]):
        raise SystemExit(f"{proto} does not compile")
    sys.path.insert(0, str(folder))
    from factfigures.v1 import factfigures_pb2, factfigures_pb2_grpc

    return factfigures_pb2, factfigures_pb2_grpc


def until(what, true, seconds=30.0):
    """Waits until something is true."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise SystemExit(f"waited {seconds} s in vain: {what}")
        time.sleep(0.02)


def get(url):
    """Status and text of a page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


class Server:
    """`factfigures serve` on free ports, or on those it had before."""

    def __init__(self, *flags, address="127.0.0.1:0", admin="127.0.0.1:0", environment=None):
        command = [BINARY, "serve", "--address", address, "--admin-address", admin, *flags]
        environment = {"PATH": os.environ["PATH"], **(environment or {})}
        self.log = TARGET / f"ci-serve-{time.monotonic_ns()}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment)
        words = self.process.stdout.readline().decode(), self.process.stdout.readline().decode()
        if "listens on" not in words[0] or "/metrics" not in words[1]:
            raise SystemExit(f"{' '.join(command)}\n{self.log.read_text()}")
        self.address = words[0].split()[-1]
        self.admin = words[1].split("//")[1].removesuffix("/metrics\n")

    def metrics(self):
        return get(f"http://{self.admin}/metrics")[1]

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024

    def kill(self):
        """As a machine that is lost."""
        self.process.kill()
        self.process.wait()
        self.log.unlink(missing_ok=True)

    def stop(self):
        """As an operator ends it; how it ended."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.log.unlink(missing_ok=True)
        return code
