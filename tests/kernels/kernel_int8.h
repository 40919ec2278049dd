// Random scales and biases of int8 layers, for tests of their kernels.
#pragma once

#include "kernels/reference/requantization.h"
#include "tests/kernels/kernel_fixture.h"

#include <vector>

namespace xs3::test {

/// Multipliers that bring accumulators over `field` weights about into int8, a few of them far off.
inline kernels::Requantization randomRequantization(Random &random, std::size_t channels,
                                                    std::size_t field) {
  using kernels::Activation;
  const Activation kActivations[] = {Activation::None, Activation::Relu, Activation::ReluN1To1,
                                     Activation::Relu6};
  const kernels::Int8Quantization input{0.05F, random.in(-128, 127)},
      output{0.1F, random.in(-128, 127)};
  std::vector<float> weightScales(random.once(4) ? 1 : channels);
  for (auto &scale : weightScales)
    scale = random.real(0.2F, 2.0F) / static_cast<float>(field) *
            (random.once(10)   ? 40.0F
             : random.once(10) ? 0.001F
                               : 1.0F);
  return kernels::convolutionRequantization(input, weightScales, output,
                                            kActivations[random.in(0, 3)], channels);
}

inline std::vector<std::int32_t> randomBias(Random &random, std::size_t channels) {
  std::vector<std::int32_t> bias(random.once(4) ? 0 : channels);
  for (auto &b : bias)
    b = random.in(-20000, 20000);
  return bias;
}

} // namespace xs3::test
