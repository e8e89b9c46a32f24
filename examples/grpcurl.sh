#!/bin/sh
# Calls a running service (`factfigures serve`) with grpcurl: examples/grpcurl.sh [ADDRESS]
set -eu
address=${1:-127.0.0.1:50051}
service=factfigures.v1.FactFigureService

"${GRPCURL:-grpcurl}" -plaintext "$address" list
"${GRPCURL:-grpcurl}" -plaintext -d '{
  "document": {
    "text": "Sales rose 12 percent to $56 million last year, the company said on Tuesday.",
    "publishDate": {"year": 2024, "month": 6, "day": 12},
    "regionCode": "US"
  },
  "offsetUnit": "OFFSET_UNIT_UNICODE_CODE_POINT"
}' "$address" "$service/ExtractFigures"
"${GRPCURL:-grpcurl}" -plaintext -d '{"dimension": "DIMENSION_TEMPERATURE"}' "$address" "$service/ListUnits"
