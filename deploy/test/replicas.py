"""Three replicas under load, of which some are killed and all are restarted one by one: no call may fail that may be
tried again. One whose answer has begun to arrive from a replica that is then killed may not, as gRPC defines retries;
such calls are counted apart. In a rolling restart there must be none of them either.

    replicas.py [--kills N] [--restarts N] [--front envoy|client]

Calls go through Envoy with deploy/envoy/envoy.yaml and a client that never tries again, or straight to the replicas
from a client with deploy/client/service-config.json.
"""

import argparse
import collections
import sys
import threading
import time

import grpc
from envoy import Envoy
from server import ROOT, Server, get, stubs, until

v1, services = stubs()
CALLERS = 6
CALLS_PER_CALLER_AND_SECOND = 40
SENTENCE = "Exports of barley rose 12 percent to $56 million, and about 6,700 ships left. "


class Load:
    """Callers, each a bounded number of calls a second, until told to stop. Every answer is looked at."""

    def __init__(self, channels):
        self.calls = collections.Counter()
        self.slowest = 0.0
        self.phase = "before"
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.call, args=(channel, i)) for i, channel in enumerate(channels)]
        for thread in self.threads:
            thread.start()

    def call(self, channel, number):
        stub = services.FactFigureServiceStub(channel)
        # From 80 bytes to some that are still being read when a replica goes.
        sentences = [1, 20, 400][number % 3]
        request = v1.ExtractFiguresRequest(document=v1.Document(id=str(number), text=SENTENCE * sentences))
        while not self.stopping.wait(1 / CALLS_PER_CALLER_AND_SECOND):
            began = time.monotonic()
            try:
                answer = stub.ExtractFigures(request, timeout=20)
                right = answer.document_id == str(number) and len(answer.figures) == 3 * sentences
                outcome = "OK" if right else "a wrong answer"
            except grpc.RpcError as error:
                # An answer that has begun is the client's: nobody may try again in its stead.
                begun = "cut within its answer: " if error.initial_metadata() else ""
                outcome = f"{begun}{error.code().name}: {error.details()}"
            with self.lock:
                self.calls[self.phase, outcome] += 1
                self.slowest = max(self.slowest, time.monotonic() - began)

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=60)


class Replicas:
    """Three servers that keep their addresses, and who waits until all of them get calls."""

    def __init__(self, front):
        self.servers = [Server() for _ in range(3)]
        self.peak = 0
        self.envoy = Envoy(self.servers) if front == "envoy" else None
        self.settle()

    def settle(self):
        def all_ready():
            if self.envoy:
                return len(self.envoy.healthy()) == len(self.servers)
            return all(get(f"http://{server.admin}/readyz")[0] == 200 for server in self.servers)

        until("all replicas are ready", all_ready)

    def channels(self):
        options = [("grpc.use_local_subchannel_pool", 1)]
        if self.envoy:
            credentials = grpc.ssl_channel_credentials(self.envoy.certificate)
            options += [("grpc.enable_retries", 0)]
            target = f"localhost:{self.envoy.port}"
            return [grpc.secure_channel(target, credentials, options) for _ in range(CALLERS)]
        config = (ROOT / "deploy/client/service-config.json").read_text()
        target = "ipv4:" + ",".join(server.address for server in self.servers)
        # A list of addresses is no name that a call can be addressed to.
        options += [("grpc.service_config", config), ("grpc.default_authority", "localhost")]
        return [grpc.insecure_channel(target, options) for _ in range(CALLERS)]

    def replace(self, i, how):
        """Ends one replica under load, lets the load go on without it, and starts it anew."""
        old = self.servers[i]
        self.peak = max(self.peak, old.resident_bytes())
        assert how(old) in (None, 0), old.log
        time.sleep(0.5)
        self.servers[i] = Server(address=old.address, admin=old.admin)
        self.settle()

    def end(self):
        for server in self.servers:
            self.peak = max(self.peak, server.resident_bytes())
            server.kill()
        if self.envoy:
            self.envoy.stop()


def run(front, kills, restarts):
    """Whether no call failed."""
    replicas = Replicas(front)
    try:
        load = Load(replicas.channels())
        try:
            until("the load runs", lambda: load.calls["before", "OK"] > 100)
            load.phase = "kills"
            for n in range(kills):
                replicas.replace(n % 3, Server.kill)
            load.phase = "restarts"
            for _ in range(restarts):
                for i in range(3):
                    replicas.replace(i, Server.stop)
        finally:
            load.stop()
        retried = replicas.envoy.stat("cluster.factfigures.upstream_rq_retry") if replicas.envoy else "not counted"
    finally:
        replicas.end()
    bad = {call: n for call, n in load.calls.items() if call[1] != "OK"}
    cut = {call: n for call, n in bad.items() if call[0] == "kills" and call[1].startswith("cut ")}
    failed = {call: n for call, n in bad.items() if call not in cut}
    print(
        f"{front}: {kills} kills, {restarts} rolling restarts, {load.calls.total()} calls, "
        f"{sum(failed.values())} failed {failed or ''}, {sum(cut.values())} killed within their answer, "
        f"tried again: {retried}, slowest {load.slowest:.2f} s, "
        f"peak memory of a replica {replicas.peak >> 20} MiB",
        flush=True,
    )
    return not failed


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=2)
    options.add_argument("--restarts", type=int, default=1)
    options.add_argument("--front", choices=["envoy", "client"], action="append")
    given = options.parse_args()
    results = [run(front, given.kills, given.restarts) for front in given.front or ["envoy", "client"]]
    sys.exit(not all(results))


main()
