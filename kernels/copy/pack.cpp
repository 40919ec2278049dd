#include "kernels/copy/call.h"

namespace xs3::kernels {

PackedCall packCopy(std::uint32_t bytes) {
  const std::uint32_t units = (bytes + 31) / 32, rest = bytes % 32;
  CopyArguments arguments = {};
  arguments.last = units - 1;
  arguments.lastMask = rest == 0 ? ~Word{0} : (Word{1} << rest) - 1;
  PackedCall call;
  call.kernel = "copy_bytes";
  call.arguments = argumentWords(arguments);
  call.units = units;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace xs3::kernels
