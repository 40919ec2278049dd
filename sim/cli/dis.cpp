// xs3 dis: machine code to text.
#include "asm/dis/listing.h"
#include "base/file.h"
#include "sim/cli/verb.h"

namespace xs3::cli {
namespace {

constexpr Address kDefaultBase = 0x80000; // where the SRAM of a tile begins

int runDis(Invocation &invocation) {
  std::vector<std::string> files;
  std::string symbol;
  bool raw = false;
  std::optional<std::uint64_t> base;
  Options options(invocation);
  options.value("symbol", "NAME", symbol, "only the code or data of this symbol");
  options.flag("raw", raw, "the file is an image of memory that begins with single-issue code");
  options.value("base", "ADDRESS", base, "where a raw image lies (0x80000)");
  options.positional("FILE", files, 1, 1);
  if (!options.parse())
    return 0;
  if (base && !raw)
    throw UsageError("error: --base says where a raw image lies, so it needs --raw");
  if (base && *base > ~Address{0})
    throw UsageError("error: --base is no address: at most 0xffffffff is");

  assembler::ListingOptions listing;
  listing.symbol = symbol;
  if (raw)
    listing.rawBase = static_cast<Address>(base.value_or(kDefaultBase));
  invocation.out << assembler::listing(readFile(files.front()), files.front(), listing);
  return 0;
}

} // namespace

extern const Verb kDisVerb;
const Verb kDisVerb = {
    "dis",
    "machine code to assembly text",
    "[OPTION...] FILE",
    R"(Disassembles an object, an archive, a linked program (ELF or .xe) or, with --raw, an image of
memory. Each line shows address and value in a comment, then the instruction or packet; the text
can be assembled again and gives the same bytes.)",
    "xs3 dis program.xe --symbol main\n"
    "xs3 dis --raw --base 0x80000 image.bin",
    runDis};

} // namespace xs3::cli
