#include "sim/cli/npy.h"

#include "base/error.h"
#include "base/file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace xs3::cli {
namespace {

struct Dtype {
  std::string_view name;
  std::string_view descr; ///< Behind the byte order, as in the file: "i1".
  std::size_t bytes;
};

constexpr std::array<Dtype, 12> kDtypes = {{{"bool", "b1", 1},
                                            {"int8", "i1", 1},
                                            {"uint8", "u1", 1},
                                            {"int16", "i2", 2},
                                            {"uint16", "u2", 2},
                                            {"int32", "i4", 4},
                                            {"uint32", "u4", 4},
                                            {"int64", "i8", 8},
                                            {"uint64", "u8", 8},
                                            {"float16", "f2", 2},
                                            {"float32", "f4", 4},
                                            {"float64", "f8", 8}}};

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kLargestArray = std::size_t{1} << 31;

const Dtype *findDtype(std::string_view name) {
  const auto found = std::find_if(kDtypes.begin(), kDtypes.end(),
                                  [&](const Dtype &dtype) { return dtype.name == name; });
  return found == kDtypes.end() ? nullptr : &*found;
}

/// The header of an .npy file: the literal of a Python dictionary with three keys.
class HeaderParser {
public:
  HeaderParser(std::string_view text, const std::string &fileName)
      : rest_(text), fileName_(fileName) {}

  struct Header {
    std::string descr;
    bool fortranOrder = false;
    std::vector<std::size_t> shape;
  };

  Header parse() {
    Header header;
    unsigned keys = 0;
    expect('{');
    while (!accept('}')) {
      const std::string key = string();
      expect(':');
      if (key == "descr")
        header.descr = string();
      else if (key == "fortran_order")
        header.fortranOrder = boolean();
      else if (key == "shape")
        header.shape = tuple();
      else
        fail("its header has the key '" + key + "'");
      ++keys;
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (keys != 3 || header.descr.empty())
      fail("its header is not the usual three entries");
    return header;
  }

  [[noreturn]] void fail(const std::string &what) const {
    throw Error(fileName_ + ": error: " + what +
                "; save the array with numpy.save and a plain number type");
  }

private:
  void skipSpace() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\t'))
      rest_.remove_prefix(1);
  }
  bool accept(char c) {
    skipSpace();
    if (rest_.empty() || rest_[0] != c)
      return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c))
      fail(std::string("its header is damaged: '") + c + "' is missing");
  }
  std::string string() {
    skipSpace();
    const char quote = rest_.empty() ? '\0' : rest_[0];
    const std::size_t end = quote == '\'' || quote == '"' ? rest_.find(quote, 1) : rest_.npos;
    if (end == rest_.npos)
      fail("its header holds no plain dtype");
    std::string text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return text;
  }
  bool boolean() {
    skipSpace();
    for (const auto &[word, value] :
         {std::pair{std::string_view("True"), true}, {std::string_view("False"), false}})
      if (rest_.starts_with(word)) {
        rest_.remove_prefix(word.size());
        return value;
      }
    fail("its header is damaged: fortran_order is no True or False");
  }
  std::vector<std::size_t> tuple() {
    std::vector<std::size_t> values;
    expect('(');
    while (!accept(')')) {
      skipSpace();
      std::size_t value = 0;
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
      if (error != std::errc() || values.size() == 32)
        fail("its header is damaged: the shape is no list of numbers");
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      values.push_back(value);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return values;
  }

  std::string_view rest_;
  const std::string &fileName_;
};

/// An example is often saved without the batch's dimension of 1.
std::span<const std::size_t> withoutLeadingOnes(std::span<const std::size_t> shape) {
  while (!shape.empty() && shape.front() == 1)
    shape = shape.subspan(1);
  return shape;
}

std::string pythonTuple(std::span<const std::size_t> shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

} // namespace

std::optional<std::size_t> dtypeBytes(std::string_view dtype) {
  const Dtype *found = findDtype(dtype);
  return found ? std::optional(found->bytes) : std::nullopt;
}

std::string describeShape(std::span<const std::size_t> shape) {
  std::string text;
  for (const std::size_t size : shape)
    text += (text.empty() ? "" : "x") + std::to_string(size);
  return text.empty() ? "scalar" : text;
}

std::size_t arrayBytes(std::string_view dtype, std::span<const std::size_t> shape) {
  const auto size = dtypeBytes(dtype);
  if (!size)
    throw Error("error: '" + std::string(dtype) + "' is no type of an array's elements");
  std::size_t bytes = *size;
  for (const std::size_t dimension : shape) {
    if (dimension != 0 && bytes >= kLargestArray / dimension + 1)
      throw Error("error: an array of shape " + describeShape(shape) + " is too large");
    bytes *= dimension;
  }
  return bytes;
}

std::size_t npyHeaderBytes(std::span<const std::uint8_t> start, const std::string &fileName) {
  const std::string_view text(reinterpret_cast<const char *>(start.data()), start.size());
  if (!text.starts_with(kMagic) || start.size() < 10)
    throw Error(fileName +
                ": error: this is no .npy file; raw bytes want another ending than .npy");
  // Version 1 counts its header in two bytes, 2 and 3 in four.
  const unsigned countBytes = start[6] == 1 ? 2 : 4;
  std::size_t length = 8 + countBytes;
  for (unsigned i = 0; i < countBytes && 8 + i < start.size(); ++i)
    length += std::size_t{start[8 + i]} << (8 * i);
  return length;
}

NpyHeader parseNpyHeader(std::span<const std::uint8_t> file, const std::string &fileName) {
  const std::size_t length = npyHeaderBytes(file, fileName);
  const std::size_t start = file[6] == 1 ? 10 : 12;
  const std::string_view text(reinterpret_cast<const char *>(file.data()), file.size());
  HeaderParser parser(start < file.size() ? text.substr(start, length - start) : "", fileName);
  if (file[6] < 1 || file[6] > 3)
    parser.fail("version " + std::to_string(file[6]) + " of the .npy format is not known");
  if (length > file.size())
    parser.fail("it ends inside its header");
  const auto header = parser.parse();

  const char order = header.descr.front();
  const auto dtype = std::find_if(kDtypes.begin(), kDtypes.end(), [&](const Dtype &candidate) {
    return header.descr.substr(1) == candidate.descr;
  });
  if (dtype == kDtypes.end() || std::string_view("<>|=").find(order) == std::string_view::npos)
    parser.fail("elements of type '" + header.descr + "' are not taken");
  if (header.fortranOrder && header.shape.size() > 1)
    parser.fail("it is stored in Fortran order (numpy.ascontiguousarray cures that)");
  return {std::string(dtype->name), header.shape, order == '>', length};
}

void swapBytes(std::span<std::uint8_t> bytes, std::size_t elementBytes) {
  for (std::size_t i = 0; i + elementBytes <= bytes.size(); i += elementBytes)
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                 bytes.begin() + static_cast<std::ptrdiff_t>(i + elementBytes));
}

Array parseNpy(std::span<const std::uint8_t> file, const std::string &fileName) {
  const NpyHeader header = parseNpyHeader(file, fileName);
  Array array{header.dtype, header.shape, {}};
  const auto content = file.subspan(header.bytes);
  if (const std::size_t bytes = arrayBytes(array.dtype, array.shape); content.size() != bytes)
    throw Error(fileName + ": error: it holds " + std::to_string(content.size()) +
                " bytes where its shape " + describeShape(array.shape) + " wants " +
                std::to_string(bytes) + "; save the array with numpy.save and a plain number type");
  array.bytes.assign(content.begin(), content.end());
  if (header.bigEndian)
    swapBytes(array.bytes, *dtypeBytes(array.dtype));
  return array;
}

std::vector<std::uint8_t> formatNpy(const Array &array) {
  const Dtype *dtype = findDtype(array.dtype);
  if (!dtype || array.bytes.size() != arrayBytes(array.dtype, array.shape))
    throw std::logic_error("an array of " + array.dtype + " with a wrong number of bytes");
  std::string header = "{'descr': '" + std::string(dtype->bytes == 1 ? "|" : "<") +
                       std::string(dtype->descr) +
                       "', 'fortran_order': False, 'shape': " + pythonTuple(array.shape) + ", }";
  // The content begins at a multiple of 64, behind a line feed, as numpy does it.
  const std::size_t unpadded = kMagic.size() + 4 + header.size() + 1;
  header.append((64 - unpadded % 64) % 64, ' ').append("\n");
  std::string start(kMagic);
  start += {1, 0, static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  start += header;
  std::vector<std::uint8_t> file(start.begin(), start.end());
  file.insert(file.end(), array.bytes.begin(), array.bytes.end());
  return file;
}

void matchShape(Array &array, std::span<const std::size_t> shape, const std::string &fileName) {
  const auto have = withoutLeadingOnes(array.shape), want = withoutLeadingOnes(shape);
  if (!std::equal(have.begin(), have.end(), want.begin(), want.end()))
    throw Error(fileName + ": error: it holds " + array.dtype + " " + describeShape(array.shape) +
                " where " + array.dtype + " " + describeShape(shape) + " is wanted");
  array.shape.assign(shape.begin(), shape.end());
}

Array readArray(const std::string &path, const std::string &dtype,
                std::span<const std::size_t> shape) {
  const std::string wanted = dtype + " " + describeShape(shape);
  if (path.ends_with(".npy")) {
    Array array = parseNpy(readFile(path), path);
    if (array.dtype != dtype)
      throw Error(path + ": error: it holds " + array.dtype + " " + describeShape(array.shape) +
                  " where " + wanted + " is wanted");
    matchShape(array, shape, path);
    return array;
  }
  Array array{dtype, {shape.begin(), shape.end()}, readFile(path)};
  if (const std::size_t bytes = arrayBytes(dtype, shape); array.bytes.size() != bytes)
    throw Error(path + ": error: it holds " + std::to_string(array.bytes.size()) + " bytes where " +
                wanted + " takes " + std::to_string(bytes));
  return array;
}

void writeArray(const std::string &path, const Array &array) {
  if (path.ends_with(".npy"))
    writeFile(path, formatNpy(array));
  else
    writeFile(path, array.bytes);
}

} // namespace xs3::cli
