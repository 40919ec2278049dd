// Listings: what is printed for code, data, labels and relocations, and how code is found.
#include "asm/dis/listing.h"
#include "asm/link/archive.h"
#include "tests/asm/object_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace xs3::assembler::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Values from isa/encoding.md and its tables.
constexpr std::uint32_t kDualentsp2 = 0x7F82F000, kRetsp2 = 0x77C2F000, kEntsp0 = 0x7740F000,
                        kNops = 0x17FF17FF;

std::string listed(const ObjectBuilder &object, const ListingOptions &options = {}) {
  return listing(object.build(), "a.o", options);
}

/// Dual-issue code with its mark, as our assembler makes it.
ObjectBuilder dualObject(Bytes code) {
  ObjectBuilder object;
  const auto text = object.text(std::move(code));
  object.local("$d.0", text);
  object.symbol("f", text, 0, elf::kGlobal, elf::kFunction);
  return object;
}

TEST(Listing, PacketsFollowTheirMark) {
  EXPECT_EQ(listed(dualObject(words({kDualentsp2, 0xA7F81256, kRetsp2}))),
            "// a.o\n"
            "\n"
            ".text\n"
            ".align 4\n"
            ".globl f\n"
            ".type f, @function\n"
            "f:\n"
            ".issue_mode dual\n"
            "/* 00000000  7f82f000 */    dualentsp 2\n"
            "/* 00000004  a7f81256 */    { add r1, r1, r6 ; vlmaccr r8[0] }\n"
            "/* 00000008  77c2f000 */    retsp 2\n");
}

TEST(Listing, SingleIssueCodeHasInstructionsOfTwoSizes) {
  ObjectBuilder object;
  const auto text = object.text({0x01, 0x10, 0x00, 0xf0, 0x40, 0x77});
  object.local("$s.0", text);
  EXPECT_THAT(listed(object), HasSubstr(".issue_mode single\n"
                                        "/* 00000000  1001     */    add r0, r0, r1\n"
                                        "/* 00000002  7740f000 */    entsp_lu6 0\n"));
}

TEST(Listing, BranchTargetsGetNames) {
  // { ; bt r3, 5 packets back }: from packet 5 to packet 1; and a forward bu to f + 8.
  const std::string text =
      listed(dualObject(words({0x7301F000, kNops, kNops, kNops, kNops, 0x74C5F000})));
  EXPECT_THAT(text, HasSubstr("bu .L_00000008\n"));
  EXPECT_THAT(text, HasSubstr(".L_00000004:\n/* 00000004  "));
  EXPECT_THAT(text, HasSubstr("bt r3, .L_00000004\n"));
}

TEST(Listing, BothTargetsOfAPacketAreTold) {
  EXPECT_THAT(listed(dualObject(words({0x7041D802, kNops, kNops, kNops}))),
              HasSubstr("{ ldap r11, .L_0000000c ; bt r1, .L_00000008 }\n"));
}

TEST(Listing, ATargetOutsideIsADistanceWithARemark) {
  EXPECT_THAT(listed(dualObject(words({0x7309F000}))), HasSubstr("bu 9  // to 00000028\n"));
}

TEST(Listing, DataIsWordsBytesAndSpace) {
  ObjectBuilder object;
  Bytes bytes = words({0x12345678});
  bytes.push_back(0xab);
  bytes.resize(40);
  bytes.push_back(7);
  const auto data = object.data(".cp.rodata", bytes, elf::kAlloc | elf::kFromCp);
  object.local("inside", data, 5);

  EXPECT_EQ(listed(object), "// a.o\n"
                            "\n"
                            ".section .cp.rodata,\"ac\",@progbits\n"
                            ".align 4\n"
                            "/* 00000000  12345678 */    .word 0x12345678\n"
                            "/* 00000004  ab       */    .byte 0xab\n"
                            "inside:\n"
                            "/* 00000005  00000000 */    .space 35\n"
                            "/* 00000028  07       */    .byte 0x07\n");
}

TEST(Listing, ZeroedSectionsKeepTheirLabels) {
  ObjectBuilder object;
  const auto bss = object.zeros(".dp.bss", 12);
  object.symbol("first", bss);
  object.symbol("second", bss, 8);
  EXPECT_THAT(listed(object), HasSubstr(".section .dp.bss,\"aw\",@nobits\n"
                                        ".align 4\n"
                                        ".globl first\nfirst:\n"
                                        "/* 00000000  00000000 */    .space 8\n"
                                        ".globl second\nsecond:\n"
                                        "/* 00000008  00000000 */    .space 4\n"));
}

TEST(Listing, RelocationsShowTheirSymbols) {
  // bl, ldw dp[], ldw cp[], ldc, ldap of dual-issue code, and a data word.
  ObjectBuilder object =
      dualObject(words({0xD000F000, 0x5840F000, 0x6C80F000, 0x6800F000, 0xD800F000}));
  const auto outside = object.undefined("outside");
  for (const auto &[place, type] : {std::pair{0, 21}, {4, 3}, {8, 5}, {12, 12}, {16, 21}})
    object.relocation(1, static_cast<std::uint32_t>(place), static_cast<std::uint8_t>(type),
                      outside, place == 8 ? 12 : 0);
  object.relocation(object.data(".data", words({0})), 0, 1, outside, -4);

  const std::string text = listed(object);

  EXPECT_THAT(text, HasSubstr("bl outside\n"));
  EXPECT_THAT(text, HasSubstr("ldw r1, dp[outside]\n"));
  EXPECT_THAT(text, HasSubstr("ldw r2, cp[outside+12]\n"));
  EXPECT_THAT(text, HasSubstr("ldc r0, outside\n"));
  EXPECT_THAT(text, HasSubstr("ldap r11, outside\n"));
  EXPECT_THAT(text, HasSubstr(".word outside-4\n"));
}

TEST(Listing, DataInCodeIsKnownByItsMark) {
  ObjectBuilder object = dualObject(words({kRetsp2, kNops, kDualentsp2}));
  object.local("$a.1", 1, 4);
  object.local("$d.2", 1, 8);
  const std::string text = listed(object);
  EXPECT_THAT(text, HasSubstr(".word 0x17ff17ff\n/* 00000008  7f82f000 */    dualentsp 2\n"));
}

TEST(Listing, WithoutMarksCodeIsTracedFromFunctions) {
  // entsp 0 (single); bu over a data word to retsp.
  ObjectBuilder object;
  const auto text = object.text(words({kEntsp0, 0x00007302, 0x12345678, kRetsp2}));
  object.symbol("f", text, 0, elf::kGlobal, elf::kFunction);

  const std::string listing = listed(object);

  EXPECT_THAT(listing, HasSubstr("entsp_lu6 0\n"));
  EXPECT_THAT(listing, HasSubstr("bu .L_0000000a\n"));
}

TEST(Listing, TracingFollowsTheIssueModeThroughDualentsp) {
  ObjectBuilder object;
  const auto text = object.text(words({kDualentsp2, 0xA7F81256, kRetsp2, 0xFFFFFFFF}));
  object.symbol("f", text, 0, elf::kGlobal, elf::kFunction);

  const std::string listing = listed(object);

  EXPECT_THAT(listing, HasSubstr("{ add r1, r1, r6 ; vlmaccr r8[0] }\n"));
  EXPECT_THAT(listing, HasSubstr(".word 0xffffffff\n")); // behind retsp
}

TEST(Listing, TracingFollowsTheIssueModeBackThroughEntsp) {
  // dualentsp; a packet; entsp 0; then two short instructions, the second on 2 mod 4.
  ObjectBuilder object;
  const auto text = object.text(words({kDualentsp2, kEntsp0, 0x77C21001}));
  object.symbol("f", text, 0, elf::kGlobal, elf::kFunction);
  EXPECT_THAT(listed(object), HasSubstr(".issue_mode single\n"
                                        "/* 00000008  1001     */    add r0, r0, r1\n"
                                        "/* 0000000a  77c2     */    retsp 2\n"));
}

TEST(Listing, RawImagesBeginWithSingleIssueCode) {
  ListingOptions options;
  options.rawBase = 0x80000;
  EXPECT_THAT(listing(words({0x17FF1001}), "image.bin", options),
              HasSubstr("/* 00080000  1001     */    add r0, r0, r1\n"
                        "/* 00080002  17ff     */    nop\n"));
  options.rawBase = 0xfffffffc;
  EXPECT_THROW(listing(words({0x17FF1001}), "image.bin", options), Error);
}

TEST(Listing, ProgramsShowTheirAddresses) {
  ObjectBuilder object = function("_start");
  object.local("$s.0", 1);
  const Bytes file = writeXe(linked({object.input("a.o")}));
  const std::string text = listing(file, "a.xe");
  EXPECT_THAT(text, HasSubstr("// a.xe, entry 0x80000 _start\n"));
  EXPECT_THAT(text, HasSubstr("_start:\n.issue_mode single\n/* 00080000  17ff     */    nop\n"));
}

TEST(Listing, ProgramsNameWhatTheyReachInOtherSegments) {
  ObjectBuilder object = dualObject(words({0x6C40F000, 0xD800F000}));
  const auto constants = object.data(".cp.rodata", words({1, 2}), elf::kAlloc | elf::kFromCp);
  const auto constant = object.local("constant", constants, 4);
  object.relocation(1, 0, 5, constant);
  object.relocation(1, 4, 21, constant);
  LinkOptions options;
  options.entry = "f";

  const std::string text = listing(writeXe(linked({object.input("a.o")}, options)), "p");

  EXPECT_THAT(text, HasSubstr("ldw r1, cp[1]  // constant\n"));
  EXPECT_THAT(text, HasSubstr("ldap r11, 1  // to 0008000c constant\n"));
}

TEST(Listing, LocalLabelsStandForOffsetsInSections) {
  ObjectBuilder object = dualObject(words({0xD800F000}));
  const auto data = object.data(".rodata", words({1, 2}));
  object.local("inside", data, 4);
  object.relocation(1, 0, 21, object.symbol("", data, 0, elf::kLocal, elf::kSection), 4);
  EXPECT_THAT(listed(object), HasSubstr("ldap r11, inside\n"));
}

TEST(Listing, LocalNamesOfTwoObjectsAreToldApart) {
  const auto object = [](const std::string &name) {
    ObjectBuilder object = function(name);
    object.local("loop", 1);
    return object.input(name);
  };
  const std::string text = listing(writeElf(linked({object("_start"), object("g")})), "p");
  EXPECT_THAT(text, HasSubstr("\nloop:\n"));
  EXPECT_THAT(text, HasSubstr("\nloop_00080004:\n"));
}

TEST(Listing, OneSymbolIsShownUpToTheNextFunction) {
  ObjectBuilder object = dualObject(words({kDualentsp2, kRetsp2, kNops}));
  object.symbol("g", 1, 8, elf::kGlobal, elf::kFunction);
  ListingOptions options;
  options.symbol = "f";
  const std::string text = listed(object, options);
  EXPECT_THAT(text, HasSubstr("retsp 2\n"));
  EXPECT_THAT(text, Not(HasSubstr("nop")));
  options.symbol = "h";
  EXPECT_THROW(listed(object, options), Error);
}

TEST(Listing, ArchivesAreListedMemberByMember) {
  const Bytes first = function("f").build(), second = function("g").build();
  const std::vector<ArchiveMember> members{{"f.o", first}, {"g.o", second}};
  const std::string text = listing(writeArchive(members), "lib.a");
  EXPECT_THAT(text, HasSubstr("// lib.a(f.o)\n"));
  EXPECT_THAT(text, HasSubstr("// lib.a(g.o)\n"));
}

TEST(Listing, RandomCodeAndDamagedFilesAreSurvived) {
  constexpr std::uint32_t kSeed = 4711;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  ObjectBuilder object = dualObject(words({kDualentsp2, 0x74C5F000, kRetsp2, 0, 0, 0}));
  object.relocation(1, 4, 19, object.undefined("x"));
  const Bytes good = object.build();
  for (int round = 0; round < 5000; ++round) {
    Bytes file = good;
    for (int i = 0; i < 3; ++i)
      file[random() % file.size()] = static_cast<std::uint8_t>(random());
    Bytes image(64);
    for (std::uint8_t &byte : image)
      byte = static_cast<std::uint8_t>(random());
    ListingOptions raw;
    raw.rawBase = static_cast<Address>(random() % 4);
    try {
      listing(image, "image", raw);
      listing(file, "damaged");
    } catch (const Error &) {
    }
  }
}

} // namespace
} // namespace xs3::assembler::test
