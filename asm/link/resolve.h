// Which object defines which symbol; members of archives are taken when one of theirs is wanted.
#pragma once

#include "asm/link/link.h"
#include "asm/link/object_file.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::assembler {

/// Sentences about everything that is wrong, in the order in which it was found.
class Complaints {
public:
  void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }
  bool any() const { return !sentences_.empty(); }
  /// Throws one Error with a sentence a line (the first 50), when there is any.
  void raise() const;

private:
  std::vector<std::string> sentences_;
};

/// A symbol of an object.
struct SymbolPlace {
  const ObjectFile *object = nullptr;
  std::uint32_t index = 0;

  const elf::Symbol &symbol() const { return object->symbols[index]; }
};

/// The objects that take part, in the order in which they are placed, and the definitions that won.
struct Resolution {
  std::vector<std::unique_ptr<ObjectFile>> objects;
  std::map<std::string_view, SymbolPlace> definitions;
};

/// Takes all objects among the inputs and, until nothing more is wanted, the archives' members that
/// define an undefined symbol, the entry or one of `options.keep`. The first strong definition
/// wins, else the first weak one; a second strong one is an error.
Resolution resolve(std::span<const LinkInput> inputs, const LinkOptions &options,
                   Complaints &complaints);

} // namespace xs3::assembler
