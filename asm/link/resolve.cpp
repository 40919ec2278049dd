// Symbol resolution over objects and archives.
#include "asm/link/resolve.h"

#include "asm/link/archive.h"
#include "asm/link/text.h"
#include "base/error.h"

#include <deque>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

namespace xs3::assembler {
namespace {

/// An archive, and which of its members have been taken.
struct Library {
  std::string name;
  Archive archive;
  std::unordered_map<std::string_view, std::size_t> memberOf; ///< First definer of a symbol.
  std::vector<bool> taken;
};

class Resolver {
public:
  Resolver(const LinkOptions &options, Complaints &complaints)
      : options_(options), complaints_(complaints) {}

  Resolution resolve(std::span<const LinkInput> inputs) {
    for (const LinkInput &input : inputs)
      guarded([&] {
        if (isArchive(input.bytes))
          addLibrary(input);
        else
          addObject(readObject(input.bytes, input.name));
      });
    want(options_.entry);
    for (const std::string &name : options_.keep)
      want(name);
    while (!wanted_.empty()) {
      const std::string_view name = wanted_.front();
      wanted_.pop_front();
      if (!resolution_.definitions.contains(name))
        guarded([&] { fetch(name); });
    }
    return std::move(resolution_);
  }

private:
  /// A damaged input is one complaint; the others are still looked at.
  template <typename Step> void guarded(const Step &step) {
    try {
      step();
    } catch (const Error &error) {
      complaints_.add(error.what());
    }
  }

  void addLibrary(const LinkInput &input) {
    Library library{input.name, readArchive(input.bytes, input.name), {}, {}};
    library.taken.resize(library.archive.members.size());
    for (const auto &[symbol, member] : library.archive.index)
      library.memberOf.emplace(symbol, member);
    // The index's strings live in the archive, which moves with its buffer.
    libraries_.push_back(std::move(library));
  }

  void want(std::string_view name) {
    if (seen_.insert(name).second)
      wanted_.push_back(name);
  }

  void fetch(std::string_view name) {
    for (Library &library : libraries_) {
      const auto found = library.memberOf.find(name);
      if (found == library.memberOf.end() || library.taken[found->second])
        continue;
      library.taken[found->second] = true;
      const ArchiveMember &member = library.archive.members[found->second];
      addObject(readObject(member.bytes, library.name + "(" + member.name + ")"));
      return;
    }
  }

  void addObject(std::unique_ptr<ObjectFile> object) {
    resolution_.objects.push_back(std::move(object));
    const ObjectFile &added = *resolution_.objects.back();
    if (added.hasExpressions)
      complaints_.add(added.name + ": error: this object needs link-time expressions (section "
                                   ".expr), which this linker does not evaluate; assemble its "
                                   "source with xs3 asm");
    for (std::uint32_t i = 1; i < added.symbols.size(); ++i) {
      const elf::Symbol &symbol = added.symbols[i];
      if (symbol.binding == elf::kLocal)
        continue;
      if (symbol.section != elf::kUndefined)
        define({&added, i});
      else if (symbol.binding == elf::kGlobal)
        want(symbol.name);
    }
  }

  void define(SymbolPlace place) {
    const auto [found, isNew] = resolution_.definitions.emplace(place.symbol().name, place);
    if (isNew || place.symbol().binding == elf::kWeak)
      return;
    SymbolPlace &first = found->second;
    if (first.symbol().binding == elf::kWeak)
      first = place;
    else
      complaints_.add(place.object->name + ": error: symbol " + std::string(place.symbol().name) +
                      " is defined here (" + place.object->place(place.symbol()) + ") and in " +
                      first.object->name + " (" + first.object->place(first.symbol()) +
                      "); rename one of them or make it .weak");
  }

  const LinkOptions &options_;
  Complaints &complaints_;
  Resolution resolution_;
  std::deque<Library> libraries_;
  std::deque<std::string_view> wanted_;
  std::set<std::string_view> seen_;
};

} // namespace

void Complaints::raise() const {
  constexpr std::size_t kShown = 50;
  std::string text;
  for (std::size_t i = 0; i < sentences_.size() && i < kShown; ++i)
    text += (i == 0 ? "" : "\n") + printable(sentences_[i]);
  if (sentences_.size() > kShown)
    text += "\nand " + std::to_string(sentences_.size() - kShown) + " more errors";
  if (any())
    throw Error(text);
}

Resolution resolve(std::span<const LinkInput> inputs, const LinkOptions &options,
                   Complaints &complaints) {
  return Resolver(options, complaints).resolve(inputs);
}

} // namespace xs3::assembler
