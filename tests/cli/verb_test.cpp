// The frame: overview, help of every verb, mistakes.
#include "sim/cli/verb.h"

#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace xs3::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Verbs, TheOverviewListsThemAll) {
  const test::Result result = test::xs3({});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  for (const Verb *verb : verbs()) {
    EXPECT_THAT(result.out, HasSubstr("  " + std::string(verb->name) + " "));
    EXPECT_THAT(result.out, HasSubstr(std::string(verb->summary)));
  }
  EXPECT_EQ(test::xs3({"--help"}).out, result.out);
  EXPECT_EQ(test::xs3({"help"}).out, result.out);
}

TEST(Verbs, ThePublishedVerbsAreThere) {
  for (const char *name :
       {"encode", "decode", "asm", "link", "dis", "run", "machine", "compile", "profile", "ops"})
    EXPECT_EQ(test::xs3({name, "--help"}).status, 0) << name;
}

TEST(Verbs, EachExplainsItselfWithAnExampleInALinesWidth) {
  for (const Verb *verb : verbs()) {
    const std::string name(verb->name);
    const test::Result result = test::xs3({name, "--help"});
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, StartsWith("xs3 " + name + ": "));
    EXPECT_THAT(result.out, HasSubstr("\nUsage: xs3 " + name));
    EXPECT_THAT(result.out, HasSubstr("\nExample:\n  xs3 "));
    EXPECT_THAT(result.out.substr(result.out.find("Example:")), HasSubstr("  xs3 " + name));
    EXPECT_EQ(test::xs3({"help", name}).out, result.out);
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(line.size(), 106u) << name << ": " << line;
  }
}

TEST(Verbs, EachRefusesAnOptionItDoesNotHave) {
  for (const Verb *verb : verbs()) {
    const test::Result result = test::xs3({std::string(verb->name), "--no-such-option"});
    EXPECT_EQ(result.status, 2) << verb->name;
    EXPECT_THAT(result.err, StartsWith("xs3: error: '" + std::string(verb->name) +
                                       "' has no option --no-such-option"));
    EXPECT_EQ(result.out, "");
  }
}

TEST(Verbs, AnUnknownVerbSuggestsTheNearest) {
  const test::Result result = test::xs3({"profle"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "xs3: error: there is no verb 'profle'; did you mean 'profile'?\n");
  EXPECT_THAT(test::xs3({"frobnicate"}).err, HasSubstr("'xs3' alone lists them"));
  EXPECT_THAT(test::xs3({"--versoin"}).err, HasSubstr("did you mean --version?"));
  EXPECT_EQ(test::xs3({"-q"}).status, 2);
}

TEST(Verbs, TheVersionIsPrinted) {
  const test::Result result = test::xs3({"--version"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, testing::MatchesRegex("xs3 [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

} // namespace
} // namespace xs3::cli
