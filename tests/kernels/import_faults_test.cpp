// A model with one thing wrong at a time: refused with one sentence that names the place.
#include "base/error.h"
#include "kernels/compiler/compile.h"
#include "tests/kernels/model_faults.h"
#include "tests/kernels/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::test {

void PrintTo(const ModelFault &fault, std::ostream *out) { *out << fault.name; }

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ImportRefusesFault : public testing::TestWithParam<ModelFault> {};

TEST_P(ImportRefusesFault, InOneSentenceThatNamesThePlace) {
  EXPECT_THAT(refusal(faulty(GetParam())), AllOf(StartsWith("x.tflite: error: "),
                                                 HasSubstr(GetParam().says), Not(HasSubstr("\n"))));
}

INSTANTIATE_TEST_SUITE_P(Digits, ImportRefusesFault, testing::ValuesIn(importFaults()),
                         [](const auto &fault) { return std::string(fault.param.name); });

} // namespace
} // namespace xs3::test
