#include "kernels/mean/walk.h"

#include <algorithm>
#include <iterator>

namespace xs3::kernels {
namespace {

using Run = MeanPlaces::Run;

/// The runs of the input, outer first. Dimensions of size 1 belong to none.
std::vector<Run> runsOf(const MeanParameters &parameters) {
  std::vector<Run> runs;
  std::uint32_t step = 1;
  for (std::size_t i = parameters.shape.size(); i-- > 0;) {
    const auto size = static_cast<std::uint32_t>(parameters.shape[i]);
    const bool averaged = std::binary_search(parameters.axes.begin(), parameters.axes.end(),
                                             static_cast<std::int32_t>(i));
    if (size > 1 && !runs.empty() && runs.front().averaged == averaged)
      runs.front().size *= size;
    else if (size > 1)
      runs.insert(runs.begin(), {size, step, averaged});
    step *= size;
  }
  return runs;
}

MeanPlaces placesOf(const std::vector<Run> &runs, bool averaged) {
  MeanPlaces walk;
  std::vector<Run> own;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(own),
               [averaged](const Run &run) { return run.averaged == averaged; });
  if (own.empty())
    return walk;
  walk.last = own.back();
  own.pop_back();
  for (const Run &run : own) {
    std::vector<Word> longer;
    for (const Word base : walk.table)
      for (std::uint32_t place = 0; place < run.size; ++place)
        longer.push_back(base + place * run.step);
    walk.table = std::move(longer);
  }
  return walk;
}

} // namespace

MeanWalk meanWalk(const MeanParameters &parameters) {
  MeanWalk walk;
  std::vector<Run> runs = runsOf(parameters);
  if (!runs.empty() && !runs.back().averaged) {
    walk.inner = runs.back().size;
    runs.pop_back();
  }
  walk.outer = placesOf(runs, false);
  walk.averaged = placesOf(runs, true);
  return walk;
}

} // namespace xs3::kernels
