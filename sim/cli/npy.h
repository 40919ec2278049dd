// Arrays as files: numpy's .npy, or raw little-endian bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::cli {

/// An array as numpy would hold it: row-major, little endian.
struct Array {
  std::string dtype;               ///< numpy's name: "int8", "float32", "bool", ...
  std::vector<std::size_t> shape;  ///< Empty for a scalar.
  std::vector<std::uint8_t> bytes; ///< Product of the shape times dtypeBytes(dtype).
};

/// Size of one element of the dtypes that are known here (bool, int8 ... uint64, float16 ...
/// float64); nothing for another name.
std::optional<std::size_t> dtypeBytes(std::string_view dtype);

/// "1x8x8x1", or "scalar".
std::string describeShape(std::span<const std::size_t> shape);

/// Bytes of an array of that kind. Throws Error when the dtype is not known or the size has no
/// meaning (2^31 bytes or more).
std::size_t arrayBytes(std::string_view dtype, std::span<const std::size_t> shape);

/// What the begin of an .npy file says.
struct NpyHeader {
  std::string dtype;
  std::vector<std::size_t> shape;
  bool bigEndian = false;
  std::size_t bytes = 0; ///< Of the header; the elements follow.
};

/// Bytes of a file's begin that say how long its header is.
inline constexpr std::size_t kNpyStartBytes = 12;

/// The length of the header that begins so; `start` has kNpyStartBytes or is the whole file. Throws
/// Error for what is no .npy file.
std::size_t npyHeaderBytes(std::span<const std::uint8_t> start, const std::string &fileName);

/// Reads the header, which `file` begins with. Throws Error as parseNpy does.
NpyHeader parseNpyHeader(std::span<const std::uint8_t> file, const std::string &fileName);

/// Turns elements of that size round.
void swapBytes(std::span<std::uint8_t> bytes, std::size_t elementBytes);

/// Reads .npy, version 1 to 3, big-endian elements turned round. Throws Error naming `fileName` for
/// anything else: objects, records, Fortran order, a header that promises more than there is.
Array parseNpy(std::span<const std::uint8_t> file, const std::string &fileName);

/// The bytes of an .npy file, version 1, as numpy.save writes them.
std::vector<std::uint8_t> formatNpy(const Array &array);

/// Gives the array this shape. Leading dimensions of 1 may be missing or too many; anything else
/// throws Error naming `fileName`.
void matchShape(Array &array, std::span<const std::size_t> shape, const std::string &fileName);

/// Reads an array whose kind is known: .npy (dtype and shape must agree, but for leading dimensions
/// of 1, which may be missing) or, under any other name,
/// raw bytes (the size must agree). "-" is raw standard input. Throws Error.
Array readArray(const std::string &path, const std::string &dtype,
                std::span<const std::size_t> shape);

/// Writes it, as .npy or raw by the name.
void writeArray(const std::string &path, const Array &array);

} // namespace xs3::cli
