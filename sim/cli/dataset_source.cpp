#include "sim/cli/dataset_source.h"

#include "base/error.h"
#include "base/file.h"
#include "sim/cli/profile_input.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace xs3::cli {
namespace {

using assembler::NetworkTensor;
using Json = nlohmann::json;

[[noreturn]] void fail(const std::string &path, const std::string &what) {
  throw Error(path + ": error: " + what);
}

std::string describeTensor(const NetworkTensor &tensor) {
  return tensor.dtype + " " + describeShape(arrayShape(tensor));
}

std::size_t tensorBytes(const NetworkTensor &tensor) {
  return arrayBytes(tensor.dtype, arrayShape(tensor));
}

std::vector<std::size_t> withoutOnes(std::vector<std::size_t> shape) {
  std::erase(shape, std::size_t{1});
  return shape;
}

Json parseManifest(const std::string &path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    fail(path, "the data set has no such file; a folder with manifest.json, inputs.bin and "
               "outputs.bin is wanted, or an .npz file");
  const Json manifest = Json::parse(readTextFile(path), nullptr, false);
  if (!manifest.is_object())
    fail(path, "this is no JSON object");
  return manifest;
}

std::size_t readCount(const Json &manifest, const std::string &path) {
  const auto count = manifest.find("count");
  if (count == manifest.end() || !count->is_number_unsigned() || *count == 0u)
    fail(path, "\"count\" must be the number of inputs, 1 or more");
  return *count;
}

/// "input" and "output" of the manifest: what is said there must be what the network has.
void checkTensor(const Json &manifest, const std::string &key, const NetworkTensor &tensor,
                 const std::string &path) {
  const auto said = manifest.find(key);
  if (said == manifest.end() || !said->is_object() || !said->contains("shape") ||
      !said->contains("dtype"))
    fail(path, "\"" + key + "\" must be an object with \"shape\" and \"dtype\"");
  if (said->at("dtype") != tensor.dtype || said->at("shape") != Json(tensor.shape))
    fail(path, "its " + key + " is " + said->at("dtype").dump() + " " + said->at("shape").dump() +
                   ", but the network's is " + describeTensor(tensor) +
                   "; take the data set of this network");
  const Json scale = said->value("scale", Json()), zero = said->value("zero_point", Json());
  if (!tensor.scale || (scale.is_null() && zero.is_null()))
    return;
  const bool same = scale.is_number() && zero.is_number_integer() &&
                    std::fabs(scale.get<double>() - *tensor.scale) <= 1e-6 * *tensor.scale &&
                    zero == tensor.zeroPoint;
  if (!same)
    fail(path, "its " + key + " has scale " + scale.dump() + " and zero point " + zero.dump() +
                   ", but the network's has " + Json(*tensor.scale).dump() + " and " +
                   std::to_string(tensor.zeroPoint) + "; take the data set of this network");
}

void checkSize(const ByteStream &stream, std::size_t count, std::size_t bytes,
               const std::string &what) {
  if (stream.size() % bytes == 0 && stream.size() / bytes == count)
    return;
  fail(stream.name(), "it holds " + std::to_string(stream.size()) + " bytes, but " +
                          std::to_string(count) + " " + what + " of " + std::to_string(bytes) +
                          " bytes are promised");
}

const ZipMember *findMember(const std::vector<ZipMember> &members, const std::string &path,
                            std::initializer_list<std::string_view> names) {
  const ZipMember *found = nullptr;
  for (const ZipMember &member : members)
    for (const std::string_view name : names)
      if (member.name == std::string(name) + ".npy") {
        if (found)
          fail(path, "it has both " + found->name + " and " + member.name + "; leave one out");
        found = &member;
      }
  return found;
}

/// Reads the header of an array and leaves the stream at its first element.
NpyHeader readHeader(ByteStream &stream) {
  constexpr std::size_t kLongestHeader = 1 << 16;
  std::vector<std::uint8_t> start(std::min<std::uint64_t>(stream.size(), kNpyStartBytes));
  stream.read(start);
  const std::size_t length = npyHeaderBytes(start, stream.name());
  if (length > kLongestHeader || length < start.size() || length - start.size() > stream.left())
    fail(stream.name(), "its .npy header is damaged");
  const std::size_t known = start.size();
  start.resize(length);
  stream.read(std::span(start).subspan(known));
  return parseNpyHeader(start, stream.name());
}

std::int64_t wholeNumber(const std::uint8_t *bytes, std::size_t size, bool isSigned) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes, size);
  const unsigned unused = static_cast<unsigned>(64 - 8 * size);
  if (isSigned)
    return static_cast<std::int64_t>(bits << unused) >> unused;
  return static_cast<std::int64_t>(std::min<std::uint64_t>(bits, std::uint64_t{1} << 62));
}

} // namespace

DatasetSource::DatasetSource(const std::string &path, const DatasetShape &shape) : shape_(shape) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    openFolder(path);
  else if (path.ends_with(".npz"))
    openNpz(path);
  else
    fail(path, std::filesystem::exists(path, ignored) ? "a data set is a folder or an .npz file"
                                                      : "there is no such folder or .npz file");
}

void DatasetSource::openFolder(const std::string &folder) {
  const std::string manifestPath = folder + "/manifest.json";
  const Json manifest = parseManifest(manifestPath);
  if (shape_.options.kind != InputKind::Auto && shape_.options.kind != InputKind::Tensor)
    fail(folder, "inputs.bin of a folder holds the tensors themselves; leave out --input-as");
  count_ = readCount(manifest, manifestPath);
  checkTensor(manifest, "input", shape_.input, manifestPath);
  checkTensor(manifest, "output", shape_.output, manifestPath);
  item_ = {shape_.input.dtype, arrayShape(shape_.input), {}};
  inputs_.emplace(folder + "/inputs.bin");
  checkSize(*inputs_, count_, tensorBytes(shape_.input), "inputs");
  std::error_code ignored;
  if (const std::string outputs = folder + "/outputs.bin";
      std::filesystem::exists(outputs, ignored)) {
    outputs_.emplace(outputs);
    checkSize(*outputs_, count_, tensorBytes(shape_.output), "outputs");
  }
  const auto classes = manifest.find("class");
  if (classes == manifest.end())
    return;
  if (!classes->is_array())
    fail(manifestPath, "\"class\" must be a list with a number for each input");
  for (const Json &number : *classes) {
    if (!number.is_number_unsigned())
      fail(manifestPath, "\"class\" holds " + number.dump() + ", which is no class");
    classes_.push_back(number);
  }
  requireClasses(manifestPath);
}

void DatasetSource::requireClasses(const std::string &place) const {
  if (shape_.classes == 0)
    fail(place, "it names true classes, but the network's output, " +
                    describeTensor(shape_.output) + ", is no list of class scores");
  if (classes_.size() != count_)
    fail(place, "it names " + std::to_string(classes_.size()) + " true classes for " +
                    std::to_string(count_) + (count_ == 1 ? " input" : " inputs"));
  const std::size_t most = *std::max_element(classes_.begin(), classes_.end());
  if (most >= shape_.classes)
    fail(place, "it names class " + std::to_string(most) + ", and the network has classes 0 to " +
                    std::to_string(shape_.classes - 1));
}

void DatasetSource::openNpz(const std::string &path) {
  const std::vector<ZipMember> members = readZipDirectory(path);
  const ZipMember *inputs = findMember(members, path, {"x", "inputs"});
  const ZipMember *classes = findMember(members, path, {"y", "labels"});
  if (!inputs) {
    std::string names;
    for (const ZipMember &member : members)
      names += (names.empty() ? "" : ", ") + member.name;
    fail(path, "it has no array x or inputs (it has: " + (names.empty() ? "nothing" : names) + ")");
  }
  openInputs(path, *inputs);
  if (classes)
    readClasses(path, *classes);
}

void DatasetSource::openInputs(const std::string &path, const ZipMember &member) {
  inputs_.emplace(path, member);
  const NpyHeader header = readHeader(*inputs_);
  bigEndian_ = header.bigEndian;
  const NetworkTensor &tensor = shape_.input;
  if (header.shape.empty() || header.shape.front() == 0)
    fail(inputs_->name(), "it has no first dimension that counts the inputs");
  count_ = header.shape.front();
  item_ = {header.dtype, {header.shape.begin() + 1, header.shape.end()}, {}};
  if (withoutOnes(item_.shape) != withoutOnes(arrayShape(tensor)))
    fail(inputs_->name(), "each of its inputs is " + describeShape(item_.shape) +
                              ", and the network wants " + describeTensor(tensor));
  const std::size_t bytes = arrayBytes(item_.dtype, item_.shape);
  if (inputs_->left() % bytes != 0 || inputs_->left() / bytes != count_)
    fail(inputs_->name(), "it holds " + std::to_string(inputs_->left()) +
                              " bytes of elements, and its shape promises " +
                              std::to_string(count_) + " times " + std::to_string(bytes));

  kind_ = shape_.options.kind;
  if (kind_ == InputKind::Wav)
    fail(path, "sound in .npz files is not read; give features of 49x40 with --input-as real");
  const bool isFloat = item_.dtype.starts_with("float");
  if (kind_ == InputKind::Auto)
    kind_ = isFloat && tensor.scale && item_.dtype != tensor.dtype ? InputKind::Real
                                                                   : InputKind::Tensor;
  if (kind_ == InputKind::Real && isFloat)
    conversion_ = "real numbers" + describeQuantization(tensor);
  else if (kind_ == InputKind::Image && item_.dtype == "uint8")
    conversion_ = "images, " + describePixels(255, tensor, shape_.options);
  else if (kind_ != InputKind::Tensor || item_.dtype != tensor.dtype)
    fail(inputs_->name(), "it holds " + item_.dtype + ", and the network wants " + tensor.dtype +
                              "; --input-as real takes floats, --input-as image takes uint8");
}

void DatasetSource::readClasses(const std::string &path, const ZipMember &member) {
  ByteStream stream(path, member);
  const NpyHeader header = readHeader(stream);
  const bool isSigned = header.dtype.starts_with("int");
  if (!isSigned && !header.dtype.starts_with("uint"))
    fail(stream.name(), "it holds " + header.dtype + "; true classes must be whole numbers");
  if (withoutOnes(header.shape) != withoutOnes({count_}))
    fail(stream.name(), "its shape is " + describeShape(header.shape) + ", and " +
                            std::to_string(count_) + " true classes are wanted");
  const std::size_t size = *dtypeBytes(header.dtype);
  if (stream.left() % size != 0 || stream.left() / size != count_)
    fail(stream.name(), "it holds another number of bytes than its shape promises");
  for (std::size_t i = 0; i < count_; ++i) {
    std::uint8_t element[8];
    stream.read(std::span(element).first(size));
    if (header.bigEndian)
      swapBytes(std::span(element).first(size), size);
    const std::int64_t value = wholeNumber(element, size, isSigned);
    if (value < 0)
      fail(stream.name(), "it names class " + std::to_string(value) + ", which is below 0");
    classes_.push_back(static_cast<std::size_t>(value));
  }
  requireClasses(stream.name());
}

std::vector<std::uint8_t> DatasetSource::convert(Array item) const {
  if (bigEndian_)
    swapBytes(item.bytes, *dtypeBytes(item.dtype));
  if (kind_ == InputKind::Real)
    return quantized(*floatsOf(item), shape_.input);
  if (kind_ == InputKind::Image)
    return pixelsToTensor(std::vector<std::uint16_t>(item.bytes.begin(), item.bytes.end()), 255,
                          shape_.input, shape_.options);
  return std::move(item.bytes);
}

std::optional<DatasetItem> DatasetSource::next() {
  if (done_ == count_)
    return std::nullopt;
  DatasetItem item;
  item.index = done_;
  Array raw = item_;
  raw.bytes.resize(arrayBytes(raw.dtype, raw.shape));
  inputs_->read(raw.bytes);
  item.input = convert(std::move(raw));
  if (outputs_) {
    item.expected.emplace(tensorBytes(shape_.output));
    outputs_->read(*item.expected);
  }
  if (!classes_.empty())
    item.trueClass = classes_[done_];
  ++done_;
  return item;
}

} // namespace xs3::cli
