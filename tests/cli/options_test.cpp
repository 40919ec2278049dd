// Options of a made-up verb: what is read, and the sentence for each mistake.
#include "sim/cli/verb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace xs3::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Parsed {
  bool flag = false;
  std::string text = "default";
  std::optional<std::string> maybe;
  std::optional<std::uint64_t> number;
  std::optional<double> real;
  std::vector<std::string> list, arguments;
  bool goesOn = false;
  std::string help, fault;
  int status = 0;
  Console::Verbosity verbosity = Console::Verbosity::Normal;
};

const Verb kMadeUp = {"make",   "makes something", "[OPTION...] FILE...",
                      "About.", "xs3 make a",      nullptr};

Parsed parse(std::vector<std::string> arguments, std::size_t least = 0, std::size_t most = 9) {
  std::ostringstream out, err;
  Console console(err);
  Invocation invocation{kMadeUp, std::move(arguments), out, console};
  Parsed parsed;
  Options options(invocation);
  options.flag("dual", parsed.flag, "dual issue");
  options.value("output,o", "FILE", parsed.text, "where to write");
  options.value("maybe", "WORD", parsed.maybe, "perhaps");
  options.value("count", "N", parsed.number, "how many");
  options.value("ratio", "R", parsed.real, "how much");
  options.values("set", "KEY=VALUE", parsed.list, "change a key");
  options.positional("FILE", parsed.arguments, least, most);
  try {
    parsed.goesOn = options.parse();
  } catch (const Error &error) {
    parsed.fault = error.what();
    parsed.status = error.exitStatus;
  }
  parsed.help = out.str();
  parsed.verbosity = console.verbosity();
  return parsed;
}

TEST(Options, NothingGivenKeepsDefaults) {
  const Parsed parsed = parse({});
  EXPECT_TRUE(parsed.goesOn);
  EXPECT_FALSE(parsed.flag);
  EXPECT_EQ(parsed.text, "default");
  EXPECT_FALSE(parsed.maybe || parsed.number || parsed.real);
  EXPECT_TRUE(parsed.list.empty() && parsed.arguments.empty());
}

TEST(Options, ValuesAreReadInEverySpelling) {
  const Parsed parsed = parse({"a", "--dual", "--output=x", "--count", "0x10", "--ratio", "1e-5",
                               "--set", "k=1", "b", "--set=l=2", "--maybe", "m", "c"});
  EXPECT_TRUE(parsed.flag);
  EXPECT_EQ(parsed.text, "x");
  EXPECT_EQ(parsed.number, 16u);
  EXPECT_EQ(parsed.real, 1e-5);
  EXPECT_EQ(parsed.maybe, "m");
  EXPECT_THAT(parsed.list, ElementsAre("k=1", "l=2"));
  EXPECT_THAT(parsed.arguments, ElementsAre("a", "b", "c"));
  EXPECT_EQ(parse({"-o", "y"}).text, "y");
  EXPECT_EQ(parse({"-oy"}).text, "y");
}

TEST(Options, NumbersBelowZeroAndDashesAreArguments) {
  EXPECT_THAT(parse({"-5", "-", "-0x3"}).arguments, ElementsAre("-5", "-", "-0x3"));
  EXPECT_THAT(parse({"--", "--dual", "-x"}).arguments, ElementsAre("--dual", "-x"));
  EXPECT_EQ(parse({"--output", "-"}).text, "-");
}

TEST(Options, QuietAndVerboseReachTheConsole) {
  EXPECT_EQ(parse({"-q"}).verbosity, Console::Verbosity::Quiet);
  EXPECT_EQ(parse({"--verbose"}).verbosity, Console::Verbosity::Verbose);
}

TEST(Options, HelpExplainsAndStops) {
  const Parsed parsed = parse({"--help"}, 1);
  EXPECT_FALSE(parsed.goesOn);
  EXPECT_EQ(parsed.fault, "");
  for (const char *part : {"xs3 make: makes something", "Usage: xs3 make [OPTION...] FILE...",
                           "About.", "--output", "where to write", "Example:\n  xs3 make a"})
    EXPECT_THAT(parsed.help, HasSubstr(part));
}

struct Mistake {
  std::vector<std::string> arguments;
  std::string sentence;
};

TEST(Options, EveryMistakeHasASentence) {
  const std::vector<Mistake> mistakes = {
      {{"--ouput", "x"}, "error: 'make' has no option --ouput; did you mean --output?"},
      {{"--zzzzzzzzz"}, "error: 'make' has no option --zzzzzzzzz; see 'xs3 make --help'"},
      {{"-z"}, "error: 'make' has no option -z; see 'xs3 make --help'"},
      {{"--out", "x"}, "error: 'make' has no option --out; did you mean --output?"},
      {{"--output"}, "error: --output wants a value behind it"},
      {{"--dual=1"}, "error: --dual takes no value"},
      {{"--output", "a", "--output", "b"}, "error: --output may be given only once"},
      {{"--count", "ten"}, "error: --count wants a number of 0 or more, not 'ten'"},
      {{"--count", "-1"}, "error: --count wants a number of 0 or more, not '-1'"},
      {{"--count", "99999999999999999999"},
       "error: --count wants a number of 0 or more, not "
       "'99999999999999999999'"},
      {{"--count", "1x"}, "error: --count wants a number of 0 or more, not '1x'"},
      {{"--ratio", "nan"}, "error: --ratio wants a number, not 'nan'"},
      {{"a", "b", "c"}, "error: 'c' is one argument too many; see 'xs3 make --help'"},
  };
  for (const Mistake &mistake : mistakes) {
    const Parsed parsed = parse(mistake.arguments, 0, 2);
    EXPECT_EQ(parsed.fault, mistake.sentence);
    EXPECT_EQ(parsed.status, 2);
  }
  EXPECT_EQ(parse({}, 1).fault, "error: FILE is missing; see 'xs3 make --help'");
}

TEST(Invocation, TheCommandLineCanBeTypedAgain) {
  std::ostringstream out;
  Console console(out);
  const Invocation invocation{
      kMadeUp, {"a.tflite", "--set", "k=1", "two words", "it's", ""}, out, console};
  EXPECT_EQ(invocation.commandLine(), "xs3 make a.tflite --set k=1 'two words' 'it'\\''s' ''");
}

} // namespace
} // namespace xs3::cli
