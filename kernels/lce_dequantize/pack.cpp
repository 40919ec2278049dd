#include "kernels/lce_dequantize/call.h"
#include "kernels/lce_dequantize/reference.h"
#include "kernels/little_endian.h"

#include <bit>

namespace xs3::kernels {
namespace {

PackedCall pack(std::string_view kernel, std::uint32_t pixels, std::uint32_t channels, Word plusOne,
                Word minusOne) {
  LceDequantizeArguments arguments = {};
  arguments.channels = channels;
  arguments.words = (channels + 31) / 32;
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.units = pixels;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"values", "of +1 and -1", littleEndian(std::vector<Word>{plusOne, minusOne})});
  return call;
}

/// What the reference makes of +1 and -1.
constexpr Word kPlusAndMinusOne = 0b10;

} // namespace

PackedCall packLceDequantizeFloat(std::uint32_t pixels, std::uint32_t channels) {
  std::array<float, 2> values;
  lceDequantizeFloat(2, {&kPlusAndMinusOne, 1}, values);
  return pack("lce_dequantize_words", pixels, channels, std::bit_cast<Word>(values[0]),
              std::bit_cast<Word>(values[1]));
}

PackedCall packLceDequantizeInt8(std::uint32_t pixels, std::uint32_t channels,
                                 Int8Quantization output) {
  std::array<std::int8_t, 2> values;
  lceDequantizeInt8(2, output, {&kPlusAndMinusOne, 1}, values);
  return pack("lce_dequantize_bytes", pixels, channels, static_cast<Word>(values[0]),
              static_cast<Word>(values[1]));
}

PackedCall packLceDequantizeBool(std::uint32_t pixels, std::uint32_t channels) {
  std::array<std::uint8_t, 2> values;
  lceDequantizeBool(2, {&kPlusAndMinusOne, 1}, values);
  return pack("lce_dequantize_bytes", pixels, channels, values[0], values[1]);
}

} // namespace xs3::kernels
