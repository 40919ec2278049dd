// Operands, symbols, directives, macros, the preprocessor, listings and diagnostics.
#include "base/error.h"
#include "tests/asm/assemble_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace xs3::assembler::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string code(const std::string &text) {
  const AssembledObject object(text + "\n");
  EXPECT_THAT(object.messages(), ElementsAre());
  return object.halfwords();
}

std::vector<std::string> errors(const std::string &text) {
  return AssembledObject(text + "\n").messages();
}

TEST(Text, ShortFormWhereItFits) {
  EXPECT_EQ(code("ldc r1, 63"), "687f");
  EXPECT_EQ(code("ldc r1, 64"), "f001 6840");
  EXPECT_EQ(code("ldw r11, cp[63]"), "6eff");
  EXPECT_EQ(code("ldw r11, cp[64]"), "e440");
  EXPECT_EQ(code("ldw r11, cp[1024]"), "f010 6ec0");
  EXPECT_EQ(code("ldw r11, cp[65536]"), "f040 e400");
  EXPECT_EQ(code("ldw r1, cp[64]"), "f001 6c40");
  EXPECT_EQ(code("entsp 0"), "7740");
  EXPECT_EQ(code("ENTSP_lu6 0"), "f000 7740");
}

TEST(Text, NumbersMayBeExpressionsOfKnownSymbols) {
  EXPECT_EQ(code(".set N, 4\nldc r1, N * 2 + 1\nldw r0, sp[N]\nadd r0, r0, N - 1"),
            "6849 5c04 9003");
}

TEST(Text, NumbersMayBecomeKnownLater) {
  EXPECT_EQ(code("ldc r1, N\n.set N, 70"), "f001 6846");
  EXPECT_EQ(code("ldw r1, sp[N]\n.set N, 2"), "f000 5c42");
  EXPECT_EQ(code("ldc r1, b - a\na: nop\nnop\nb:"), "f000 6844 17ff 17ff");
}

TEST(Text, NegativeIndexIsAnotherInstruction) {
  EXPECT_EQ(code("ldaw r1, r0[-8]"), "fc90 a7ec");
  EXPECT_EQ(code("ldaw r1, r0[-r2]"), "f812 27ec");
  EXPECT_NE(code("ldaw r1, r0[-0]"), code("ldaw r1, r0[0]"));
}

TEST(Text, MnemonicsAndRegistersInEitherCase) {
  EXPECT_EQ(code("ADD R0, r1, R2"), code("add r0, r1, r2"));
}

TEST(Text, SymbolsMayBeCalledLikeRegisters) {
  const AssembledObject object(
      "ldw r2, dp[r2]\nstw r9, dp[cp]\nldw r1, dp[res+4]\nldw r0, cp[t]\nbl t\nbu r3\n"
      "bt r0, r1\nldap r11, sp\n.section .dp.data, \"awd\"\n.word r2, cp, res\n");
  EXPECT_THAT(object.messages(), ElementsAre());
  const auto code = object.relocations();
  ASSERT_EQ(code.size(), 8u);
  EXPECT_EQ(code[2], (NamedRelocation{8, 3, "res", 4}));
  EXPECT_EQ(code[5].symbol, "r3");
  EXPECT_EQ(code[6].symbol, "r1");
  EXPECT_EQ(code[7].symbol, "sp");
  EXPECT_EQ(object.relocations(".dp.data").size(), 3u);
}

TEST(Text, SymbolsMayHoldDotsAndDollars) {
  const AssembledObject object("bl .compoundliteral.1\nbl lab.t\nbl a$b\n");
  EXPECT_EQ(object.relocations().size(), 3u);
}

TEST(Text, AllCommentsAndSeparators) {
  EXPECT_EQ(code("nop # a\nnop // b\n/* c\n d */ nop ; nop"), "17ff 17ff 17ff 17ff");
}

TEST(Text, SpellingsOfSpecialRegisters) {
  EXPECT_EQ(code("get r11, id"), "17ee");
  EXPECT_EQ(code("set kep, r11"), "07ff");
  EXPECT_EQ(code("ldw spc, sp[1]"), "0fec");
  EXPECT_EQ(code("init t[r0]:pc, r1"), "fed4 07ec");
  EXPECT_EQ(code("set t[r0]:r1, r2"), "f818 b7ec");
  EXPECT_EQ(code("set sp, r1"), "2ff1");
  EXPECT_THAT(errors("ldw spc, sp[2]"), ElementsAre(HasSubstr("does not fit")));
}

TEST(Directive, SectionsCarryTheirFlags) {
  const AssembledObject object(
      ".section .dp.data, \"awd\", @progbits\n.word 1\n.section .cp.rodata, \"ac\", @progbits\n"
      ".word 2\n.section .cp.rodata.string, \"aMSc\", @progbits\n.asciiz\"x\"\n"
      ".section .cp.rodata.cst4,\"aMc\",@progbits,4\n.long 3\n"
      ".section .dp.bss, \"awd\", @nobits\n.space 8\n");
  EXPECT_THAT(object.messages(), ElementsAre());
  EXPECT_EQ(object.section(".dp.data").flags, 0x10000003u);
  EXPECT_EQ(object.section(".cp.rodata").flags, 0x20000002u);
  EXPECT_EQ(object.section(".cp.rodata.string").flags, 0x20000032u);
  EXPECT_EQ(object.section(".cp.rodata.string").entrySize, 1u);
  EXPECT_EQ(object.section(".cp.rodata.cst4").flags, 0x20000012u);
  EXPECT_EQ(object.section(".dp.bss").type, elf::kNobits);
  EXPECT_EQ(object.section(".dp.bss").size, 8u);
}

TEST(Directive, DataOfAllWidths) {
  const AssembledObject object(
      ".section .dp.data, \"awd\"\n.byte 1, 0xff\n.short 0x1234\n.long 4294967295\n.word -2\n"
      ".int 3\n.ascii \"a\\101\"\n.asciiz \"b\"\n.skip 2, 7\n");
  EXPECT_EQ(
      object.bytes(".dp.data"),
      (std::vector<std::uint8_t>{1,    0xff, 0x34, 0x12, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff,
                                 0xff, 3,    0,    0,    0,    'a',  'A',  'b',  0,    7,    7}));
  EXPECT_THAT(errors(".word 4294967296"), ElementsAre(HasSubstr("does not fit a word")));
}

TEST(Directive, BindingAndKindOfSymbols) {
  const AssembledObject object(
      ".globl f\n.weak w\n.locl l\n.type f, @function\n.type o, @object\nf: w: l: nop\n.size f, 2\n"
      ".set alias, f\n.globl alias\n.linkset n, 5\n.globl n\no: .word 1\n");
  EXPECT_EQ(object.symbol("f").binding, elf::kGlobal);
  EXPECT_EQ(object.symbol("f").type, elf::kFunction);
  EXPECT_EQ(object.symbol("f").size, 2u);
  EXPECT_EQ(object.symbol("w").binding, elf::kWeak);
  EXPECT_EQ(object.symbol("l").binding, elf::kLocal);
  EXPECT_EQ(object.symbol("o").type, elf::kObject);
  EXPECT_EQ(object.symbol("alias").value, 0u);
  EXPECT_EQ(object.symbol("n").value, 5u);
  EXPECT_EQ(object.symbol("n").section, elf::kAbsolute);
}

TEST(Directive, OfTheVendorsToolsAreAccepted) {
  EXPECT_EQ(
      code(".cc_top f.function,f\nf: nop\n.cc_bottom f.function\n.set f.nstackwords, "
           "(g.nstackwords $M h.nstackwords) + 2\n"
           ".linkset f.nstackwords, g.nstackwords + 2\n.set f.maxcores, 1 $M g.maxcores\n.globl "
           "f.nstackwords\n"
           ".add_to_set s, f, f\n.max_reduce m, s, 0\n.typestring f, \"f{0}(0)\"\n.globresource 1, "
           "\"p\", \"tile[0]\"\n"
           ".globalresource 1, \"p\", \"tile[0]\"\n.call f, g\n.par f, g, \"x\"\n.assert 0, f, "
           "\"x\"\n"
           ".resource_const f, \"k\", 3\n.resource_list_empty f, \"l\"\n.xtabranch f\n.syntax "
           "architectural\n"
           ".syntax default\n.scheduling off\n.inline_definition f\n.overlay_reference f, g\n"),
      "17ff");
  EXPECT_THAT(errors(".scheduling fast"), ElementsAre(HasSubstr("'off' or 'default'")));
  EXPECT_THAT(errors(".issue_mode triple"), ElementsAre(HasSubstr("'single' or 'dual'")));
  EXPECT_THAT(errors(".frobnicate 3"), ElementsAre("1: unknown directive '.frobnicate'"));
}

TEST(Directive, IncbinReadsFilesInMemory) {
  AssembleOptions options;
  options.virtualFiles.emplace_back("w.bin", std::vector<std::uint8_t>{1, 2, 3, 4, 5});
  const std::string head = ".section .dp.data, \"awd\"\n";
  EXPECT_EQ(AssembledObject(head + ".incbin \"w.bin\"\n", options).bytes(".dp.data").size(), 5u);
  EXPECT_EQ(AssembledObject(head + ".incbin \"w.bin\", 1, 2\n", options).bytes(".dp.data"),
            (std::vector<std::uint8_t>{2, 3}));
  EXPECT_THAT(AssembledObject(".incbin \"w.bin\", 6\n", options).messages(),
              ElementsAre(HasSubstr("has only 5 bytes")));
  EXPECT_THAT(AssembledObject(".incbin \"none.bin\"\n", options).messages(),
              ElementsAre(HasSubstr("cannot read 'none.bin'")));
}

TEST(Directive, JumpTablesReachTheirLabels) {
  const std::string text = "bru r0\n.jmptable a, b\na: nop\nb: nop\n";
  // Two short branches to long ones, which go on to a and b.
  EXPECT_EQ(code(text), "2fe0 7301 7302 f000 7302 f000 7301 17ff 17ff");
  EXPECT_EQ(code("bru r0\n.jmptable32 a, b\na: nop\nb: nop\n"),
            "2fe0 f000 7302 f000 7301 17ff 17ff");
}

TEST(Macro, WithArgumentsConditionsAndRepetition) {
  EXPECT_EQ(code(".macro twice op, n\n.rept 2\n\\op r0, r0, \\n\n.endr\n.endm\n.if 1 > "
                 "2\nnop\n.else\ntwice add, 3\n.endif"),
            "9003 9003");
}

TEST(Macro, MayHoldPackets) {
  EXPECT_EQ(code(".issue_mode dual\n.align 4\n.macro step r\n{ add \\r, \\r, 4 ; ldw r1, \\r[0] "
                 "}\n.endm\nstep r2"),
            "9268 0818");
}

TEST(Macro, ErrorsNameThePlaceOfUse) {
  EXPECT_THAT(errors(".macro m n\nldc r0, \\n\n.endm\nnop\nm 70000"),
              ElementsAre(HasSubstr("5: a number from 0 to 65535")));
}

TEST(Diagnostics, AllErrorsOfAFileInOneGo) {
  EXPECT_THAT(errors("lcd r0, 5\nadd r0, r1, 12\nadd r0, r1\n.foo\nbu 5 5\nshl r0, r1, 9\nldc r0, "
                     "-1\nadd r0, r1, r2, r3\nadd r0, r1, 5\n"
                     "ldc_foo r0, 5\nldw r0, r1[1\nchkct res[r1], 12\nvladdd\nbf r12, x"),
              ElementsAre("1: 'lcd' is no instruction; did you mean 'ldc'?",
                          "2: a number from 0 to 11 is wanted here",
                          "3: too few operands; it is written 'add a, b, c'",
                          "4: unknown directive '.foo'", "5: a comma is wanted here",
                          "6: a bit position is wanted here: 1 to 8, 16, 24 or 32",
                          "7: a number from 0 to 65535 or a symbol is wanted here",
                          "8: this operand does not fit; 'add' is written 'add a, b, c'",
                          "10: 'ldc' has no format 'foo'", "11: a ']' is wanted here",
                          "12: a number from 0 to 11 is wanted here",
                          "13: the encoding of 'vladdd' is not known",
                          "14: this operand does not fit; 'bf' is written 'bf a, i'"));
}

TEST(Diagnostics, UnderlineTheOffendingText) {
  const AssembleResult result = assemble("\tadd r0, r1, 12 + 3 // x\n", "k.S");
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].text(), "k.S:1:14: error: a number from 0 to 11 is wanted here\n"
                                          "\tadd r0, r1, 12 + 3 // x\n"
                                          "\t            ^~~~~~");
}

TEST(Diagnostics, ProvisionalPlacesAreWarnedAbout) {
  const AssembledObject object("vdepth16\nvadddr\nvclrdr\n");
  EXPECT_THAT(object.messages(), ElementsAre(HasSubstr("1: warning: the encoding of 'vdepth16'"),
                                             HasSubstr("2: warning: the encoding of 'vadddr'")));
  EXPECT_FALSE(object.result().hasErrors());
}

TEST(Diagnostics, DuplicateLabelsAndMissingFiles) {
  EXPECT_THAT(errors("a: nop\na: nop"), ElementsAre(HasSubstr("2: symbol 'a' is already defined")));
  EXPECT_THAT(errors(".include \"nowhere.inc\""), ElementsAre(HasSubstr("nowhere.inc")));
}

TEST(Diagnostics, AbsurdSizesAreRefusedAtOnce) {
  for (const char *text :
       {".space 0xfffffffffff", ".fill 1000000000, 8, 0", ".p2align 31", ".org 0x7fffffff",
        ".rept 4000000000\nnop\n.endr", ".set N, 2000000000\n.rept N\nnop\n.endr",
        ".section .dp.bss, \"awd\", @nobits\n.skip 1 << 40"})
    EXPECT_FALSE(errors(text).empty()) << text;
  EXPECT_THAT(errors("ldc r0, " + std::string(100'000, '(') + "1"),
              ElementsAre(HasSubstr("nested")));
  EXPECT_THAT(errors(".word " + std::string(100'000, '-') + "1"), ElementsAre(HasSubstr("nested")));
  std::string sum = ".word x";
  for (unsigned i = 0; i < 100'000; ++i)
    sum += "+x";
  EXPECT_THAT(errors(sum), ElementsAre(HasSubstr("operators")));
}

class Preprocessor : public testing::Test {
protected:
  void SetUp() override {
    if (std::system("cc --version > /dev/null 2>&1 || clang-19 --version > /dev/null 2>&1") != 0)
      GTEST_SKIP() << "no C preprocessor is installed";
    options.preprocess = true;
  }
  AssembleOptions options;
};

TEST_F(Preprocessor, ExpandsDefinitions) {
  options.definitions = {"N=7"};
  const AssembledObject object("#define STEP(r) add r, r, N\nSTEP(r1)\n#ifdef UNSET\nfoo\n#endif\n",
                               options);
  EXPECT_THAT(object.messages(), ElementsAre());
  EXPECT_EQ(object.halfwords(), "9257");
}

TEST_F(Preprocessor, ErrorsKeepTheirLines) {
  const AssembledObject object("#define N 5\n\n#if N > 4\nadd r0, r0, 99\n#endif\nfoo r1\n",
                               options);
  EXPECT_THAT(object.messages(),
              ElementsAre(HasSubstr("4: a number from 0 to 11"), HasSubstr("6: 'foo'")));
  EXPECT_EQ(object.result().diagnostics[0].file, "test.S");
}

TEST_F(Preprocessor, ItsOwnErrorsAreReported) {
  EXPECT_THAT(AssembledObject("nop\n#include \"nowhere.h\"\n", options).messages(),
              ElementsAre(HasSubstr("2: ")));
  EXPECT_THAT(AssembledObject("#error too old\n", options).messages(), ElementsAre("1: too old"));
}

TEST_F(Preprocessor, NamesWhatWasIncluded) {
  const auto folder = std::filesystem::temp_directory_path() / "xs3-preprocessor-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "n.h") << "#define N 3\n";
  options.includeFolders = {folder};
  options.dependencies = true;
  const AssembledObject object("#include \"n.h\"\nldc r0, N\n", options);
  EXPECT_EQ(object.halfwords(), "6803");
  EXPECT_THAT(object.result().dependencies, ElementsAre((folder / "n.h").string()));
  std::filesystem::remove_all(folder);
}

TEST(Listing, ShowsAddressBytesAndSource) {
  AssembleOptions options;
  options.listing = true;
  const AssembledObject object("f: ldc r0, 70 // x\n  .align 8\n  nop\n\n  .skip 20\n", options);
  EXPECT_EQ(object.result().listing, "section .text\n"
                                     "000000  01f00668  f: ldc r0, 70 // x\n"
                                     "000004  ff17ff17    .align 8\n"
                                     "000008  ff17        nop\n"
                                     "\n"
                                     "00000a  00000000    .skip 20\n"
                                     "00000e  00000000\n"
                                     "000012  00000000\n"
                                     "000016  00000000\n"
                                     "        ...       4 more bytes\n");
}

TEST(DebugLines, HoldTheSourceLines) {
  AssembleOptions options;
  options.debugLines = true;
  const AssembledObject object("nop\nnop\n", options);
  EXPECT_THAT(object.messages(), ElementsAre());
  EXPECT_GT(object.section(".debug_line").size, 40u);
}

TEST(SingleInstruction, TakesOneAndNothingElse) {
  EXPECT_EQ(assembleInstruction("add r0, r0, r1").word, 0x1001u);
  EXPECT_EQ(assembleInstruction("{ nop ; vclrdr }").bytes, 4u);
  EXPECT_EQ(assembleInstruction("ldc r0, 5", true).word, 0x6805F000u);
  for (const char *text :
       {"", "foo: nop", ".word 5", "nop ; nop", "nop\nnop", "{", "{ nop", "nop }", "ldc r0, x",
        "bu .", "# x", "\"", "/* nop", "{ nop } nop", "x = 5", "{ .word 5 }"})
    EXPECT_THROW(assembleInstruction(text), Error) << text;
}

TEST(SingleInstruction, ManyKeepTheirPlaces) {
  const std::vector<std::string> lines = {
      "nop", "foo", "{ nop", "add r0, r0, 1", "{ add r0 ; nop }", "", "nop"};
  const auto results = assembleInstructions(lines);
  ASSERT_EQ(results.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i)
    EXPECT_EQ(results[i].error.empty(), i == 0 || i == 3 || i == 6) << i;
  EXPECT_EQ(results[6].encoded.word, 0x17FFu);
}

} // namespace
} // namespace xs3::assembler::test
