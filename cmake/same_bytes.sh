#!/usr/bin/env bash
# same_bytes.sh XS3 OTHER_XS3: two builds of the program, and ten runs of the first, give the same reports and outputs.
set -euo pipefail
cd "$(dirname "$0")/.."
first=$PWD/$1 second=$PWD/$2 digits=$PWD/kernels/models/digits_bnn
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# profile PROGRAM FOLDER: the reports and the output of one run, under the same file names each time.
profile() {
  mkdir -p "$folder/$2"
  cd "$folder/$2"
  for report in text json csv; do
    "$1" profile "$digits/digits_bnn.tflite" --input "$digits/example.npy" --report $report --output output.bin \
      >"report.$report"
  done
  cd - >/dev/null
}

profile "$first" expected
for run in 1 2 3 4 5 6 7 8 9 10; do
  profile "$first" again
  diff -r "$folder/expected" "$folder/again"
done
profile "$second" other
diff -r "$folder/expected" "$folder/other"
echo "the same bytes: ten runs, two compilers, three kinds of report"
