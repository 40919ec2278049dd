// Which xs3 this is.
#pragma once

#include <string_view>

namespace xs3::cli {

/// "0.1.0"
std::string_view version();

} // namespace xs3::cli
