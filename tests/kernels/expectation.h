// The values that are expected of a model file: found by the folder that holds it.
#pragma once

#include "kernels/compiler/import/network.h"
#include "tests/kernels/verdict.h"

#include <map>
#include <string>
#include <vector>

namespace xs3::test {

/// Inputs of one run and the outputs that they must give.
struct ExpectedRun {
  std::vector<compiler::Bytes> inputs, outputs;
};

struct Expectation {
  std::vector<ExpectedRun> runs;
  /// Of the first run; both empty where nothing is known about the layers.
  std::map<std::string, compiler::Bytes> tensors; ///< By layer name.
  std::vector<std::string> checksums;             ///< CRC-32 of every layer's result, in order.
  /// Relative to the expected value: of float outputs whose last digits depend on the order of
  /// additions.
  double tolerance = 0;
  bool isStructure = false; ///< Of real size: does not fit a tile's SRAM.
};

/// Throws std::runtime_error where nothing is expected of the file.
Expectation expectationOf(const ModelFile &file, const compiler::Network &network);

} // namespace xs3::test
