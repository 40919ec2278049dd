// Damaged files: every cut and thousands of random changes end in a program or in a sentence, never
// in a crash (the sanitizer build makes that a strong statement).
#include "asm/link/archive.h"
#include "tests/asm/object_builder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace xs3::assembler::test {
namespace {

/// An object with every kind of table in it.
Bytes sampleObject() {
  ObjectBuilder object = function("_start");
  const auto text = object.text(words({0x17FF17FF, 0x7700F000}));
  object.local("$d.0", text);
  const auto data = object.data(".dp.data", words({0, 0}), elf::kAlloc | elf::kWrite);
  object.zeros(".dp.bss", 40);
  object.data(".cp.rodata.cst4", words({1}));
  object.section({.name = ".xs3.network", .bytes = {'{', '}'}});
  const auto root = object.section({.name = ".text", .flags = elf::kAlloc | elf::kExecute});
  object.section({.type = elf::kPiece, .bytes = words({1}), .info = root});
  object.relocation(text, 4, 19, 1);
  object.relocation(data, 4, 1, object.symbol("array", data), 4);
  return object.build();
}

Bytes sampleArchive() {
  const Bytes first = sampleObject(), second = function("f").build();
  const std::vector<ArchiveMember> members{{"a_name_of_many_letters.o", first}, {"f.o", second}};
  return writeArchive(members);
}

Bytes sampleXe() {
  const std::vector<LinkInput> inputs{{"a.o", sampleObject()}};
  return writeXe(link(inputs));
}

/// Takes the file; only an Error may come out, with a sentence that names the file.
void take(const Bytes &file, bool isProgram) {
  try {
    if (isProgram) {
      const Program program = readProgram(file, "damaged");
      program.describe(program.entry);
    } else {
      const std::vector<LinkInput> inputs{{"damaged", file}};
      link(inputs);
    }
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("error: "), std::string::npos) << error.what();
  }
}

struct Sample {
  const char *name;
  Bytes (*make)();
  bool isProgram;
};

class Damage : public testing::TestWithParam<Sample> {};

TEST_P(Damage, EveryCutIsSurvived) {
  const Bytes file = GetParam().make();
  for (std::size_t size = 0; size < file.size(); ++size)
    take({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)}, GetParam().isProgram);
}

TEST_P(Damage, RandomBytesAreSurvived) {
  const char *given = std::getenv("XS3_SEED");
  const auto seed = given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 0)) : 20260401u;
  SCOPED_TRACE("XS3_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  const Bytes good = GetParam().make();
  constexpr std::uint8_t kNasty[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  for (int round = 0; round < 20000; ++round) {
    Bytes file = good;
    for (auto changes = 1 + random() % 4; changes > 0; --changes)
      file[random() % file.size()] =
          random() % 2 ? kNasty[random() % std::size(kNasty)] : static_cast<std::uint8_t>(random());
    take(file, GetParam().isProgram);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Damage,
                         testing::Values(Sample{"Object", sampleObject, false},
                                         Sample{"Archive", sampleArchive, false},
                                         Sample{"Xe", sampleXe, true}),
                         [](const auto &sample) { return sample.param.name; });

TEST(DamagedObject, EachLieIsNamed) {
  const auto error = [](const ObjectBuilder &object) { return linkError({object.input("a.o")}); };
  const auto says = [&](const ObjectBuilder &object, const std::string &sentence) {
    EXPECT_NE(error(object).find(sentence), std::string::npos) << error(object);
  };
  ObjectBuilder alignment = function("_start");
  alignment.data(".data", words({0}), elf::kAlloc, 24);
  says(alignment, "a.o: error: section .data has an alignment of 24");

  ObjectBuilder symbol = function("_start");
  symbol.symbol("outside", 1, 5);
  says(symbol, "symbol outside lies outside its section (section .text + 0x5");

  ObjectBuilder index = function("_start");
  index.symbol("nowhere", 77);
  says(index, "(nowhere) stands in section 77, but there are only 5");

  ObjectBuilder common = function("_start");
  common.symbol("c", elf::kCommon);
  says(common, "symbol c is a common symbol");

  ObjectBuilder relocation = function("_start");
  relocation.relocation(1, 0, 1, 99);
  says(relocation, "section .text + 0x0: the relocation here is for symbol 99");

  ObjectBuilder place = function("_start");
  place.relocation(1, 2, 1, 1);
  says(place, "section .text + 0x2: the relocation here lies outside its section");

  ObjectBuilder piece = function("_start");
  piece.section({.type = elf::kPiece, .info = 2});
  says(piece, "names section 2 as its root, which is none");

  ObjectBuilder expressions = function("_start");
  expressions.section({.name = ".expr", .type = elf::kExpressions, .bytes = words({0x40})});
  says(expressions, "link-time expressions");
}

} // namespace
} // namespace xs3::assembler::test
