#include "sim/cli/tensor_input.h"

#include "base/error.h"
#include "base/file.h"
#include "sim/cli/image_file.h"
#include "sim/cli/log_mel.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/verb.h"
#include "sim/cli/wave_file.h"
#include "sim/profile/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace xs3::cli {
namespace {

using assembler::NetworkTensor;

constexpr std::pair<std::string_view, InputKind> kKinds[] = {{"auto", InputKind::Auto},
                                                             {"tensor", InputKind::Tensor},
                                                             {"real", InputKind::Real},
                                                             {"image", InputKind::Image},
                                                             {"wav", InputKind::Wav}};

constexpr std::pair<std::string_view, InputKind> kEndings[] = {{".png", InputKind::Image},
                                                               {".pgm", InputKind::Image},
                                                               {".ppm", InputKind::Image},
                                                               {".wav", InputKind::Wav}};

std::string describeTensor(const NetworkTensor &tensor) {
  return tensor.dtype + " " + describeShape(arrayShape(tensor));
}

/// Height, width and channels of a tensor that can hold an image.
std::array<std::size_t, 3> imageShape(const std::string &path, const NetworkTensor &tensor) {
  std::vector<std::size_t> shape = arrayShape(tensor);
  if (shape.size() == 4 && shape.front() == 1)
    shape.erase(shape.begin());
  if (shape.size() != 3 || (shape[2] != 1 && shape[2] != 3))
    throw Error(path + ": error: the network's input is " + describeTensor(tensor) +
                ", which no image is; images are for inputs of 1xHxWx1 or 1xHxWx3");
  return {shape[0], shape[1], shape[2]};
}

InputTensor fromImage(const std::string &path, const NetworkTensor &tensor,
                      const InputOptions &options) {
  const auto [height, width, channels] = imageShape(path, tensor);
  const Image image = readImage(path, {height, width, channels});
  return {pixelsToTensor(image.pixels, image.most, tensor, options),
          "image, " + describePixels(image.most, tensor, options)};
}

InputTensor fromSound(const std::string &path, const NetworkTensor &tensor) {
  std::vector<std::size_t> shape = arrayShape(tensor);
  std::erase(shape, std::size_t{1});
  if (shape != std::vector<std::size_t>{kMelFrames, kMelBands})
    throw Error(path + ": error: the network's input is " + describeTensor(tensor) +
                "; sound is for inputs of 1x49x40x1, 49 frames of 40 mel bands");
  return {quantized(logMel(readWave(path)), tensor),
          "sound, 49 frames of 40 ms as 40 mel bands, (ln(power + 0.0001) + 2) / 8" +
              describeQuantization(tensor)};
}

/// An array of the tensor's shape, of floats.
InputTensor fromReals(const std::string &path, const Array &array, const NetworkTensor &tensor) {
  const auto values = floatsOf(array);
  if (!values)
    throw Error(path + ": error: it holds " + array.dtype +
                "; --input-as real wants float16, float32 or float64");
  Array inPlace = array;
  matchShape(inPlace, arrayShape(tensor), path);
  return {quantized(*values, tensor), "real numbers" + describeQuantization(tensor)};
}

template <typename T>
std::vector<std::uint8_t> quantizedAs(std::span<const float> values, const NetworkTensor &tensor) {
  const auto scale = static_cast<float>(*tensor.scale);
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double whole = static_cast<double>(std::nearbyintf(values[i] / scale));
    const double least = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
    const auto value = static_cast<T>(std::clamp(whole + tensor.zeroPoint, least, most));
    std::memcpy(bytes.data() + i * sizeof(T), &value, sizeof(T));
  }
  return bytes;
}

/// IEEE 754 binary16, subnormal numbers included.
float fromHalf(std::uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const int fraction = bits & 0x3ff;
  float value = 0;
  if (exponent == 0x1f)
    value =
        fraction ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
  else if (exponent == 0)
    value = std::ldexp(static_cast<float>(fraction), -24);
  else
    value = std::ldexp(static_cast<float>(0x400 | fraction), exponent - 25);
  return bits >> 15 ? -value : value;
}

template <typename T> float toFloat(T value) {
  if constexpr (std::is_same_v<T, std::uint16_t>)
    return fromHalf(value);
  else
    return static_cast<float>(value);
}

template <typename T> std::vector<float> floatsAs(std::span<const std::uint8_t> bytes) {
  std::vector<float> values(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values[i] = toFloat(value);
  }
  return values;
}

bool isFloat(std::string_view dtype) { return dtype.starts_with("float"); }

} // namespace

InputOptions parseInputOptions(std::string_view kind, std::string_view pixelRange) {
  InputOptions options;
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const auto &known) { return known.first == kind; });
  if (found == std::end(kKinds))
    throw UsageError("error: --input-as wants auto, tensor, real, image or wav, not '" +
                     std::string(kind) + "'");
  options.kind = found->second;
  const std::size_t dots = pixelRange.find("..");
  const auto readEnd = [&](std::string_view text, double &value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  };
  if (dots == pixelRange.npos || !readEnd(pixelRange.substr(0, dots), options.pixelLow) ||
      !readEnd(pixelRange.substr(dots + 2), options.pixelHigh) ||
      options.pixelLow == options.pixelHigh)
    throw UsageError("error: --pixel-range wants LOW..HIGH, as in -1..1 or 0..1, not '" +
                     std::string(pixelRange) + "'");
  return options;
}

InputTensor readInput(const std::string &path, const NetworkTensor &tensor,
                      const InputOptions &options) {
  InputKind kind = options.kind;
  if (kind == InputKind::Auto) {
    kind = InputKind::Tensor;
    for (const auto &[ending, meaning] : kEndings)
      if (path.ends_with(ending))
        kind = meaning;
  }
  if (kind == InputKind::Image)
    return fromImage(path, tensor, options);
  if (kind == InputKind::Wav)
    return fromSound(path, tensor);
  const bool npy = path.ends_with(".npy");
  if (kind == InputKind::Real && !npy)
    throw Error(path + ": error: --input-as real wants an .npy file, which says its type");
  if (npy && (kind == InputKind::Real || (options.kind == InputKind::Auto && tensor.scale))) {
    const Array array = parseNpy(readFile(path), path);
    if (kind == InputKind::Real || (isFloat(array.dtype) && !isFloat(tensor.dtype)))
      return fromReals(path, array, tensor);
  }
  return {readArray(path, tensor.dtype, arrayShape(tensor)).bytes, "as it is"};
}

std::vector<std::uint8_t> quantized(std::span<const float> values, const NetworkTensor &tensor) {
  if (std::any_of(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }))
    throw Error("error: an input holds a value that is no finite number");
  if (tensor.dtype == "float32") {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(float));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
  }
  if (tensor.scale && tensor.dtype == "int8")
    return quantizedAs<std::int8_t>(values, tensor);
  if (tensor.scale && tensor.dtype == "uint8")
    return quantizedAs<std::uint8_t>(values, tensor);
  if (tensor.scale && tensor.dtype == "int16")
    return quantizedAs<std::int16_t>(values, tensor);
  throw Error("error: the network's input is " + describeTensor(tensor) +
              (tensor.scale ? "" : " without a scale") +
              ", which is not made of real numbers; give the tensor itself");
}

std::optional<std::vector<float>> floatsOf(const Array &array) {
  if (array.dtype == "float16")
    return floatsAs<std::uint16_t>(array.bytes);
  if (array.dtype == "float32")
    return floatsAs<float>(array.bytes);
  if (array.dtype == "float64")
    return floatsAs<double>(array.bytes);
  return std::nullopt;
}

std::vector<std::uint8_t> pixelsToTensor(std::span<const std::uint16_t> pixels, unsigned most,
                                         const NetworkTensor &tensor, const InputOptions &options) {
  std::vector<float> values(pixels.size());
  const double range = options.pixelHigh - options.pixelLow;
  for (std::size_t i = 0; i < pixels.size(); ++i)
    values[i] = static_cast<float>(options.pixelLow + range * pixels[i] / most);
  return quantized(values, tensor);
}

std::string describePixels(unsigned most, const NetworkTensor &tensor,
                           const InputOptions &options) {
  return "values 0 to " + std::to_string(most) + " as " +
         profile::significant(options.pixelLow, 4) + " to " +
         profile::significant(options.pixelHigh, 4) + describeQuantization(tensor);
}

std::string describeQuantization(const NetworkTensor &tensor) {
  if (!tensor.scale)
    return "";
  return ", quantized to " + tensor.dtype + " with scale " +
         profile::significant(*tensor.scale, 6) + " and zero point " +
         std::to_string(tensor.zeroPoint);
}

} // namespace xs3::cli
