// xs3 ops: the operators of networks that can be compiled, and within which limits.
#include "kernels/compiler/compile.h"
#include "sim/cli/verb.h"

#include <algorithm>

namespace xs3::cli {
namespace {

constexpr std::size_t kLineWidth = 100;

/// The words of `text` in lines behind an indent that the first line already has.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > indent && column + 1 + end > kLineWidth) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
    }
    lines += (column > indent ? " " : "") + std::string(text.substr(0, end));
    column += end + (column > indent ? 1 : 0);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

int runOps(Invocation &invocation) {
  Options options(invocation);
  if (!options.parse())
    return 0;
  std::size_t width = 0;
  for (const compiler::SupportedOperator &op : compiler::supportedOperators())
    width = std::max(width, op.name.size());
  for (const compiler::SupportedOperator &op : compiler::supportedOperators())
    invocation.out << op.name << std::string(width + 2 - op.name.size(), ' ')
                   << wrapped(op.limits, width + 2) << '\n';
  return 0;
}

} // namespace

extern const Verb kOpsVerb;
const Verb kOpsVerb = {
    "ops",     "the operators of networks that are supported, with their limits",
    "",        "A network that holds any other operator is refused with its name and place.",
    "xs3 ops", runOps};

} // namespace xs3::cli
