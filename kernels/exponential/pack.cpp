#include "kernels/exponential/float_call.h"

namespace xs3::kernels {
namespace {

template <typename Arguments>
PackedCall pack(std::string_view kernel, const Arguments &arguments, std::size_t units) {
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(units);
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace

PackedCall packSoftmaxFloat(std::size_t rows, std::size_t classes, float beta) {
  return pack("softmax_float",
              SoftmaxFloatArguments{0, 0, static_cast<Word>(classes), std::bit_cast<Word>(beta)},
              rows);
}

PackedCall packLogisticFloat(std::size_t elements) {
  return pack("logistic_float", LogisticFloatArguments{}, elements);
}

} // namespace xs3::kernels
