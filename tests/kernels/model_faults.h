// Models with one thing wrong at a time, and what the sentence that refuses them must say.
#pragma once

#include "tests/kernels/edited_model.h"

#include <span>

namespace xs3::test {

/// One change to the bundled digits network.
struct ModelFault {
  const char *name;
  void (*edit)(tflite::ModelT &);
  const char *says; ///< Part of the sentence.
};

/// Refused when the file is read.
std::span<const ModelFault> importFaults();

/// Files without a fault that the compiler cannot take: refused before anything is computed.
std::span<const ModelFault> compileFaults();

/// The bundled digits network with that change.
compiler::Bytes faulty(const ModelFault &fault);

} // namespace xs3::test
