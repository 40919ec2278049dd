// What a user handed in was wrong: one sentence, caught once, in main.
#pragma once

#include <stdexcept>
#include <string>

namespace xs3 {

/// A file, program or option of the user cannot be taken. The text is one sentence that says where
/// (file:line:column as far as known), what is wrong and what to do; main prints it behind "xs3: "
/// and exits with `exitStatus` (cli.md: 1 = something handed in was wrong, 2 = wrong usage).
class Error : public std::runtime_error {
public:
  explicit Error(const std::string &sentence, int exitStatus = 1)
      : std::runtime_error(sentence), exitStatus(exitStatus) {}

  int exitStatus;
};

} // namespace xs3
