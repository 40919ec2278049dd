// What a network said: its input as a picture of characters, its output as scores of classes.
#pragma once

#include "sim/profile/profile.h"
#include "sim/profile/report.h"

#include <optional>
#include <string>
#include <vector>

namespace xs3::profile {

/// The tensor's values as real numbers: scale * (value - zero point) where it is quantized. Empty
/// for a dtype that is no number here.
std::vector<double> realValues(const TensorValue &value);

/// The lines of a picture of an image with one channel, [1,H,W,1] with H and W up to 32: two
/// characters a pixel, the smallest value blank, the largest the darkest. Nothing for any other
/// tensor.
std::optional<std::vector<std::string>> picture(const TensorValue &value, bool utf8);

/// Whether the tensor holds one score for each of at least two classes: [N], [1,N], [1,1,1,N].
bool isClassScores(const TensorValue &value);

struct ClassScore {
  std::size_t number = 0;
  double score = 0;
};

/// The classes with the highest scores, best first; of equal scores the lower number first.
std::vector<ClassScore> topClasses(const TensorValue &value, std::size_t most);

/// The section of the text report: the picture of the input, where it has one, beside the scores
/// (below it where the line is too short). Of more than ten classes the best five.
std::string formatAnswer(const Profile &profile, const ReportOptions &options);

} // namespace xs3::profile
