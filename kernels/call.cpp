#include "kernels/call.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace xs3::kernels {

void pointTo(PackedCall &call, std::string_view name, ArgumentWord::Kind kind,
             std::uint32_t index) {
  const auto word = std::find_if(call.arguments.begin(), call.arguments.end(),
                                 [&](const ArgumentWord &w) { return w.name == name; });
  assert(word != call.arguments.end());
  word->kind = kind;
  word->index = index;
}

void addConstant(PackedCall &call, ConstantBlock block) {
  pointTo(call, block.name, ArgumentWord::Kind::Constant,
          static_cast<std::uint32_t>(call.constants.size()));
  call.constants.push_back(std::move(block));
}

} // namespace xs3::kernels
