#include "kernels/little_endian.h"
#include "kernels/softmax/call.h"
#include "kernels/softmax/reference.h"

#include <bit>

namespace xs3::kernels {

PackedCall packSoftmax(std::uint32_t rows, std::uint32_t classes, float inputScale, float beta,
                       float outputScale, std::int32_t outputZeroPoint) {
  SoftmaxArguments arguments = {};
  arguments.classes = classes;
  arguments.scale = std::bit_cast<Word>(outputScale);
  arguments.zeroPoint = static_cast<Word>(outputZeroPoint);
  PackedCall call;
  call.kernel = "softmax_int8";
  call.arguments = argumentWords(arguments);
  call.units = rows;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  const std::array<float, 256> table = softmaxTable(inputScale, beta);
  addConstant(call, {"exponentials", "by distance from the largest value: float32",
                     littleEndian(std::span<const float>(table))});
  return call;
}

} // namespace xs3::kernels
