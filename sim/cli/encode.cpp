// xs3 encode: instructions to their hex values.
#include "asm/assemble.h"
#include "sim/cli/lines.h"
#include "sim/cli/verb.h"

#include <cstdio>

namespace xs3::cli {
namespace {

std::string hex(const assembler::Encoded &encoded) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%0*x", static_cast<int>(2 * encoded.bytes), encoded.word);
  return digits;
}

int runEncode(Invocation &invocation) {
  bool dual = false;
  std::vector<std::string> texts;
  Options options(invocation);
  options.flag("dual", dual, "as in dual issue: an instruction by itself fills a packet");
  options.positional("TEXT", texts, 1);
  if (!options.parse())
    return 0;
  return forLines(texts, invocation, [&](std::span<const std::string> lines) {
    std::vector<Line> results;
    for (const assembler::EncodedLine &line : assembler::assembleInstructions(lines, dual))
      results.push_back({line.error.empty() ? hex(line.encoded) : line.error, line.error.empty()});
    return results;
  });
}

} // namespace

extern const Verb kEncodeVerb;
const Verb kEncodeVerb = {
    "encode",
    "instructions and packets to their hex values",
    "[--dual] TEXT...",
    R"(Prints the value of each instruction or packet: four digits, or eight as HI:LO (the halfword at the
lower address is the lower one). "-" reads one a line from standard input. What is no instruction
prints "error: ..." in its place, and the exit status is 1 at the end.
Branches take a signed distance in units from what follows them: 2 bytes, or 4 in packets and with
--dual. A format suffix asks for that form: ldc_lru6 r1, 5.)",
    R"(xs3 encode 'add r0, r0, r1' '{ add r1, r1, r6 ; vlmaccr r8[0] }'
1001
a7f81256)",
    runEncode};

} // namespace xs3::cli
