// Examines model files in processes of their own, several at a time: one that crashes has a verdict
// too.
#pragma once

#include "tests/kernels/verdict.h"

#include <span>
#include <vector>

namespace xs3::test {

/// One verdict for each file, in their order. The largest files are begun first. On a terminal the
/// count of finished ones is shown on standard error.
std::vector<Verdict> forkedVerdicts(std::span<const ModelFile> files, Effort effort, unsigned jobs);

} // namespace xs3::test
