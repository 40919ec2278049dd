// The made-up input and the comparison with an expected output.
#include "base/error.h"
#include "sim/cli/profile_input.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace xs3::cli {
namespace {

assembler::NetworkTensor tensor(const std::string &dtype, std::vector<std::uint32_t> shape) {
  return {"x", "input0", std::move(shape), dtype, std::nullopt, 0};
}

template <typename T> Array array(const std::string &dtype, std::vector<T> values) {
  Array made{dtype, {values.size()}, std::vector<std::uint8_t>(values.size() * sizeof(T))};
  std::memcpy(made.bytes.data(), values.data(), made.bytes.size());
  return made;
}

TEST(PseudoRandomInput, FollowsTheDocumentedGenerator) {
  // xorshift32 from 2463534242: 723471715, 2497366906, 2064144800 (Marsaglia 2003, section 3).
  const Array words = pseudoRandomInput(tensor("uint32", {3}));
  const std::uint32_t expected[] = {723471715, 2497366906, 2064144800};
  EXPECT_EQ(std::memcmp(words.bytes.data(), expected, 12), 0);
  const Array bytes = pseudoRandomInput(tensor("int8", {1, 3}));
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(bytes.bytes[i], expected[i] >> 24);
  const Array reals = pseudoRandomInput(tensor("float32", {3}));
  float first = 0;
  std::memcpy(&first, reals.bytes.data(), 4);
  EXPECT_EQ(first, static_cast<float>(723471715 >> 8) / 8388608.0f - 1);
}

TEST(PseudoRandomInput, EveryTypeHasTheRightSizeAndRange) {
  for (const char *dtype :
       {"bool", "int8", "uint8", "int16", "uint16", "int32", "int64", "float64"})
    EXPECT_EQ(pseudoRandomInput(tensor(dtype, {5, 7})).bytes.size(), 35 * *dtypeBytes(dtype));
  for (const std::uint8_t byte : pseudoRandomInput(tensor("bool", {100})).bytes)
    EXPECT_LE(byte, 1);
  EXPECT_THROW(pseudoRandomInput(tensor("complex64", {1})), Error);
}

TEST(FirstDifference, EqualArraysHaveNone) {
  EXPECT_FALSE(
      firstDifference(array<std::int8_t>("int8", {1, -2}), array<std::int8_t>("int8", {1, -2}), 0));
}

TEST(FirstDifference, NamesPlaceValuesAndCount) {
  const auto difference = firstDifference(array<std::int16_t>("int16", {1, -2, 3, 4}),
                                          array<std::int16_t>("int16", {1, -3, 3, 5}), 0);
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->index, 1u);
  EXPECT_EQ(difference->expected, "-2");
  EXPECT_EQ(difference->got, "-3");
  EXPECT_EQ(difference->count, 2u);
}

TEST(FirstDifference, ToleranceIsRelativeAndForFloatsOnly) {
  const auto expected = array<float>("float32", {100.0f, -1e-3f}),
             got = array<float>("float32", {100.5f, -1.004e-3f});
  EXPECT_TRUE(firstDifference(expected, got, 0));
  EXPECT_TRUE(firstDifference(expected, got, 0.0045));
  EXPECT_FALSE(firstDifference(expected, got, 0.0055));
  EXPECT_TRUE(firstDifference(array<std::int32_t>("int32", {1000}),
                              array<std::int32_t>("int32", {1001}), 0.5));
}

TEST(FirstDifference, NothingEqualsNotANumberButItself) {
  const float nan = std::nanf(""), infinity = HUGE_VALF;
  EXPECT_FALSE(firstDifference(array<float>("float32", {nan}), array<float>("float32", {nan}), 0));
  EXPECT_TRUE(firstDifference(array<float>("float32", {nan}), array<float>("float32", {1}), 9));
  EXPECT_TRUE(
      firstDifference(array<float>("float32", {1}), array<float>("float32", {infinity}), 9));
  EXPECT_FALSE(
      firstDifference(array<float>("float32", {infinity}), array<float>("float32", {infinity}), 0));
  EXPECT_TRUE(
      firstDifference(array<float>("float32", {infinity}), array<float>("float32", {1}), 0.1));
}

TEST(DescribePosition, CountsTheLastDimensionFastest) {
  const std::size_t shape[] = {2, 3, 4};
  EXPECT_EQ(describePosition(0, shape), "[0, 0, 0]");
  EXPECT_EQ(describePosition(23, shape), "[1, 2, 3]");
  EXPECT_EQ(describePosition(13, shape), "[1, 0, 1]");
  EXPECT_EQ(describePosition(0, {}), "[]");
}

} // namespace
} // namespace xs3::cli
