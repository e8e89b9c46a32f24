#!/bin/sh
# Calls a running service (`factfigures serve`) by JSON over HTTP: examples/curl.sh [ADDRESS]
set -eu
address=${1:-127.0.0.1:50051}

curl -sS --fail-with-body "http://$address/v1/figures:extract" -H 'content-type: application/json' -d '{
  "document": {
    "text": "Sales rose 12 percent to $56 million last year, the company said on Tuesday.",
    "publishDate": {"year": 2024, "month": 6, "day": 12},
    "regionCode": "US"
  },
  "offsetUnit": "OFFSET_UNIT_UNICODE_CODE_POINT"
}'
echo
curl -sS --fail-with-body "http://$address/v1/units?dimension=DIMENSION_TEMPERATURE&pageSize=2"
echo
