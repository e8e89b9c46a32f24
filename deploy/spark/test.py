"""The job over 20,000 documents on a cluster of two workers, one of which is killed halfway: the rows are those of a
single run of the program, none lost, none twice."""

import os
import pathlib
import random
import shutil
import signal
import sys
import threading
import time

import figures
import pyarrow as pa
import pyarrow.parquet as pq

TARGET = pathlib.Path(os.environ["CARGO_TARGET_DIR"])
BINARY = os.environ.get("FACTFIGURES", str(TARGET / "release" / "factfigures"))
DOCUMENTS, FILES = 20_000, 40

SUBJECTS = ["Exports of barley", "The ferry company", "Water bills in Lund", "A clinic in Perth", "Die Bäckerei Weiß"]
CLAIMS = [
    "rose {a} percent to ${b} million from a year earlier.",
    "lost about {b},{a}00 customers last month, the regulator said.",
    "paid €{a}.{b} a litre, or {b} pence a mile, for fuel.",
    "will take {a} to {b} weeks, perhaps more than {a} months.",
    "did not answer 😀 a letter.",
    "served {a} of the {b} people who had asked.",
]


def article(number, chance):
    sentences = chance.randint(0, 12)
    claims = (f"{chance.choice(SUBJECTS)} {chance.choice(CLAIMS)}" for _ in range(sentences))
    return " ".join(claim.format(a=chance.randint(2, 9), b=chance.randint(10, 99)) for claim in claims)


def articles():
    chance = random.Random(20_000)
    rows = {"id": [f"article-{i}" for i in range(DOCUMENTS)]}
    rows["text"] = [article(i, chance) for i in range(DOCUMENTS)]
    # One document in a hundred is refused, and must be there all the same.
    rows["region_code"] = ["not a region" if i % 100 == 7 else "GB" for i in range(DOCUMENTS)]
    return pa.table(rows)


def executors():
    """The processes of the cluster that run tasks, in the order of their age."""
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        try:
            command = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in command and str(OURS).encode() in command:
            found.append(int(folder.name))
    return sorted(found)


OURS = TARGET / "ci-spark"


def kill_one(spark, killed):
    """Kills a worker's process when an eighth of the tasks are done."""
    tracker = spark.sparkContext.statusTracker()
    while not killed:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks >= FILES and FILES // 8 <= info.numCompletedTasks < FILES // 2:
                pid = executors()[0]
                os.kill(pid, signal.SIGKILL)
                killed.append((pid, info.numCompletedTasks, info.numTasks, stage))
                break
        time.sleep(0.01)


def main():
    from pyspark.sql import SparkSession

    shutil.rmtree(OURS, ignore_errors=True)
    (OURS / "articles").mkdir(parents=True)
    table = articles()
    for i in range(FILES):
        part = table.slice(i * DOCUMENTS // FILES, DOCUMENTS // FILES)
        pq.write_table(part, OURS / "articles" / f"{i:02}.parquet")

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(OURS / "local"),
        "spark.executor.memory": "512m",
        # A mark by which the test finds its own processes.
        "spark.executor.extraJavaOptions": f"-Dtest={OURS}",
        "spark.executorEnv.PYTHONPATH": str(pathlib.Path(__file__).parent),
        "spark.sql.files.minPartitionNum": str(FILES),
        "spark.sql.files.openCostInBytes": "0",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
        "spark.worker.cleanup.enabled": "false",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("factfigures test").config(map=settings)
    spark = builder.getOrCreate()
    killed = []
    killer = threading.Thread(target=kill_one, args=(spark, killed), daemon=True)
    killer.start()
    began = time.monotonic()
    figures.run(spark, BINARY, str(OURS / "articles"), str(OURS / "figures"))
    took = time.monotonic() - began
    assert killed, "the job was over before a worker could be killed"
    pid, done, tasks, stage = killed[0]
    lost = spark.sparkContext.statusTracker().getStageInfo(stage).numFailedTasks
    spark.stop()
    assert lost > 0, "the worker that was killed had nothing to do"
    print(f"killed process {pid} when {done} of {tasks} tasks were done; tasks that it took with it: {lost}")

    single = figures.read(BINARY, table.combine_chunks().to_batches()[0]).to_pylist()
    rows = pq.read_table(OURS / "figures").to_pylist()
    order = lambda row: row["document_id"]  # noqa: E731
    assert len(rows) == DOCUMENTS == len({row["document_id"] for row in rows}), len(rows)
    assert sorted(rows, key=order) == sorted(single, key=order)
    total = sum(len(row["figures"]) for row in rows)
    errors = sum(row["error"] is not None for row in rows)
    assert total > DOCUMENTS and errors == DOCUMENTS // 100, (total, errors)
    print(f"{len(rows)} documents, {total} figures, {errors} documents refused: as in a single run ({took:.0f} s)")


main()
