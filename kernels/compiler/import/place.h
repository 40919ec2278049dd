// Where in a file something is wrong: the beginning of every message of the importer.
#pragma once

#include "base/error.h"
#include "kernels/compiler/import/network.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace xs3::compiler {

/// A name out of a file in quotes, made safe to print: control and non-ASCII bytes as '?', cut at
/// 60 characters.
std::string quoted(std::string_view name);

/// A place of which fail() speaks.
class Place {
public:
  /// The file as a whole.
  explicit Place(const std::string &fileName) : text_(fileName + ": error: ") {}

  /// A part of this place.
  Place inside(const std::string &part) const { return Place(*this, part + ": "); }
  Place tensor(std::size_t index, std::string_view name) const {
    return inside("tensor " + std::to_string(index) + " " + quoted(name));
  }
  Place op(const Operator &op) const;

  /// Throws Error: the place, then the sentence.
  [[noreturn]] void fail(const std::string &sentence) const { throw Error(text_ + sentence); }

private:
  Place(const Place &whole, const std::string &part) : text_(whole.text_ + part) {}

  std::string text_;
};

} // namespace xs3::compiler
