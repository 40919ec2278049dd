// Arrays as .npy and as raw bytes, sound and damaged.
#include "base/error.h"
#include "sim/cli/npy.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace xs3::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// An .npy file by hand: version, header, content.
std::vector<std::uint8_t> npy(const std::string &header, const std::string &content,
                              unsigned version = 1) {
  std::string text = "\x93NUMPY";
  text += {static_cast<char>(version), 0, static_cast<char>(header.size()), 0};
  if (version > 1)
    text += {0, 0};
  text += header + content;
  return {text.begin(), text.end()};
}

const std::string kPlain = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }\n";

std::string fault(const std::vector<std::uint8_t> &file) {
  try {
    parseNpy(file, "x.npy");
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

TEST(Npy, ReadsWhatNumpyWrites) {
  for (const unsigned version : {1u, 2u, 3u}) {
    const Array array = parseNpy(npy(kPlain, "\x01\x02\x03\x04", version), "x.npy");
    EXPECT_EQ(array.dtype, "int16");
    EXPECT_THAT(array.shape, ElementsAre(2, 1));
    EXPECT_THAT(array.bytes, ElementsAre(1, 2, 3, 4));
  }
}

TEST(Npy, ReadsABundledExample) {
  const Array array =
      readArray(test::kDigits + "example.npy", "int8", std::vector<std::size_t>{1, 8, 8, 1});
  EXPECT_EQ(array.bytes.size(), 64u);
  EXPECT_THAT(array.shape, ElementsAre(1, 8, 8, 1));
}

TEST(Npy, TurnsBigEndianRound) {
  const Array array =
      parseNpy(npy("{'descr': '>u4', 'fortran_order': False, 'shape': (1,), }", "\x01\x02\x03\x04"),
               "x.npy");
  EXPECT_THAT(array.bytes, ElementsAre(4, 3, 2, 1));
}

TEST(Npy, WrittenArraysReadBackTheSame) {
  std::mt19937 random(11);
  for (const char *dtype :
       {"bool", "int8", "uint8", "int16", "int32", "int64", "float32", "float64"})
    for (const std::vector<std::size_t> &shape :
         {std::vector<std::size_t>{}, {1}, {7}, {0}, {2, 3}, {1, 8, 8, 1}, {1, 1, 1, 1, 1, 9}}) {
      Array array{dtype, shape, {}};
      array.bytes.resize(arrayBytes(dtype, shape));
      for (std::uint8_t &byte : array.bytes)
        byte = static_cast<std::uint8_t>(random());
      const auto file = formatNpy(array);
      EXPECT_EQ((file.size() - array.bytes.size()) % 64, 0u);
      const Array back = parseNpy(file, "x.npy");
      EXPECT_EQ(back.dtype, array.dtype);
      EXPECT_EQ(back.shape, array.shape);
      EXPECT_EQ(back.bytes, array.bytes);
    }
}

TEST(Npy, DamageIsRefusedWithASentence) {
  const auto with = [](const std::string &header) { return fault(npy(header, "\1\2\3\4")); };
  EXPECT_THAT(fault({}), HasSubstr("x.npy: error: this is no .npy file"));
  EXPECT_THAT(fault({0x89, 'P', 'N', 'G', 0, 0, 0, 0, 0, 0, 0}), HasSubstr("no .npy file"));
  EXPECT_THAT(fault(npy(kPlain, "\1\2\3\4", 9)), HasSubstr("version 9"));
  EXPECT_THAT(fault(npy(kPlain, "\1\2\3")), HasSubstr("holds 3 bytes where its shape 2x1 wants 4"));
  EXPECT_THAT(fault(npy(kPlain, "\1\2\3\4\5")), HasSubstr("holds 5 bytes"));
  EXPECT_THAT(with(""), HasSubstr("'{' is missing"));
  EXPECT_THAT(with("{'descr': '<i2'}"), HasSubstr("not the usual three entries"));
  EXPECT_THAT(with("{'descr': 'O', 'fortran_order': False, 'shape': (4,)}"), HasSubstr("'O'"));
  EXPECT_THAT(with("{'descr': '<c8', 'fortran_order': False, 'shape': (4,)}"), HasSubstr("'<c8'"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': True, 'shape': (2,2)}"),
              HasSubstr("Fortran"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': Maybe, 'shape': (4,)}"),
              HasSubstr("damaged"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': False, 'shape': (-4,)}"),
              HasSubstr("damaged"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': False, 'shape': (4"), HasSubstr("damaged"));
  EXPECT_THAT(with("{'descr': [('a', '<i1')], 'fortran_order': False, 'shape': (4,)}"),
              HasSubstr("no plain dtype"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': False, 'shape': (4294967296,4294967296)}"),
              HasSubstr("too large"));
  EXPECT_THAT(with("{'descr': '<i1', 'fortran_order': False, 'shape': (99999999999999999999,)}"),
              HasSubstr("damaged"));
}

TEST(Npy, AFileCutAnywhereIsRefused) {
  const auto file = formatNpy({"int32", {3, 5}, std::vector<std::uint8_t>(60)});
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_NE(fault({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)}), "") << size;
}

TEST(Npy, RandomDamageNeverCrashes) {
  constexpr unsigned kSeed = 3;
  std::mt19937 random(kSeed);
  const auto file = formatNpy({"int16", {2, 2}, std::vector<std::uint8_t>(8)});
  for (int i = 0; i < 20000; ++i) {
    auto damaged = file;
    for (auto n = 1 + random() % 3; n > 0; --n)
      damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
    fault(damaged);
  }
}

std::string readFault(const std::string &path, const std::string &dtype,
                      std::vector<std::size_t> shape) {
  try {
    readArray(path, dtype, shape);
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

TEST(ReadArray, TheKindMustBeTheOneThatIsWanted) {
  const test::Folder folder;
  const std::string raw = folder.file("a.bin", "12345678");
  EXPECT_EQ(readArray(raw, "int16", std::vector<std::size_t>{2, 2}).bytes.size(), 8u);
  EXPECT_THAT(readFault(raw, "int8", {9}), HasSubstr("it holds 8 bytes where int8 9 takes 9"));
  const std::string array = folder.path("a.npy");
  writeArray(array, {"int8", {4}, {1, 2, 3, 4}});
  EXPECT_EQ(readFault(array, "int8", {4}), "");
  EXPECT_EQ(readFault(array, "int8", {1, 4}), "");
  EXPECT_THAT(readFault(array, "int8", {2, 2}),
              HasSubstr("it holds int8 4 where int8 2x2 is wanted"));
  EXPECT_THAT(readFault(array, "uint8", {4}), HasSubstr("it holds int8 4 where uint8 4 is wanted"));
  EXPECT_THAT(readFault(folder.path("none.npy"), "int8", {4}), HasSubstr("cannot be read"));
  EXPECT_THAT(readFault(folder.path("."), "int8", {4}), HasSubstr("folder"));
}

} // namespace
} // namespace xs3::cli
