// A pass over the text before it is parsed.
#include "asm/parser/limits.h"

#include <algorithm>

namespace xs3::assembler {

namespace {
// Levels of parentheses and signs in front of a term, and operators in one expression: the parser
// and the evaluation of expressions take a stack frame for each.
constexpr unsigned kDeepest = 200;
constexpr unsigned kMostOperators = 2000;
} // namespace

std::optional<Diagnostic> findExcess(std::string_view text, const std::string &fileName) {
  unsigned line = 1, depth = 0, signs = 0, operators = 0;
  std::size_t lineBegin = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++line;
      lineBegin = i + 1;
      depth = signs = operators = 0;
      inString = false;
      continue;
    }
    if (inString) {
      if (c == '\\')
        ++i;
      else
        inString = c != '"';
      continue;
    }
    if (c == '"')
      inString = true;
    else if (c == ',' || c == ';')
      depth = signs = operators = 0;
    else if (c == '(')
      ++depth;
    else if (c == ')')
      depth -= depth > 0 ? 1 : 0;
    else if (std::string_view("+-~!").find(c) != std::string_view::npos)
      ++signs, ++operators;
    else if (std::string_view("*/%&|^<>=").find(c) != std::string_view::npos)
      ++operators;
    else if (c != ' ' && c != '\t')
      signs = 0;
    if (depth <= kDeepest && signs <= kDeepest && operators <= kMostOperators)
      continue;
    Diagnostic d;
    d.file = fileName;
    d.line = line;
    d.column = static_cast<unsigned>(i - lineBegin) + 1;
    d.message = operators > kMostOperators
                    ? "an expression has at most " + std::to_string(kMostOperators) + " operators"
                    : "an expression is nested at most " + std::to_string(kDeepest) + " deep";
    return d;
  }
  return std::nullopt;
}

} // namespace xs3::assembler
