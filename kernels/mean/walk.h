// How the kernels of MEAN walk over a tensor.
#pragma once

#include "kernels/call.h"
#include "kernels/mean/reference.h"

#include <vector>

namespace xs3::kernels {

/// Places of several runs of dimensions, in elements: those of all runs but the last by a table,
/// those of the last by a step.
struct MeanPlaces {
  struct Run {
    std::uint32_t size = 1, step = 0; ///< Places; elements from one to the next.
    bool averaged = false;
  };

  std::vector<Word> table{0};
  Run last;
};

/// Neighbouring dimensions that are all averaged over or all kept are joined to runs. The last run,
/// where it is kept, makes the inner elements (else there is one); the other kept places are the
/// outer ones, in the order of the output.
struct MeanWalk {
  std::uint32_t inner = 1;
  MeanPlaces outer, averaged;
};

MeanWalk meanWalk(const MeanParameters &parameters);

} // namespace xs3::kernels
