// Calls xs3 from a test: in the test's process, or as the built program.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace xs3::cli::test {

struct Result {
  int status = 0; ///< Exit status; 128 + the signal's number when one ended it.
  std::string out, err;
};

/// xs3 with these arguments, in this process.
Result xs3(std::vector<std::string> arguments);

/// The built program through a shell: "$XS3" in `command` is its path.
Result shell(const std::string &command);

/// The built program with standard output and error on a terminal of its own; `out` is what the
/// terminal got.
Result onTerminal(const std::string &command);

/// A folder of its own for a test, removed afterwards.
class Folder {
public:
  Folder();
  ~Folder();
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;

  std::string path(const std::string &name) const { return (path_ / name).string(); }
  /// Writes a file and returns its path.
  std::string file(const std::string &name, const std::string &content) const;
  std::vector<std::string> names() const;

private:
  std::filesystem::path path_;
};

/// The bundled digits network and its files.
inline const std::string kDigits = XS3_SOURCE_DIR "/kernels/models/digits_bnn/";
inline const std::string kDigitsModel = kDigits + "digits_bnn.tflite";

} // namespace xs3::cli::test
