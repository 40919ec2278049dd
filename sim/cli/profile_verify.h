// The results of a program's layers: held against the scalar reference operators, or into files.
#pragma once

#include "sim/cli/profile_subject.h"

#include <span>
#include <string>
#include <vector>

namespace xs3::cli {

/// Every layer's result, by layer in the note's order, as TensorCapture has them.
using LayerResults = std::span<const std::vector<std::uint8_t>>;

/// Compares the layers' results with evaluate() on the same inputs. Floats may differ by
/// `tolerance`, relative. Throws Error for a layer of the program that the model does not have or
/// that did not end.
profile::Verification verifyLayers(const Subject &subject, const std::string &programName,
                                   const std::vector<profile::TensorValue> &inputs,
                                   LayerResults results, double tolerance);

/// "layer 003_LceBconv2d differs first at index 12 [0, 0, 1, 4]: ..."
std::string describeDifference(const profile::Verification &verification);

/// Writes FOLDER/INDEX_OPERATOR.npy for every layer; makes the folder. Throws Error.
void dumpLayers(const std::string &folder, const Subject &subject, const std::string &programName,
                LayerResults results);

} // namespace xs3::cli
