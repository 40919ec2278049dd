// What packers promise beside the kernels' results: names of argument words, limits, proofs, the
// run-time's door.
#include "base/error.h"
#include "kernels/bconv2d/pack.h"
#include "kernels/bconv2d/search_int8.h"
#include "kernels/conv2d/pack.h"
#include "kernels/copy/call.h"
#include "kernels/fill/call.h"
#include "kernels/fully_connected/call.h"
#include "kernels/lce_quantize/call.h"
#include "kernels/lookup/call.h"
#include "kernels/quantize/pack.h"
#include "kernels/reference/fixed_point.h"
#include "kernels/runtime/parallel.h"
#include "kernels/softmax/call.h"
#include "kernels/sources.h"
#include "kernels/window/pool.h"
#include "tests/kernels/kernel_fixture.h"

#include <cmath>
#include <gtest/gtest.h>
#include <regex>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

/// The values of `.set PREFIX.NAME, NUMBER` in a kernel's text; without a prefix those of plain
/// names.
std::map<std::string, std::uint32_t> constantsOf(std::string_view symbol,
                                                 const std::string &prefix) {
  const std::string text(kernelSource(symbol).text);
  const std::regex pattern("\\.set " + prefix + "([a-zA-Z]+), ([0-9]+)");
  std::map<std::string, std::uint32_t> constants;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    constants[(*match)[1]] = static_cast<std::uint32_t>(std::stoul((*match)[2]));
  return constants;
}

/// Every named word of the assembly is where the struct has it.
template <typename Arguments> void expectSameNames(std::string_view symbol) {
  const auto constants = constantsOf(symbol, "arguments\\.");
  EXPECT_FALSE(constants.empty()) << symbol;
  for (const auto &[name, offset] : constants) {
    ASSERT_LT(offset, Arguments::kNames.size()) << symbol << " " << name;
    EXPECT_EQ(Arguments::kNames[offset], name) << symbol;
  }
}

TEST(KernelArguments, HaveTheNamesOfTheirStructs) {
  for (const auto *kernel : {"bconv2d_bits", "bconv2d_float", "bconv2d_int8"})
    expectSameNames<Bconv2dArguments>(kernel);
  expectSameNames<Conv2dArguments>("conv2d_int8");
  expectSameNames<Conv2dVectorArguments>("conv2d_int8_vector");
  expectSameNames<FullyConnectedArguments>("fully_connected_int8");
  expectSameNames<LceQuantizeArguments>("lce_quantize_int8");
  expectSameNames<PoolArguments>("bmaxpool2d");
  expectSameNames<QuantizeFloatArguments>("quantize_float");
  expectSameNames<LookupArguments>("lookup_int8");
  expectSameNames<FillArguments>("fill_words");
  expectSameNames<CopyArguments>("copy_bytes");
  expectSameNames<SoftmaxArguments>("softmax_int8");
}

TEST(KernelArguments, OfWindowsCountFromTheirPieces) {
  const auto constants = constantsOf("conv2d_int8", "");
  std::size_t next = 0; // the second piece begins 12 words behind the first
  for (const std::string_view name : WindowArguments::kNames) {
    const auto found = constants.find(std::string(name));
    ASSERT_NE(found, constants.end()) << name;
    EXPECT_EQ(found->second, next < 12 ? next : next - 12) << name;
    ++next;
  }
}

Bconv2dParameters dense(std::int32_t channels, std::int32_t outputs) {
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  return {{1, 1, 1, channels}, {1, 1, 1, outputs}, {one, one}, 1, true};
}

TEST(Packing, RefusesFieldsBeyondTheAccumulators) {
  const std::vector<Word> filter(1024);
  const std::vector<std::int32_t> threshold(1);
  EXPECT_NO_THROW(packBconv2dBits(dense(32767, 1), filter, threshold));
  EXPECT_THROW(packBconv2dBits(dense(32768, 1), filter, threshold), Error);
}

TEST(Packing, RefusesAccumulatorsBeyond30Bits) {
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  const Conv2dParameters p{{1, 1, 1, 4}, {1, 1, 1, 1}, {one, one}};
  const std::vector<std::int8_t> filter(4, 1);
  // The result turns from 0 to 1 at an accumulator of 2^30, so the channel is not settled.
  const Requantization factor{0, {quantizeMultiplier(0.5 / (1 << 30))}, 0, {}};
  EXPECT_NO_THROW(packConv2dInt8(p, factor, filter, std::vector<std::int32_t>{1 << 28}));
  EXPECT_THROW(packConv2dInt8(p, factor, filter, std::vector<std::int32_t>{1 << 30}), Error);
  // Far beyond the last step every accumulator gives 127, and needs none of the bits.
  const Requantization dead{0, {quantizeMultiplier(0.01)}, 0, {}};
  EXPECT_NO_THROW(packConv2dInt8(p, dead, filter, std::vector<std::int32_t>{1 << 30}));
}

TEST(Packing, RefusesScalesBeyondFloats) {
  EXPECT_NO_THROW(packQuantizeFloat(1, {1e-30F, 0}));
  EXPECT_THROW(packQuantizeFloat(1, {1e38F, 0}), Error);
}

/// The kernel's formula in 64 bits, for every popcount.
bool isRight(const Int8Step &step, const Int8Constants &c, bool positiveOnly) {
  for (std::int64_t a = step.lowest(); a <= step.highest(); ++a) {
    const std::int64_t sum = c.start + (positiveOnly ? std::max<std::int64_t>(a, 0) : a) * c.factor;
    const std::int64_t rounded =
        c.shift == 0 ? sum : (sum + (std::int64_t{1} << (c.shift - 1))) >> c.shift;
    const std::int64_t lane = std::clamp<std::int64_t>(rounded, -32767, 32767);
    if (std::abs(sum) > INT32_MAX || lane >> 8 != step.at(a))
      return false;
  }
  return true;
}

TEST(Search, FindsWhatIsRightForEveryPopcount) {
  Random random(7);
  unsigned found = 0;
  constexpr unsigned kTries = 300;
  for (unsigned i = 0; i < kTries; ++i) {
    const std::int64_t bits = random.in(1, 4608);
    const bool relu = random.once(2);
    const std::vector<float> multiplier = {random.real(0.1F, 3.0F) / static_cast<float>(bits) *
                                           (random.once(4) ? -1.0F : 1.0F)};
    const std::vector<float> bias = {random.real(-1, 1)};
    const auto transform = bconv2dOutputTransform(bits, relu ? Activation::Relu : Activation::None,
                                                  multiplier, bias, {0.01F, random.in(-128, 127)});
    const Int8Step step(bits, transform, 0);
    const bool positiveOnly = step.flatBelowZero();
    EXPECT_TRUE(positiveOnly || !relu);
    const auto constants = searchInt8(step, -2.0 * double{transform.multiplier[0]}, positiveOnly);
    if (constants) {
      ++found;
      EXPECT_TRUE(isRight(step, *constants, positiveOnly))
          << "try " << i << ", " << bits << " bits";
    }
  }
  EXPECT_GT(found, kTries * 9 / 10); // kernel-targets.md section 4 counts 93.7 % and more
}

} // namespace
} // namespace xs3::kernels
