// A verb of the command line, what it is handed, and how it reads its options. One file per verb.
//
//   int runEncode(Invocation &invocation) {
//     bool dual = false;
//     std::vector<std::string> texts;
//     Options options(invocation);
//     options.flag("dual", dual, "branch distances in packets, not halfwords");
//     options.positional("TEXT", texts);
//     if (!options.parse())
//       return 0; // --help was printed
//     invocation.out << ...;
//   }
//   const Verb kEncodeVerb = {"encode", "instructions to their hex values", "[TEXT...]", R"(...)",
//                             "xs3 encode 'add r0, r0, r1'", runEncode};
#pragma once

#include "base/error.h"
#include "sim/cli/console.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::cli {

struct Verb;

/// What a verb is handed.
struct Invocation {
  const Verb &verb;
  std::vector<std::string> arguments; ///< Those behind the verb.
  std::ostream &out;                  ///< Standard output: results, nothing else.
  Console &console;                   ///< Standard error: messages.
  bool outIsTerminal = false;

  /// "xs3 encode 'add r0, r0, r1'": the command line as one would type it.
  std::string commandLine() const;
};

/// A row of the table in verbs.cpp.
struct Verb {
  std::string_view name;    ///< "encode"
  std::string_view summary; ///< One line without a full stop, for the overview.
  std::string_view usage;   ///< What follows the name: "[OPTION...] [TEXT...]".
  std::string_view about;   ///< A paragraph or a few for --help; may be empty.
  std::string_view example; ///< One or more command lines, with their output if it is short.

  /// Does it. Returns the exit status; throws Error for what was handed in (its exitStatus, 1 by
  /// default, or 2 by UsageError).
  int (*run)(Invocation &invocation);
};

/// All verbs, in the order of the overview.
std::span<const Verb *const> verbs();

/// Wrong usage: exit status 2. The sentence names the option or argument and says what to do.
class UsageError : public Error {
public:
  explicit UsageError(const std::string &sentence) : Error(sentence, 2) {}
};

/// A verb's options, read with Boost.Program_options: what it accepts, then parse(). The variables
/// keep their value when an option is not given. --help, -q and -v are always there. A number below
/// zero ("-5") is an argument, not an option; so is everything behind "--".
class Options {
public:
  explicit Options(Invocation &invocation);
  ~Options();
  Options(const Options &) = delete;
  Options &operator=(const Options &) = delete;

  /// `name` is "dual", or "output,o" with a letter. `value` is what --help calls the value:
  /// "FILE".
  void flag(std::string_view name, bool &target, std::string_view explanation);
  void value(std::string_view name, std::string_view value, std::string &target,
             std::string_view explanation);
  void value(std::string_view name, std::string_view value, std::optional<std::string> &target,
             std::string_view explanation);
  /// Decimal, or hexadecimal behind 0x.
  void value(std::string_view name, std::string_view value, std::optional<std::uint64_t> &target,
             std::string_view explanation);
  void value(std::string_view name, std::string_view value, std::optional<double> &target,
             std::string_view explanation);
  /// May be repeated.
  void values(std::string_view name, std::string_view value, std::vector<std::string> &target,
              std::string_view explanation);

  /// The arguments that are no options: at least `least`, at most `most` of them.
  void positional(std::string_view value, std::vector<std::string> &target, std::size_t least = 0,
                  std::size_t most = ~std::size_t{0});

  /// Reads the arguments. False when --help was asked for and printed. Throws UsageError.
  bool parse();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The whole program: `arguments` as main gets them, without the program's own name. Returns the
/// exit status; throws nothing.
int runXs3(std::vector<std::string> arguments, std::ostream &out, Console &console,
           bool outIsTerminal);

} // namespace xs3::cli
