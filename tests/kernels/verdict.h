// What a model file gives on the simulated machine, compared with the values that are expected of
// it: one row of the table of verdicts.
#pragma once

#include "base/types.h"
#include "kernels/compiler/import/network.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace xs3::test {

/// A .tflite file that was found on disk.
struct ModelFile {
  std::string name; ///< "bundled/digits_bnn/digits_bnn.tflite", "own/kws_int8.tflite".
  std::filesystem::path path;
  std::uintmax_t bytes = 0;
};

/// Every .tflite file of kernels/models and, where it exists, of ../shared/models and all folders
/// below it, by name.
std::vector<ModelFile> modelFiles();

/// How much of a file's expectations is tried.
enum class Effort : std::uint8_t {
  Brief, ///< One input on five threads; no structure of real size. For instrumented builds.
  Daily, ///< Every input on five threads.
  Long, ///< Every input on each number of threads from one to eight, and what does not fit a tile's
        ///< SRAM on the machine with external memory too.
};

struct Verdict {
  enum class Kind : std::uint8_t {
    Right,    ///< As expected.
    Wrong,    ///< Another result, or none.
    Excluded, ///< Refused, as it must be (kExcluded).
    Skipped,  ///< Not tried with this effort.
  };
  Kind kind = Kind::Wrong;
  std::string text;        ///< "equal", "within 1e-05", "WRONG: ...": one line.
  std::string compared;    ///< "20 inputs, 10 layers; 1 to 8 threads".
  std::uint64_t bytes = 0; ///< That were compared.
  Slots slots = 0;         ///< Of all threads, for the first input on five threads.
  std::string vendor; ///< Why the vendor's compiler refuses the network; empty where it does not.
};

/// Compiles, runs and compares. Never throws: what goes wrong is the verdict.
Verdict examine(const ModelFile &file, Effort effort);

/// What of a network the published compiler of the chip's vendor does not take (its restrictions on
/// binary operators): "float output, groups"; empty where nothing is known against it.
std::string vendorRefusal(const compiler::Network &network);

} // namespace xs3::test
