// Which definition wins, what archives give, and what is said when a symbol is missing or twice
// there.
#include "asm/link/archive.h"
#include "tests/asm/object_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint32_t kDp = elf::kAlloc | elf::kWrite | elf::kFromDp;

/// `_start`, and a data word at `pointer` that holds the address of `wanted`.
ObjectBuilder userOf(const std::string &wanted, elf::Binding binding = elf::kGlobal) {
  ObjectBuilder object = function("_start");
  const auto data = object.data(".dp.data", words({0xdeadbeef}), kDp);
  object.symbol("pointer", data);
  object.relocation(data, 0, 1, object.undefined(wanted, binding));
  return object;
}

std::uint32_t pointer(const Program &program) {
  return wordAt(program, addressOf(program, "pointer"));
}

LinkInput archive(const std::string &name,
                  const std::vector<std::pair<std::string, ObjectBuilder>> &members) {
  std::vector<Bytes> objects;
  std::vector<ArchiveMember> list;
  objects.reserve(members.size());
  for (const auto &[memberName, object] : members) {
    objects.push_back(object.build());
    list.push_back({memberName, objects.back()});
  }
  return {name, writeArchive(list)};
}

TEST(LinkResolve, AGlobalOfAnotherObjectIsFound) {
  const Program program = linked({userOf("f").input("a.o"), function("f").input("b.o")});
  EXPECT_EQ(pointer(program), addressOf(program, "f"));
}

TEST(LinkResolve, LocalsOfTheSameNameStayApart) {
  const auto object = [](const std::string &name, bool start) {
    ObjectBuilder object = function(name);
    const auto data = object.data(".dp.data", words({0, 7}), kDp);
    object.relocation(data, 0, 1, object.local("value", data, 4));
    if (start)
      object.symbol("_start", 1);
    return object.input(name + ".o");
  };

  const Program program = linked({object("f", true), object("g", false)});

  const Address dp = addressOf(program, "_dp");
  EXPECT_EQ(wordAt(program, dp), dp + 4);
  EXPECT_EQ(wordAt(program, dp + 8), dp + 12);
}

TEST(LinkResolve, AStrongDefinitionWinsOverAnEarlierWeakOne) {
  ObjectBuilder weak;
  weak.symbol("f", weak.text(words({1})), 0, elf::kWeak);

  const Program program =
      linked({userOf("f").input("a.o"), weak.input("b.o"), function("f").input("c.o")});

  EXPECT_EQ(wordAt(program, pointer(program)), 0x17FF17FFu);
}

TEST(LinkResolve, TheFirstOfTwoWeakDefinitionsWins) {
  const auto weak = [](std::uint32_t code) {
    ObjectBuilder object;
    object.symbol("f", object.text(words({code})), 0, elf::kWeak);
    return object;
  };

  const Program program =
      linked({userOf("f").input("a.o"), weak(1).input("b.o"), weak(2).input("c.o")});

  EXPECT_EQ(wordAt(program, pointer(program)), 1u);
}

TEST(LinkResolve, AWeakReferenceThatNobodyDefinesIsZero) {
  EXPECT_EQ(pointer(linked({userOf("f", elf::kWeak).input("a.o")})), 0u);
}

TEST(LinkResolve, DuplicatesNameBothPlaces) {
  EXPECT_THAT(linkError({function("_start").input("a.o"), function("f").input("b.o"),
                         function("f").input("c.o")}),
              AllOf(HasSubstr("c.o: error: symbol f is defined here (section .text + 0x0)"),
                    HasSubstr("and in b.o (section .text + 0x0)")));
}

TEST(LinkResolve, MissingSymbolsNameTheirPlacesAllInOneGo) {
  ObjectBuilder object = userOf("f");
  object.relocation(2, 0, 1, object.undefined("g"));
  object.relocation(2, 0, 1, object.undefined("g"));

  const std::string error = linkError({object.input("a.o")});

  EXPECT_THAT(error, HasSubstr("a.o: error: symbol f is used here (section .dp.data + 0x0) but "));
  EXPECT_THAT(error, HasSubstr("symbol g is used here (section .dp.data + 0x0, 1 more place)"));
}

TEST(LinkResolve, AnUndefinedSymbolThatNothingUsesIsNoError) {
  ObjectBuilder object = function("_start");
  object.undefined("f.nstackwords");
  EXPECT_EQ(linkError({object.input("a.o")}), "");
}

TEST(LinkResolve, AMissingEntryIsAnError) {
  EXPECT_THAT(linkError({function("f").input("a.o")}),
              HasSubstr("symbol _start, the entry, is not defined"));
  LinkOptions options;
  options.entry = "f";
  EXPECT_EQ(linked({function("f").input("a.o")}, options).entry, 0x80000u);
}

TEST(LinkResolve, ArchiveMembersAreTakenOnDemandOnly) {
  const Program program =
      linked({userOf("f").input("a.o"),
              archive("lib.a", {{"unused.o", function("unused")}, {"f.o", function("f")}})});

  EXPECT_NE(program.find("f"), nullptr);
  EXPECT_EQ(program.find("unused"), nullptr);
}

TEST(LinkResolve, AMemberMayNeedAMemberOfAnEarlierArchive) {
  ObjectBuilder f = function("f");
  f.undefined("g");

  const Program program = linked({archive("first.a", {{"g.o", function("g")}}),
                                  userOf("f").input("a.o"), archive("second.a", {{"f.o", f}})});

  EXPECT_NE(program.find("g"), nullptr);
}

TEST(LinkResolve, TheEntryAndKeptSymbolsComeOutOfArchives) {
  LinkOptions options;
  options.keep = {"kept"};
  const Program program = linked(
      {archive("lib.a", {{"start.o", function("_start")}, {"kept.o", function("kept")}})}, options);
  EXPECT_NE(program.find("kept"), nullptr);
}

TEST(LinkResolve, WeakReferencesTakeNoMember) {
  const Program program =
      linked({userOf("f", elf::kWeak).input("a.o"), archive("lib.a", {{"f.o", function("f")}})});
  EXPECT_EQ(pointer(program), 0u);
}

TEST(LinkResolve, MembersOfOneNameAreToldApart) {
  const Program program =
      linked({userOf("g").input("a.o"),
              archive("lib.a", {{"same.o", function("f")}, {"same.o", function("g")}})});
  EXPECT_NE(program.find("g"), nullptr);
  EXPECT_EQ(program.find("f"), nullptr);
}

TEST(LinkResolve, LongMemberNamesAppearInMessages) {
  ObjectBuilder member = function("f");
  member.relocation(1, 0, 1, member.undefined("nowhere"));
  EXPECT_THAT(
      linkError({userOf("f").input("a.o"), archive("lib.a", {{"a_rather_long_name.o", member}})}),
      HasSubstr("lib.a(a_rather_long_name.o): error: symbol nowhere"));
}

TEST(LinkResolve, AnArchiveWithoutIndexGetsOne) {
  LinkInput library = archive("lib.a", {{"f.o", function("f")}});
  // Rename the index member: "/               " becomes an ordinary name.
  library.bytes[8] = 'x';
  EXPECT_NE(linked({userOf("f").input("a.o"), library}).find("f"), nullptr);
}

TEST(LinkResolve, EveryDamagedInputIsReported) {
  const std::string error = linkError({{"empty.o", {}},
                                       {"text.o", {'h', 'e', 'l', 'l', 'o'}},
                                       {"thin.a", {'!', '<', 't', 'h', 'i', 'n', '>', '\n'}},
                                       function("_start").input("a.o")});
  EXPECT_THAT(error,
              AllOf(HasSubstr("empty.o: error: the file is empty"),
                    HasSubstr("text.o: error: this is no ELF file"),
                    HasSubstr("thin.a: error: this is a thin archive"), Not(HasSubstr("a.o:"))));
}

TEST(LinkResolve, ManyErrorsAreCutOff) {
  std::vector<LinkInput> inputs;
  for (int i = 0; i < 60; ++i)
    inputs.push_back({"e" + std::to_string(i), {}});
  EXPECT_THAT(linkError(inputs),
              AllOf(HasSubstr("e49:"), Not(HasSubstr("e50:")), HasSubstr("and 10 more errors")));
}

TEST(LinkResolve, TheSameInputsGiveTheSameBytes) {
  const std::vector<LinkInput> inputs{
      userOf("f").input("a.o"), archive("lib.a", {{"f.o", function("f")}, {"g.o", function("g")}})};
  EXPECT_EQ(writeXe(link(inputs)), writeXe(link(inputs)));
}

} // namespace
} // namespace xs3::assembler::test
