// The whole program: finds the verb, runs it, turns what was thrown into a sentence and a status.
#include "sim/cli/verb.h"

#include "sim/cli/edit_distance.h"
#include "sim/cli/version.h"

#include <algorithm>
#include <cctype>
#include <iomanip>
#include <new>

namespace xs3::cli {
namespace {

constexpr int kOurFault = 70; // cli.md section 1

void printOverview(std::ostream &out) {
  out << "xs3: toolchain and simulator for the XMOS xcore.ai (XS3) processor\n\n"
         "Usage: xs3 VERB [OPTION...] [ARGUMENT...]\n\n"
         "Verbs:\n";
  std::size_t width = 0;
  for (const Verb *verb : verbs())
    width = std::max(width, verb->name.size());
  for (const Verb *verb : verbs())
    out << "  " << std::left << std::setw(static_cast<int>(width)) << verb->name << "  "
        << verb->summary << '\n';
  out << "\n'xs3 VERB --help' explains a verb with an example; 'xs3 --version' says which xs3 this "
         "is.\n";
}

const Verb &findVerb(const std::string &name) {
  std::vector<std::string> names;
  for (const Verb *verb : verbs()) {
    if (verb->name == name)
      return *verb;
    names.emplace_back(verb->name);
  }
  const std::string suggestion = nearest(name, names);
  throw UsageError(
      "error: there is no verb '" + name + "'; " +
      (suggestion.empty() ? "'xs3' alone lists them" : "did you mean '" + suggestion + "'?"));
}

int dispatch(std::vector<std::string> arguments, std::ostream &out, Console &console,
             bool outIsTerminal) {
  const std::string first = arguments.empty() ? "--help" : arguments.front();
  if (!arguments.empty())
    arguments.erase(arguments.begin());
  if (first == "--version" || first == "version") {
    out << "xs3 " << version() << '\n';
    return 0;
  }
  const bool wantsHelp = first == "--help" || first == "-h" || first == "help";
  if (wantsHelp && arguments.empty()) {
    printOverview(out);
    return 0;
  }
  if (first.starts_with("-") && !wantsHelp) {
    const std::vector<std::string> known = {"--version", "--help"};
    const std::string suggestion = nearest(first, known);
    throw UsageError(
        "error: a verb is wanted before " + first +
        (suggestion.empty() ? "; 'xs3' alone lists them" : "; did you mean " + suggestion + "?"));
  }
  const Verb &verb = findVerb(wantsHelp ? arguments.front() : first);
  if (wantsHelp)
    arguments = {"--help"};
  Invocation invocation{verb, std::move(arguments), out, console, outIsTerminal};
  return verb.run(invocation);
}

/// An argument as a shell would take it back.
std::string quoted(const std::string &argument) {
  const auto isPlain = [](unsigned char c) {
    return std::isalnum(c) ||
           std::string_view("-_./:=,+@%").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!argument.empty() && std::all_of(argument.begin(), argument.end(), isPlain))
    return argument;
  std::string text = "'";
  for (const char c : argument)
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

} // namespace

std::string_view version() { return XS3_VERSION; }

std::string Invocation::commandLine() const {
  std::string text = "xs3 " + std::string(verb.name);
  for (const std::string &argument : arguments)
    text += " " + quoted(argument);
  return text;
}

int runXs3(std::vector<std::string> arguments, std::ostream &out, Console &console,
           bool outIsTerminal) {
  try {
    return dispatch(std::move(arguments), out, console, outIsTerminal);
  } catch (const Error &error) {
    console.error(error.what());
    return error.exitStatus;
  } catch (const std::bad_alloc &) {
    console.error("error: not enough memory for this; nothing was written");
  } catch (const std::exception &error) {
    console.error(std::string("error: internal error: ") + error.what() +
                  "; this is a fault of xs3, please report it with the command line");
  }
  return kOurFault;
}

} // namespace xs3::cli
