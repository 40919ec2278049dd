// The model files that the tests run: the bundled ones, and those beside the repository where they
// are.
#pragma once

#include "kernels/compiler/import/network.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace xs3::test {

/// kernels/models/NAME.
std::filesystem::path bundled(const std::string &name);

/// ../shared/models/NAME beside the repository; may not exist.
std::filesystem::path shared(const std::string &name);

/// A network from a file.
compiler::Network load(const std::filesystem::path &path);

/// The sentence with which the importer refuses a file named x.tflite; empty where it takes it.
std::string refusal(std::span<const std::uint8_t> file);

/// A file as bytes.
compiler::Bytes bytesOf(const std::filesystem::path &path);

/// The bytes of every array of a .npz file, by its name. Arrays in C order.
std::map<std::string, compiler::Bytes> readNpz(const std::filesystem::path &path);

/// CRC-32 as zip files have it, in eight hex digits.
std::string crc32Of(const compiler::Bytes &bytes);

/// Empty when the two are equal; else the number of differing elements, and the place and both
/// values of the first one. A NaN equals every NaN.
std::string firstDifference(const compiler::Bytes &got, const compiler::Bytes &expected,
                            compiler::ElementType type);

} // namespace xs3::test
