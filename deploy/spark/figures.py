"""Reads the figures of an archive: Parquet of articles in, Parquet of figures out, on any Spark cluster.

    spark-submit deploy/spark/figures.py --binary target/release/factfigures INPUT OUTPUT

INPUT has the columns `id` and `text`, and if there are any `publish_date` (a date) and `region_code`. OUTPUT has one
row for each article, with the schema below. Only the machine that submits needs the program; Spark hands it on. A task
that is lost is run again, and the committer of Spark's Parquet writer takes each task once.
"""

import argparse
import decimal
import json
import re
import subprocess

import pyarrow as pa

# What fits is typed; the text is exact whatever fits.
DECIMAL = pa.decimal128(38, 12)
NUMBER = pa.struct({"text": pa.string(), "decimal": DECIMAL})
# In Unicode code points, half-open.
SPAN = pa.struct({"start": pa.int32(), "end": pa.int32(), "text": pa.string()})
FIGURE = pa.struct(
    {
        "id": pa.string(),
        "kind": pa.string(),
        "span": SPAN,
        "sentence": SPAN,
        "value": NUMBER,
        "lower": NUMBER,
        "upper": NUMBER,
        "comparator": pa.string(),
        "unit": pa.string(),
        "dimension": pa.string(),
        "counted": pa.string(),
        "subject": pa.string(),
        "source": pa.string(),
        "direction": pa.string(),
        "change_role": pa.string(),
        "modality": pa.string(),
        "time_id": pa.string(),
    }
)
TIME = pa.struct({"id": pa.string(), "span": SPAN, "type": pa.string(), "timex": pa.string()})
SCHEMA = pa.schema(
    {
        "document_id": pa.string(),
        "figures": pa.list_(FIGURE),
        "times": pa.list_(TIME),
        "extractor_version": pa.string(),
        # Why the document could not be read; null if it was.
        "error": pa.string(),
    }
)

COMMAND = ["extract", "--format", "jsonl", "--offset-unit", "unicode-code-point", "--threads", "1"]
BAD_LINE = re.compile(r"standard input:(\d+): (.*)")


def documents(batch):
    """The articles of a batch as lines that the program reads. The place in the batch is the id."""
    for place, row in enumerate(batch.to_pylist()):
        document = {"id": str(place), "text": row["text"] or ""}
        if date := row.get("publish_date"):
            document["publishDate"] = {"year": date.year, "month": date.month, "day": date.day}
        if region := row.get("region_code"):
            document["regionCode"] = region
        yield json.dumps(document) + "\n"


def read(binary, batch):
    """The rows of a batch, in its order."""
    lines = "".join(documents(batch))
    done = subprocess.run([binary, *COMMAND], input=lines, capture_output=True, text=True, encoding="utf-8")
    errors = {int(line) - 1: problem for line, problem in BAD_LINE.findall(done.stderr)}
    if done.returncode not in (0, 1) or (done.returncode == 1 and not errors):
        # Spark runs the task again.
        raise RuntimeError(f"{binary} ended with {done.returncode}: {done.stderr[-500:]}")
    found = {int(answer.get("documentId", "")): answer for answer in map(json.loads, done.stdout.splitlines())}
    ids = batch.column("id").to_pylist()
    assert len(found) + len(errors) == len(ids), "an answer or an error for each document"
    rows = [row(str(ids[i]), found.get(i, {}), errors.get(i)) for i in range(len(ids))]
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def row(document_id, answer, error):
    return {
        "document_id": document_id,
        "figures": [figure(f) for f in answer.get("figures", [])],
        "times": [
            {"id": t["id"], "span": span(t["span"]), "type": t["type"], "timex": t.get("timex")}
            for t in answer.get("times", [])
        ],
        "extractor_version": answer.get("extractorVersion"),
        "error": error,
    }


def figure(f):
    quantity = f.get("quantity", {})
    interval, unit = quantity.get("interval", {}), quantity.get("unit", {})
    change, attribution = f.get("change", {}), f.get("attribution", {})
    return {
        "id": f["id"],
        "kind": f["kind"],
        "span": span(f["span"]),
        "sentence": span(f["sentence"]),
        "value": number(quantity.get("value")),
        "lower": number(interval.get("lower")),
        "upper": number(interval.get("upper")),
        "comparator": quantity.get("comparator"),
        "unit": unit.get("code"),
        "dimension": unit.get("dimension"),
        "counted": f.get("counted", {}).get("head"),
        "subject": f.get("subject", {}).get("head"),
        "source": attribution.get("source", {}).get("span", {}).get("text"),
        "direction": change.get("direction"),
        "change_role": change.get("role"),
        "modality": f.get("modality"),
        "time_id": f.get("timeId"),
    }


def span(s):
    return {"start": s.get("start", 0), "end": s["end"], "text": s.get("text", "")}


def number(text):
    if not text:
        return None
    exact = decimal.Decimal(text)
    fits = exact.as_tuple().exponent >= -12 and abs(exact) < 10**26
    return {"text": text, "decimal": exact if fits else None}


def run(spark, binary, source, target):
    """Reads `source` and writes `target`, which must not be there."""
    from pyspark import SparkFiles
    from pyspark.sql.pandas.types import from_arrow_schema

    spark.sparkContext.addFile(binary)
    name = binary.rsplit("/", 1)[-1]

    def read_all(batches):
        program = SparkFiles.get(name)
        for batch in batches:
            if batch.num_rows:
                yield read(program, batch)

    articles = spark.read.parquet(source)
    wanted = [c for c in ("id", "text", "publish_date", "region_code") if c in articles.columns]
    found = articles.select(*wanted).mapInArrow(read_all, from_arrow_schema(SCHEMA))
    found.write.parquet(target)


def main():
    from pyspark.sql import SparkSession

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default="factfigures", help="the program, on this machine")
    options.add_argument("source", metavar="INPUT")
    options.add_argument("target", metavar="OUTPUT")
    given = options.parse_args()
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        # A task is some minutes of work at most: little is lost with a machine.
        "spark.sql.files.maxPartitionBytes": "32m",
    }
    spark = SparkSession.builder.appName("factfigures").config(map=settings).getOrCreate()
    run(spark, given.binary, given.source, given.target)
    spark.stop()


if __name__ == "__main__":
    main()
