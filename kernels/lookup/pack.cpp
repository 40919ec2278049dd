#include "kernels/little_endian.h"
#include "kernels/lookup/call.h"

#include <array>

namespace xs3::kernels {
namespace {

/// `function` by the value's byte.
template <typename Result, typename Function>
PackedCall pack(std::string_view kernel, std::uint32_t elements, const Function &function) {
  std::array<Result, 256> table;
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    table[byte] = function(static_cast<std::int8_t>(static_cast<std::uint8_t>(byte)));
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(LookupArguments{});
  call.units = elements;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"table", "by the byte of the input value",
                     littleEndian(std::span<const Result>(table))});
  return call;
}

} // namespace

PackedCall packLookupInt8(std::uint32_t elements,
                          const std::function<std::int8_t(std::int8_t)> &function) {
  return pack<std::int8_t>("lookup_int8", elements, function);
}

PackedCall packLookupFloat(std::uint32_t elements,
                           const std::function<float(std::int8_t)> &function) {
  return pack<float>("lookup_word", elements, function);
}

} // namespace xs3::kernels
