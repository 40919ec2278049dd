// Max pool of packed binary tensors: +1 is bit 0, so the largest of a window is the AND of its
// words.
#pragma once

#include "base/types.h"
#include "kernels/reference/window.h"

#include <span>

namespace xs3::kernels {

/// input and output with their true channels; taps outside of the image are skipped.
void bmaxpool2d(const Image &input, const Image &output, const Window &window,
                std::span<const Word> inputWords, std::span<Word> outputWords);

} // namespace xs3::kernels
