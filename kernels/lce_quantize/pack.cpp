#include "kernels/lce_quantize/pack.h"

#include "kernels/fill/call.h"
#include "kernels/little_endian.h"

namespace xs3::kernels {
namespace {

PackedCall begin(std::string_view kernel, std::uint32_t pixels, std::uint32_t channels,
                 std::int32_t zeroPoint) {
  LceQuantizeArguments arguments = {};
  arguments.zeroPoint = static_cast<Word>(zeroPoint);
  arguments.channels = channels;
  arguments.words = (channels + 31) / 32;
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.units = pixels;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace

PackedCall packLceQuantizeInt8(std::uint32_t pixels, std::uint32_t channels,
                               std::int32_t zeroPoint) {
  if (zeroPoint <= -128)
    return packFillWords(pixels * ((channels + 31) / 32), 0);
  if (channels % 32 != 0)
    return begin("lce_quantize_int8_pixels", pixels, channels, zeroPoint);
  PackedCall call = begin("lce_quantize_int8", pixels * (channels / 32), channels, zeroPoint);
  addConstant(call, {"constants", "the zero point",
                     std::vector<std::uint8_t>(32, static_cast<std::uint8_t>(zeroPoint))});
  return call;
}

PackedCall packLceQuantizeFloat(std::uint32_t pixels, std::uint32_t channels) {
  if (channels % 32 == 0)
    return begin("lce_quantize_float_words", pixels * (channels / 32), channels, 0);
  return begin("lce_quantize_float", pixels, channels, 0);
}

PackedCall packLceQuantizeBool(std::uint32_t pixels, std::uint32_t channels) {
  return begin("lce_quantize_bool", pixels, channels, 0);
}

} // namespace xs3::kernels
