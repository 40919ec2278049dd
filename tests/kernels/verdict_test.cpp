// The table of verdicts can fail: files with other results, without expected values, or that crash.
#include "base/file.h"
#include "tests/kernels/forked_verdicts.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace xs3::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Kind = Verdict::Kind;

/// A copy of the bundled digits network and what is expected of it.
class DigitsCopy {
public:
  DigitsCopy() {
    std::string name = (fs::temp_directory_path() / "xs3_verdict_XXXXXX").string();
    if (!::mkdtemp(name.data()))
      throw std::runtime_error("no folder for the test");
    folder_ = name;
    for (const char *file : {"digits_bnn.tflite", "inputs.bin", "outputs.bin", "tensors.npz"})
      fs::copy(bundled("digits_bnn") / file, folder_ / file);
  }
  ~DigitsCopy() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  DigitsCopy(const DigitsCopy &) = delete;
  DigitsCopy &operator=(const DigitsCopy &) = delete;

  fs::path path(const std::string &file) const { return folder_ / file; }
  ModelFile file(const std::string &name) const { return {name, path("digits_bnn.tflite"), 1}; }

private:
  fs::path folder_;
};

TEST(Verdict, TheDigitsNetworkIsRightAndWhatTheVendorRefusesIsNamed) {
  const DigitsCopy copy;
  const Verdict verdict = examine(copy.file("bundled/digits_bnn.tflite"), Effort::Brief);
  EXPECT_EQ(verdict.kind, Kind::Right) << verdict.text;
  EXPECT_GT(verdict.bytes, 5000u);
  EXPECT_GT(verdict.slots, 10000u);
  EXPECT_EQ(verdict.vendor, "LceBMaxPool2d, float output");
}

TEST(Verdict, AnotherByteOfTheLastOutputIsWrongWithItsPlace) {
  const DigitsCopy copy;
  auto outputs = bytesOf(copy.path("outputs.bin"));
  outputs.back() ^= 1;
  writeFile(copy.path("outputs.bin").string(), outputs);
  const Verdict verdict = examine(copy.file("bundled/digits_bnn.tflite"), Effort::Daily);
  EXPECT_EQ(verdict.kind, Kind::Wrong);
  EXPECT_THAT(verdict.text, HasSubstr("input 19: output 0: 1 elements differ; the first is 9"));
}

TEST(Verdict, AFileWithoutExpectedValuesIsWrong) {
  const DigitsCopy copy;
  const Verdict unknown = examine(copy.file("elsewhere/digits_bnn.tflite"), Effort::Daily);
  EXPECT_EQ(unknown.kind, Kind::Wrong);
  EXPECT_THAT(unknown.text, HasSubstr("no expected values are known for files of the folder"));
  fs::remove(copy.path("outputs.bin"));
  EXPECT_EQ(examine(copy.file("bundled/digits_bnn.tflite"), Effort::Daily).kind, Kind::Wrong);
}

TEST(Verdict, AnExcludedFileThatNothingRefusesIsWrong) {
  const DigitsCopy copy;
  const Verdict verdict = examine(copy.file("int8/test_mean_0.tflite"), Effort::Daily);
  EXPECT_EQ(verdict.kind, Kind::Wrong);
  EXPECT_THAT(verdict.text, HasSubstr("nothing refuses it"));
}

TEST(Verdict, ProcessesHandBackWhatTheyFoundInTheOrderOfTheFiles) {
  const DigitsCopy copy;
  const std::vector<ModelFile> files = {copy.file("elsewhere/x.tflite"),
                                        copy.file("bundled/digits_bnn.tflite"),
                                        {"bundled/none.tflite", copy.path("none.tflite"), 2}};
  const std::vector<Verdict> verdicts = forkedVerdicts(files, Effort::Brief, 2);
  ASSERT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(verdicts[0].kind, Kind::Wrong);
  EXPECT_EQ(verdicts[1].kind, Kind::Right) << verdicts[1].text;
  EXPECT_EQ(verdicts[1].vendor, "LceBMaxPool2d, float output");
  EXPECT_THAT(verdicts[2].text, HasSubstr("none.tflite"));
}

TEST(Verdict, TheBundledNetworkIsAmongTheFiles) {
  const auto files = modelFiles();
  EXPECT_TRUE(std::any_of(files.begin(), files.end(), [](const ModelFile &file) {
    return file.name == "bundled/digits_bnn/digits_bnn.tflite";
  }));
}

} // namespace
} // namespace xs3::test
