#include "sim/profile/answer.h"

#include "sim/profile/number_text.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string_view>

namespace xs3::profile {
namespace {

constexpr std::size_t kLargestPicture = 32;
constexpr std::size_t kMostClasses = 10; ///< That are all shown;
constexpr std::size_t kBestClasses = 5;  ///< of more, so many.
constexpr std::size_t kBarLength = 20;
constexpr std::size_t kLabelWidth = 16;

constexpr std::string_view kShadesAscii[] = {" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"};
constexpr std::string_view kShadesUtf8[] = {" ", "░", "▒", "▓", "█"};

template <typename T> std::vector<double> valuesAs(std::span<const std::uint8_t> bytes) {
  std::vector<double> values(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(value);
  }
  return values;
}

struct ValueType {
  std::string_view dtype;
  std::vector<double> (*read)(std::span<const std::uint8_t>);
};

constexpr ValueType kValueTypes[] = {
    {"int8", valuesAs<std::int8_t>},   {"uint8", valuesAs<std::uint8_t>},
    {"int16", valuesAs<std::int16_t>}, {"uint16", valuesAs<std::uint16_t>},
    {"int32", valuesAs<std::int32_t>}, {"uint32", valuesAs<std::uint32_t>},
    {"int64", valuesAs<std::int64_t>}, {"float32", valuesAs<float>},
    {"float64", valuesAs<double>},     {"bool", valuesAs<std::uint8_t>}};

std::string describe(const assembler::NetworkTensor &tensor) {
  std::string shape;
  for (const std::uint32_t size : tensor.shape)
    shape += (shape.empty() ? "" : "x") + std::to_string(size);
  return tensor.dtype + " " + (shape.empty() ? "scalar" : shape);
}

/// Characters on a terminal, not bytes.
std::size_t displayWidth(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string bar(double part, bool utf8) {
  const auto length =
      static_cast<std::size_t>(std::lround(std::clamp(part, 0.0, 1.0) * kBarLength));
  std::string text;
  for (std::size_t i = 0; i < length; ++i)
    text += utf8 ? "█" : "#";
  return text;
}

/// The label, cut between characters.
std::string className(std::size_t number, const std::vector<std::string> &labels) {
  if (number >= labels.size())
    return std::to_string(number);
  std::string label = labels[number];
  if (displayWidth(label) <= kLabelWidth)
    return label;
  while (displayWidth(label) >= kLabelWidth) // The first byte of a character goes last.
    label.pop_back();
  return label + "~";
}

/// "class  score" and a line for each of the best.
std::vector<std::string> scoreLines(const TensorValue &output,
                                    const std::vector<std::string> &labels, bool utf8) {
  const std::vector<double> values = realValues(output);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const bool areShares = *least >= 0 && *most <= 1;
  const double bottom = areShares ? 0 : *least;
  const double range = areShares ? 1 : std::max(*most - *least, 1e-300);
  std::vector<std::array<std::string, 3>> cells = {{"class", "score", ""}};
  const std::size_t shown = values.size() > kMostClasses ? kBestClasses : values.size();
  for (const ClassScore &best : topClasses(output, shown))
    cells.push_back({className(best.number, labels), fixed(best.score, 4),
                     bar((best.score - bottom) / range, utf8)});
  std::size_t nameWidth = 0, scoreWidth = 0;
  for (const auto &row : cells) {
    nameWidth = std::max(nameWidth, displayWidth(row[0]));
    scoreWidth = std::max(scoreWidth, row[1].size());
  }
  std::vector<std::string> lines;
  for (const auto &[name, score, length] : cells)
    lines.push_back(std::string(nameWidth - displayWidth(name), ' ') + name +
                    std::string(2 + scoreWidth - score.size(), ' ') + score +
                    (length.empty() ? "" : "  " + length));
  return lines;
}

/// An output that is no list of scores: what it is and how it begins.
std::vector<std::string> valueLines(const TensorValue &output, std::size_t width) {
  std::string values;
  for (const double value : realValues(output)) {
    const std::string text = " " + significant(value, 4);
    if (values.size() + text.size() > width - 20) {
      values += " ...";
      break;
    }
    values += text;
  }
  const std::string &name = output.tensor.name.empty() ? output.tensor.symbol : output.tensor.name;
  return {name.substr(0, width / 2) + ": " + describe(output.tensor), " " + values};
}

std::size_t widest(const std::vector<std::string> &lines) {
  std::size_t width = 0;
  for (const std::string &line : lines)
    width = std::max(width, displayWidth(line));
  return width;
}

std::string beside(const std::vector<std::string> &left, const std::vector<std::string> &right) {
  const std::size_t width = widest(left);
  std::string text;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    std::string line = "  ";
    if (i < left.size())
      line += left[i];
    if (i < right.size() && !right[i].empty())
      line +=
          std::string(
              width + (left.empty() ? 0 : 4) - (i < left.size() ? displayWidth(left[i]) : 0), ' ') +
          right[i];
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

} // namespace

std::vector<double> realValues(const TensorValue &value) {
  const auto type =
      std::find_if(std::begin(kValueTypes), std::end(kValueTypes),
                   [&](const ValueType &known) { return known.dtype == value.tensor.dtype; });
  if (type == std::end(kValueTypes))
    return {};
  std::vector<double> values = type->read(value.bytes);
  if (value.tensor.scale)
    for (double &real : values)
      real = *value.tensor.scale * (real - value.tensor.zeroPoint);
  return values;
}

std::optional<std::vector<std::string>> picture(const TensorValue &value, bool utf8) {
  const auto &shape = value.tensor.shape;
  if (shape.size() != 4 || shape[0] != 1 || shape[3] != 1 || shape[1] < 2 || shape[2] < 2 ||
      shape[1] > kLargestPicture || shape[2] > kLargestPicture)
    return std::nullopt;
  const std::vector<double> values = realValues(value);
  if (values.size() != std::size_t{shape[1]} * shape[2])
    return std::nullopt;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const auto shades = utf8 ? std::span<const std::string_view>(kShadesUtf8)
                           : std::span<const std::string_view>(kShadesAscii);
  const double step =
      *most > *least ? static_cast<double>(shades.size() - 1) / (*most - *least) : 0;
  std::vector<std::string> lines(shape[1]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double place = (values[i] - *least) * step;
    const std::string_view shade =
        shades[std::isfinite(place) ? static_cast<std::size_t>(std::lround(place)) : 0];
    lines[i / shape[2]].append(shade).append(shade);
  }
  return lines;
}

bool isClassScores(const TensorValue &value) {
  const auto &shape = value.tensor.shape;
  if (shape.empty() || shape.back() < 2)
    return false;
  const std::vector<double> values = realValues(value);
  return values.size() == shape.back() &&
         std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

std::vector<ClassScore> topClasses(const TensorValue &value, std::size_t most) {
  std::vector<ClassScore> classes;
  for (const double score : realValues(value))
    classes.push_back({classes.size(), score});
  std::sort(classes.begin(), classes.end(), [](const ClassScore &a, const ClassScore &b) {
    return a.score != b.score ? a.score > b.score : a.number < b.number;
  });
  classes.resize(std::min(classes.size(), most));
  return classes;
}

std::string formatAnswer(const Profile &profile, const ReportOptions &options) {
  std::string text;
  for (const TensorValue &output : profile.outputs) {
    std::vector<std::string> left, right;
    if (&output == &profile.outputs.front() && profile.inputs.size() == 1)
      if (auto lines = picture(profile.inputs.front(), options.utf8);
          lines && widest(*lines) + 2 <= options.width) {
        left = std::move(*lines);
        left.insert(left.begin(), "input");
      }
    if (isClassScores(output)) {
      const ClassScore best = topClasses(output, 1).front();
      text += "Answer: " + className(best.number, options.labels) + " (" + fixed(best.score, 4) +
              ")\n\n";
      right = scoreLines(output, options.labels, options.utf8);
    } else {
      text += "Output\n\n";
      const std::size_t used = left.empty() ? 0 : widest(left) + 4;
      right = valueLines(output, options.width >= used + 40 ? options.width - used : options.width);
    }
    const bool fits = left.empty() || 2 + widest(left) + 4 + widest(right) <= options.width;
    text += fits ? beside(left, right) : beside(left, {}) + "\n" + beside({}, right);
  }
  return text;
}

} // namespace xs3::profile
