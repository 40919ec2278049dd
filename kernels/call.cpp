#include "kernels/call.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace xs3::kernels {

namespace {

ArgumentWord &word(PackedCall &call, std::string_view name) {
  const auto found = std::find_if(call.arguments.begin(), call.arguments.end(),
                                  [&](const ArgumentWord &w) { return w.name == name; });
  assert(found != call.arguments.end());
  return *found;
}

} // namespace

void pointTo(PackedCall &call, std::string_view name, ArgumentWord::Kind kind,
             std::uint32_t index) {
  word(call, name).kind = kind;
  word(call, name).index = index;
}

void moveBy(PackedCall &call, std::string_view name, Word bytes) {
  word(call, name).value += bytes;
}

void addConstant(PackedCall &call, ConstantBlock block) {
  pointTo(call, block.name, ArgumentWord::Kind::Constant,
          static_cast<std::uint32_t>(call.constants.size()));
  call.constants.push_back(std::move(block));
}

} // namespace xs3::kernels
