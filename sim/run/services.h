// What a simulated program may ask of the host at `_DoSyscall`, by number in r0: exit, standard
// streams, files, arguments. Nothing reaches the host that was not enabled.
#pragma once

#include "base/types.h"
#include "sim/state/memory.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace xs3::sim {

/// A request: r0 and r1..r3.
struct ServiceCall {
  Word number = 0;
  std::array<Word, 3> arguments{};
};

/// What becomes of it.
struct ServiceAnswer {
  enum class Kind {
    Result,   ///< r0 = result; the program goes on at lr.
    Exit,     ///< The program ends with `result` as its status.
    TileDone, ///< The calling tile has ended.
    NotServed ///< Nobody listens: the program's own code at _DoSyscall answers.
  };
  Kind kind = Kind::NotServed;
  Word result = 0;
  Address writtenAddress = 0; ///< Bytes of simulated memory that were changed.
  std::uint32_t writtenBytes = 0;
};

/// What the program may reach.
struct ServicePermissions {
  std::vector<std::string> arguments; ///< argv; the first is the program's name.
  /// Takes what the program writes to descriptor 1 or 2. Without it writing fails.
  std::function<void(int descriptor, std::span<const std::uint8_t>)> write;
  /// Fills a buffer from standard input and says how many bytes came (0 = end). Without it the
  /// input is empty.
  std::function<std::size_t(std::span<std::uint8_t>)> read;
  /// A folder whose files the program may open, rename and remove; paths are relative to it and
  /// may not leave it. Without it every such request fails.
  std::optional<std::string> folder;
  /// The answer to `time`, in seconds since 1970. Fixed, so that runs can be repeated.
  Word seconds = 0;
};

/// Serves the requests. Owns the files that the program has open.
class HostServices {
public:
  explicit HostServices(ServicePermissions permissions);
  ~HostServices();
  HostServices(const HostServices &) = delete;
  HostServices &operator=(const HostServices &) = delete;

  /// Whatever a request says, nothing outside `memory` and the permissions is touched: a bad
  /// buffer, descriptor or path is answered with -1.
  ServiceAnswer serve(const ServiceCall &call, Memory &memory);

private:
  class Files;

  ServiceAnswer readInto(Word descriptor, Address buffer, Word count, Memory &memory);
  ServiceAnswer writeFrom(Word descriptor, Address buffer, Word count, const Memory &memory);
  ServiceAnswer giveTime(Address place, Memory &memory) const;
  ServiceAnswer giveArguments(Address buffer, Word size, Memory &memory) const;

  ServicePermissions permissions_;
  std::unique_ptr<Files> files_;
};

} // namespace xs3::sim
