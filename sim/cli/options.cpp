// The options of a verb, on Boost.Program_options: one sentence for every mistake.
#include "sim/cli/edit_distance.h"
#include "sim/cli/verb.h"

#include <boost/program_options.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace po = boost::program_options;

namespace xs3::cli {
namespace {

constexpr const char *kPositional = " arguments"; // No option can be called so.

bool isNegativeNumber(std::string_view token) {
  return token.size() > 1 && token[0] == '-' && token[1] >= '0' && token[1] <= '9';
}

std::uint64_t parseNumber(const std::string &option, std::string_view text) {
  std::string_view digits = text;
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    digits.remove_prefix(2);
    base = 16;
  }
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw UsageError("error: --" + option + " wants a number of 0 or more, not '" +
                     std::string(text) + "'");
  return number;
}

double parseReal(const std::string &option, const std::string &text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    throw UsageError("error: --" + option + " wants a number, not '" + text + "'");
  return number;
}

/// "output" of "output,o".
std::string longName(std::string_view name) { return std::string(name.substr(0, name.find(','))); }

} // namespace

struct Options::State {
  explicit State(Invocation &invoked) : invocation(invoked) {}

  Invocation &invocation;
  po::options_description described{"Options", 100, 60}; ///< What --help shows.
  std::vector<std::string> names;                        ///< "--output", for suggestions.

  std::string positionalName;
  std::vector<std::string> *positional = nullptr;
  std::size_t least = 0, most = 0;

  bool help = false, quiet = false, verbose = false;

  void add(std::string_view name, const po::value_semantic *semantic, std::string_view text) {
    described.add_options()(std::string(name).c_str(), semantic, std::string(text).c_str());
    names.push_back("--" + longName(name));
  }
  void checkUnknown(const std::string &option) const;
  void read();
  void printHelp() const;
};

/// Boost asks this before its own rules: a negative number only looks like an option.
static std::vector<po::option> takeNegativeNumber(std::vector<std::string> &tokens) {
  std::vector<po::option> taken;
  if (isNegativeNumber(tokens.front())) {
    po::option option;
    option.value.push_back(tokens.front());
    option.original_tokens.push_back(tokens.front());
    taken.push_back(option);
    tokens.erase(tokens.begin());
  }
  return taken;
}

void Options::State::checkUnknown(const std::string &option) const {
  const std::string suggestion = nearest(option, names);
  throw UsageError("error: '" + std::string(invocation.verb.name) + "' has no option " + option +
                   (suggestion.empty()
                        ? "; see 'xs3 " + std::string(invocation.verb.name) + " --help'"
                        : "; did you mean " + suggestion + "?"));
}

void Options::State::read() {
  po::options_description all;
  std::vector<std::string> arguments;
  all.add(described).add_options()(kPositional, po::value(&arguments));
  po::positional_options_description places;
  places.add(kPositional, -1);
  const int style = po::command_line_style::unix_style &
                    ~static_cast<int>(po::command_line_style::allow_guessing);
  po::variables_map values;
  po::store(po::command_line_parser(invocation.arguments)
                .options(all)
                .positional(places)
                .style(style)
                .extra_style_parser(takeNegativeNumber)
                .run(),
            values);
  po::notify(values);
  if (help)
    return;
  const std::string hint = "; see 'xs3 " + std::string(invocation.verb.name) + " --help'";
  if (arguments.size() > most)
    throw UsageError("error: '" + arguments[most] + "' is one argument too many" + hint);
  if (arguments.size() < least)
    throw UsageError("error: " + positionalName + " is missing" + hint);
  if (positional)
    *positional = std::move(arguments);
}

void Options::State::printHelp() const {
  const Verb &verb = invocation.verb;
  std::ostream &out = invocation.out;
  out << "xs3 " << verb.name << ": " << verb.summary << "\n\nUsage: xs3 " << verb.name << ' '
      << verb.usage << "\n";
  if (!verb.about.empty())
    out << '\n' << verb.about << (verb.about.ends_with('\n') ? "" : "\n");
  out << '\n' << described << "\nExample:\n";
  for (std::string_view rest = verb.example; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out << "  " << rest.substr(0, end) << '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

Options::Options(Invocation &invocation) : state_(std::make_unique<State>(invocation)) {}
Options::~Options() = default;

void Options::flag(std::string_view name, bool &target, std::string_view explanation) {
  state_->add(name, po::bool_switch(&target)->default_value(target), explanation);
}

void Options::value(std::string_view name, std::string_view value, std::string &target,
                    std::string_view explanation) {
  state_->add(name, po::value(&target)->value_name(std::string(value)), explanation);
}

void Options::value(std::string_view name, std::string_view value,
                    std::optional<std::string> &target, std::string_view explanation) {
  state_->add(name,
              po::value<std::string>()
                  ->value_name(std::string(value))
                  ->notifier([&target](const std::string &text) { target = text; }),
              explanation);
}

void Options::value(std::string_view name, std::string_view value,
                    std::optional<std::uint64_t> &target, std::string_view explanation) {
  state_->add(name,
              po::value<std::string>()
                  ->value_name(std::string(value))
                  ->notifier([&target, option = longName(name)](const std::string &text) {
                    target = parseNumber(option, text);
                  }),
              explanation);
}

void Options::value(std::string_view name, std::string_view value, std::optional<double> &target,
                    std::string_view explanation) {
  state_->add(name,
              po::value<std::string>()
                  ->value_name(std::string(value))
                  ->notifier([&target, option = longName(name)](const std::string &text) {
                    target = parseReal(option, text);
                  }),
              explanation);
}

void Options::values(std::string_view name, std::string_view value,
                     std::vector<std::string> &target, std::string_view explanation) {
  state_->add(name, po::value(&target)->composing()->value_name(std::string(value)), explanation);
}

void Options::positional(std::string_view value, std::vector<std::string> &target,
                         std::size_t least, std::size_t most) {
  state_->positionalName = value;
  state_->positional = &target;
  state_->least = least;
  state_->most = most;
}

bool Options::parse() {
  State &state = *state_;
  flag("help,h", state.help, "explain this verb");
  flag("quiet,q", state.quiet, "only errors and results");
  flag("verbose,v", state.verbose, "say more");
  try {
    state.read();
  } catch (const po::unknown_option &error) {
    state.checkUnknown(error.get_option_name());
  } catch (const po::multiple_occurrences &error) {
    throw UsageError("error: " + error.get_option_name() + " may be given only once");
  } catch (const po::error_with_option_name &error) {
    const bool unwanted = dynamic_cast<const po::invalid_command_line_syntax *>(&error) &&
                          static_cast<const po::invalid_command_line_syntax &>(error).kind() ==
                              po::invalid_syntax::extra_parameter;
    throw UsageError("error: " + error.get_option_name() +
                     (unwanted ? " takes no value" : " wants a value behind it"));
  } catch (const po::error &error) {
    throw UsageError(std::string("error: ") + error.what());
  }
  if (state.help) {
    state.printHelp();
    return false;
  }
  if (state.quiet || state.verbose)
    state.invocation.console.setVerbosity(state.quiet ? Console::Verbosity::Quiet
                                                      : Console::Verbosity::Verbose);
  return true;
}

} // namespace xs3::cli
