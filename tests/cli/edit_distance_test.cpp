#include "sim/cli/edit_distance.h"

#include <gtest/gtest.h>

#include <vector>

namespace xs3::cli {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsChangesAndSwaps) {
  EXPECT_EQ(editDistance("", ""), 0u);
  EXPECT_EQ(editDistance("", "abc"), 3u);
  EXPECT_EQ(editDistance("profile", "profile"), 0u);
  EXPECT_EQ(editDistance("profle", "profile"), 1u);
  EXPECT_EQ(editDistance("profiile", "profile"), 1u);
  EXPECT_EQ(editDistance("prafile", "profile"), 1u);
  EXPECT_EQ(editDistance("porfile", "profile"), 1u);
  EXPECT_EQ(editDistance("kitten", "sitting"), 3u);
}

TEST(EditDistance, IsSymmetric) {
  for (const auto &[a, b] : std::vector<std::pair<std::string, std::string>>{
           {"link", "run"}, {"encode", "decode"}, {"asm", "dis"}, {"a", "banana"}})
    EXPECT_EQ(editDistance(a, b), editDistance(b, a)) << a << ' ' << b;
}

TEST(Nearest, TakesTheClosestThatIsNearEnough) {
  const std::vector<std::string> words = {"encode", "decode", "asm", "link", "run"};
  EXPECT_EQ(nearest("encod", words), "encode");
  EXPECT_EQ(nearest("decoed", words), "decode");
  EXPECT_EQ(nearest("rnu", words), "run");
  EXPECT_EQ(nearest("enc", words), "encode");
  EXPECT_EQ(nearest("launch", words), "");
  EXPECT_EQ(nearest("xy", words), "");
}

} // namespace
} // namespace xs3::cli
