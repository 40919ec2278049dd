// The inputs of a data set, one after another.
#pragma once

#include "asm/link/network_note.h"
#include "sim/cli/tensor_input.h"
#include "sim/cli/zip_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xs3::cli {

/// One input and what is known about it.
struct DatasetItem {
  std::size_t index = 0;
  std::vector<std::uint8_t> input;                   ///< The input tensor's bytes.
  std::optional<std::vector<std::uint8_t>> expected; ///< The output that must come.
  std::optional<std::size_t> trueClass;
};

/// What a data set is held against.
struct DatasetShape {
  assembler::NetworkTensor input, output;
  std::size_t classes = 0; ///< 0: the output is no list of scores.
  InputOptions options;
};

/// A folder with manifest.json, inputs.bin and (may be missing) outputs.bin, or an .npz file with
/// arrays x or inputs, and (may be missing) y or labels. Reads items as they are asked for; only
/// the classes are all in memory.
class DatasetSource {
public:
  /// Throws Error for everything that does not fit the network or itself: counts, shapes, types,
  /// quantization, classes out of range, sizes of files.
  DatasetSource(const std::string &path, const DatasetShape &shape);

  std::size_t count() const { return count_; }
  /// How an item becomes the input tensor, in words.
  const std::string &conversion() const { return conversion_; }

  /// The next item; nothing after the last. Throws Error for a file that turns out to be damaged.
  std::optional<DatasetItem> next();

private:
  void openFolder(const std::string &folder);
  void openNpz(const std::string &path);
  void openInputs(const std::string &path, const ZipMember &member);
  void readClasses(const std::string &path, const ZipMember &member);
  void requireClasses(const std::string &place) const;
  std::vector<std::uint8_t> convert(Array item) const;

  DatasetShape shape_;
  std::size_t count_ = 0, done_ = 0;
  std::string conversion_ = "as they are";
  InputKind kind_ = InputKind::Tensor;
  Array item_;             ///< The kind of one item, without bytes.
  bool bigEndian_ = false; ///< Of the items.
  std::vector<std::size_t> classes_;
  std::optional<ByteStream> inputs_, outputs_;
};

} // namespace xs3::cli
