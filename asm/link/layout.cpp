// Placement: sections are sorted by the memory group their name and flags put them in, then laid
// out one after the other.
#include "asm/link/layout.h"

#include "asm/link/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>

namespace xs3::assembler {
namespace {

/// The groups in the order of memory.
enum class Group : std::uint8_t {
  Code,
  Constants,
  StartArrays,
  Other,
  Variables,
  Zeroed,
  OtherZeroed,
  LargeVariables,
  Untouched,
  // In external memory.
  ExternalCode,
  External,
  ExternalZeroed
};

bool isExternal(Group group) { return group >= Group::ExternalCode; }

/// Sorts first by group, then by `order`; sections of one segment name stand together.
struct Destination {
  Group group;
  std::uint32_t order; ///< Inside the group.
  std::string segment;
};

constexpr std::uint32_t kPoolAlignment = 8; ///< ldd, std and the pools' own rule (objects.md 2).
constexpr std::uint32_t kStackAlignment = 8;
constexpr std::string_view kExternalPrefix = ".ExtMem";

/// Small objects first, `.large` ones last, so that the 16-bit reach of a pool base covers what is
/// reached through it (isa/objects.md sections 2 and 3).
std::uint32_t sizeClass(std::string_view name) {
  if (name.ends_with(".large"))
    return 2;
  return name.ends_with(".4") || name.ends_with(".cst4") ? 0 : 1;
}

constexpr std::array<std::string_view, 4> kStartArrays{".preinit_array", ".init_array",
                                                       ".bothinit_array", ".fini_array"};

/// Which of kStartArrays a section name such as ".init_array.101" belongs to.
std::optional<std::size_t> startArray(std::string_view name) {
  for (std::size_t i = 0; i < kStartArrays.size(); ++i)
    if (name.starts_with(kStartArrays[i]) &&
        (name.size() == kStartArrays[i].size() || name[kStartArrays[i].size()] == '.'))
      return i;
  return std::nullopt;
}

/// ".init_array.101" runs before ".init_array.102", and both before ".init_array".
std::uint32_t startPriority(std::string_view name, std::size_t array) {
  constexpr std::uint32_t kNone = 65536;
  const std::size_t prefix = kStartArrays[array].size() + 1;
  std::uint32_t priority = kNone;
  if (name.size() > prefix)
    std::from_chars(name.data() + prefix, name.data() + name.size(), priority);
  return std::min(priority, kNone);
}

Destination destination(const InputSection &section) {
  const std::string_view name = section.name;
  if (name.starts_with(kExternalPrefix)) {
    if (section.executable())
      return {Group::ExternalCode, 0, std::string(kExternalPrefix) + ".text"};
    return {section.zeroed ? Group::ExternalZeroed : Group::External, 0, std::string(name)};
  }
  if (section.executable())
    return {Group::Code, 0, ".text"};
  if (const auto array = startArray(name))
    return {Group::StartArrays,
            static_cast<std::uint32_t>(*array) * 0x20000 + startPriority(name, *array),
            std::string(kStartArrays[*array])};
  if (name.starts_with(".noinit") && section.zeroed)
    return {Group::Untouched, 0, ".noinit"};
  const std::uint32_t size = sizeClass(name);
  if (section.flags & elf::kFromCp || name.starts_with(".cp."))
    return {Group::Constants, size, ".cp"};
  if (section.flags & elf::kFromDp || name.starts_with(".dp.")) {
    if (section.zeroed)
      return {Group::Zeroed, size, ".dp"};
    return size == 2 ? Destination{Group::LargeVariables, 0, ".dp.large"}
                     : Destination{Group::Variables, size, ".dp"};
  }
  return {section.zeroed ? Group::OtherZeroed : Group::Other, 0, std::string(name)};
}

struct Entry {
  Destination to;
  std::size_t firstSeen; ///< Of its segment name: other sections keep the order of the inputs.
  PlacedSection placed;
};

std::vector<Entry> sortedEntries(Resolution &resolution) {
  std::vector<Entry> entries;
  std::map<std::string, std::size_t> firstSeen;
  for (const auto &object : resolution.objects)
    for (std::size_t i = 0; i < object->sections.size(); ++i)
      if (object->sections[i].use == SectionUse::Loaded) {
        Destination to = destination(object->sections[i]);
        const std::size_t seen = firstSeen.emplace(to.segment, entries.size()).first->second;
        entries.push_back({std::move(to), seen, {object.get(), i}});
      }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
    return std::tie(a.to.group, a.firstSeen, a.to.order) <
           std::tie(b.to.group, b.firstSeen, b.to.order);
  });
  return entries;
}

class Placer {
public:
  Placer(const LinkOptions &options, Complaints &complaints)
      : options_(options), complaints_(complaints), position_(options.memoryBase) {}

  Layout place(std::vector<Entry> entries) {
    const auto external = std::ranges::find_if(
        entries, [](const Entry &entry) { return isExternal(entry.to.group); });
    std::vector<Entry> externals(external, entries.end());
    entries.erase(external, entries.end());
    for (Entry &entry : entries)
      add(entry);
    enter(Group::Untouched);
    align(kPoolAlignment);
    finishSymbols();
    if (!fits())
      complainAboutSize(entries);
    placeExternal(externals);
    std::erase_if(layout_.segments, [](const SegmentPlan &s) { return s.memoryBytes == 0; });
    return std::move(layout_);
  }

private:
  void align(std::uint64_t alignment) {
    position_ = (position_ + alignment - 1) / alignment * alignment;
  }

  void define(const char *name, std::uint64_t value) {
    layout_.symbols[name] = static_cast<Address>(value);
  }

  /// Passes the beginnings of all groups up to and including `group`.
  void enter(Group group) {
    while (entered_ < static_cast<int>(group)) {
      ++entered_;
      switch (static_cast<Group>(entered_)) {
      case Group::Constants:
        align(kPoolAlignment);
        define("_cp", position_);
        break;
      case Group::StartArrays:
        align(kPoolAlignment);
        arrays_.fill({position_, position_});
        break;
      case Group::Variables:
        align(kPoolAlignment);
        define("_dp", position_);
        break;
      case Group::Zeroed:
        // Only a zeroed section can follow here, so that the gap costs no bytes in the file.
        align(kPoolAlignment);
        define("__bss_start", position_);
        break;
      case Group::LargeVariables:
        align(kPoolAlignment);
        define("__bss_end", position_);
        break;
      default:
        break;
      }
    }
  }

  void add(const Entry &entry) {
    enter(entry.to.group);
    InputSection &section = entry.placed.section();
    if (layout_.segments.empty() || layout_.segments.back().name != entry.to.segment) {
      if (entry.to.group != Group::Other && entry.to.group != Group::OtherZeroed)
        align(kPoolAlignment);
      align(section.alignment);
      layout_.segments.push_back({entry.to.segment, {}, static_cast<Address>(position_), 0, 0});
      noteArray(entry.to.segment);
    }
    align(section.alignment);
    section.address = static_cast<Address>(position_);
    position_ += section.size;
    SegmentPlan &segment = layout_.segments.back();
    segment.sections.push_back(entry.placed);
    segment.memoryBytes = static_cast<std::uint32_t>(position_ - segment.address);
    if (!section.zeroed)
      segment.fileBytes = segment.memoryBytes;
    if (const auto array = startArray(entry.to.segment))
      arrays_[*array].second = position_;
  }

  void noteArray(const std::string &segment) {
    if (const auto array = startArray(segment))
      arrays_[*array].first = position_;
  }

  void placeExternal(std::vector<Entry> &entries) {
    position_ = options_.externalBase;
    for (const Entry &entry : entries)
      add(entry);
    const std::uint64_t used = position_ - options_.externalBase;
    if (used <= options_.externalBytes)
      return;
    largestFirst(entries);
    if (options_.externalBytes == 0) {
      const PlacedSection &first = entries.front().placed;
      complaints_.add(first.object->name + ": error: section " + std::string(first.section().name) +
                      " (" + std::to_string(first.section().size) +
                      " bytes) belongs into external memory, which this machine does not have; "
                      "link for one that has it (--machine xu316-lpddr)");
    } else {
      complaints_.add("error: what belongs into external memory is " +
                      std::to_string(used - options_.externalBytes) + " bytes too large for the " +
                      std::to_string(options_.externalBytes) + " bytes at " +
                      hex(options_.externalBase) + "; make it smaller, the largest sections are " +
                      largestText(entries));
    }
  }

  void finishSymbols() {
    for (std::size_t i = 0; i < kStartArrays.size(); ++i) {
      const std::string name = "__" + std::string(kStartArrays[i].substr(1));
      define((name + "_start").c_str(), arrays_[i].first);
      define((name + "_end").c_str(), arrays_[i].second);
    }
    define("_sp", stackTop());
    define("__heap_start", position_);
    define("__heap_end", stackTop() - std::min<std::uint64_t>(options_.stackBytes, stackTop()));
  }

  std::uint64_t memoryEnd() const {
    return std::min(std::uint64_t{options_.memoryBase} + options_.memoryBytes,
                    std::uint64_t{1} << 32);
  }

  /// entsp stores lr at the old sp[0], so the first stack pointer is a place inside the memory.
  std::uint64_t stackTop() const {
    return memoryEnd() / kStackAlignment * kStackAlignment - kStackAlignment;
  }

  bool fits() const { return position_ + options_.stackBytes <= stackTop(); }

  void complainAboutSize(std::vector<Entry> &entries) {
    const std::uint64_t excess = position_ + options_.stackBytes - stackTop();
    largestFirst(entries);
    complaints_.add("error: the program with its stack (" + std::to_string(options_.stackBytes) +
                    " bytes) is " + std::to_string(excess) + " bytes too large for the " +
                    std::to_string(options_.memoryBytes) + " bytes of memory at " +
                    hex(options_.memoryBase) + "; make it smaller, the largest sections are " +
                    largestText(entries));
  }

  static void largestFirst(std::vector<Entry> &entries) {
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
      return a.placed.section().size > b.placed.section().size;
    });
  }

  static std::string largestText(const std::vector<Entry> &entries) {
    std::string text;
    for (std::size_t i = 0; i < entries.size() && i < 3; ++i)
      text += (i == 0 ? "" : ", ") + std::string(entries[i].placed.section().name) + " of " +
              entries[i].placed.object->name + " (" +
              std::to_string(entries[i].placed.section().size) + ")";
    return text;
  }

  const LinkOptions &options_;
  Complaints &complaints_;
  std::uint64_t position_; ///< 64 bits: sizes that lie must not wrap.
  int entered_ = 0;
  std::array<std::pair<std::uint64_t, std::uint64_t>, kStartArrays.size()> arrays_{};
  Layout layout_;
};

} // namespace

Layout placeSections(Resolution &resolution, const LinkOptions &options, Complaints &complaints) {
  return Placer(options, complaints).place(sortedEntries(resolution));
}

} // namespace xs3::assembler
