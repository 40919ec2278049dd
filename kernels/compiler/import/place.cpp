#include "kernels/compiler/import/place.h"

#include <algorithm>

namespace xs3::compiler {

std::string quoted(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  std::string text(name.substr(0, kLongest));
  std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return "\"" + text + (name.size() > kLongest ? "...\"" : "\"");
}

Place Place::op(const Operator &op) const {
  const std::string name = quoted(op.name);
  return inside("operator " + std::to_string(op.index) + " (" + name.substr(1, name.size() - 2) +
                ")");
}

} // namespace xs3::compiler
