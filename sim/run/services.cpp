// The services by number (c-programs.md section 10), streams and arguments; files are in
// service_files.cpp.
#include "sim/run/services.h"

#include "sim/run/service_files.h"

#include <algorithm>

namespace xs3::sim {

namespace {

constexpr Word kFailed = ~Word{0};

enum Number : Word {
  Exit = 0,
  Open = 3,
  Close = 4,
  Read = 5,
  Write = 6,
  Done = 7,
  Seek = 8,
  Rename = 9,
  Time = 10,
  Remove = 11,
  System = 12,
  Arguments = 13,
  IsSimulation = 99
};

ServiceAnswer result(Word value, Address writtenAddress = 0, std::uint32_t writtenBytes = 0) {
  return {ServiceAnswer::Kind::Result, value, writtenAddress, writtenBytes};
}

/// The zero-terminated text at `address`, if it ends inside the memory.
std::optional<std::string> textAt(const Memory &memory, Address address) {
  std::string text;
  for (; memory.contains(address, 1); ++address) {
    const auto byte = memory.read<char>(address);
    if (byte == '\0')
      return text;
    text += byte;
  }
  return std::nullopt;
}

} // namespace

HostServices::HostServices(ServicePermissions permissions)
    : permissions_(std::move(permissions)), files_(std::make_unique<Files>(permissions_.folder)) {}

HostServices::~HostServices() = default;

ServiceAnswer HostServices::serve(const ServiceCall &call, Memory &memory) {
  const auto [a, b, c] = call.arguments;
  switch (call.number) {
  case Exit:
    return {ServiceAnswer::Kind::Exit, a, 0, 0};
  case Done:
    return {ServiceAnswer::Kind::TileDone, 0, 0, 0};
  case Open: {
    const auto path = textAt(memory, a);
    return result(path ? files_->open(*path, b, c) : kFailed);
  }
  case Close:
    return result(files_->close(a) ? 0 : kFailed);
  case Read:
    return readInto(a, b, c, memory);
  case Write:
    return writeFrom(a, b, c, memory);
  case Seek:
    return result(files_->seek(a, static_cast<std::int32_t>(b), c));
  case Rename: {
    const auto from = textAt(memory, a), to = textAt(memory, b);
    return result(from && to && files_->rename(*from, *to) ? 0 : kFailed);
  }
  case Remove: {
    const auto path = textAt(memory, a);
    return result(path && files_->remove(*path) ? 0 : kFailed);
  }
  case Time:
    return giveTime(a, memory);
  case System: // A simulated program starts no commands on the host.
    return result(kFailed);
  case Arguments:
    return giveArguments(a, b, memory);
  case IsSimulation:
    return result(1);
  default:
    return {};
  }
}

ServiceAnswer HostServices::readInto(Word descriptor, Address buffer, Word count, Memory &memory) {
  if (!memory.contains(buffer, count) || descriptor == 1 || descriptor == 2)
    return result(kFailed);
  const std::span<std::uint8_t> bytes(memory.at(buffer), count);
  if (descriptor == 0) {
    const std::size_t got = permissions_.read ? permissions_.read(bytes) : 0;
    return result(static_cast<Word>(got), buffer, static_cast<std::uint32_t>(got));
  }
  const Word got = files_->read(descriptor, bytes);
  return result(got, buffer, got == kFailed ? 0 : got);
}

ServiceAnswer HostServices::writeFrom(Word descriptor, Address buffer, Word count,
                                      const Memory &memory) {
  if (!memory.contains(buffer, count) || descriptor == 0)
    return result(kFailed);
  const std::span<const std::uint8_t> bytes(memory.at(buffer), count);
  if (descriptor > 2)
    return result(files_->write(descriptor, bytes));
  if (!permissions_.write)
    return result(kFailed);
  permissions_.write(static_cast<int>(descriptor), bytes);
  return result(count);
}

ServiceAnswer HostServices::giveTime(Address place, Memory &memory) const {
  if (place == 0)
    return result(permissions_.seconds);
  if (place % 4 != 0 || !memory.contains(place, 4))
    return result(kFailed);
  memory.write<Word>(place, permissions_.seconds);
  return result(permissions_.seconds, place, 4);
}

ServiceAnswer HostServices::giveArguments(Address buffer, Word size, Memory &memory) const {
  // argv[0], argv[1], ..., a null pointer, then the texts.
  const auto &arguments = permissions_.arguments;
  std::uint64_t needed = 4 * (arguments.size() + 1);
  for (const std::string &argument : arguments)
    needed += argument.size() + 1;
  if (buffer % 4 != 0 || !memory.contains(buffer, size))
    return result(kFailed);
  if (needed > size)
    return result(kFailed - 1); // -2: too small
  Address pointer = buffer;
  Address text = buffer + 4 * static_cast<Address>(arguments.size() + 1);
  for (const std::string &argument : arguments) {
    memory.write<Word>(pointer, text);
    pointer += 4;
    std::copy_n(argument.c_str(), argument.size() + 1, memory.at(text));
    text += static_cast<Address>(argument.size() + 1);
  }
  memory.write<Word>(pointer, 0);
  return result(static_cast<Word>(arguments.size()), buffer, static_cast<std::uint32_t>(needed));
}

} // namespace xs3::sim
