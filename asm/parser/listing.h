// Address, bytes and source of each line.
#pragma once

#include "asm/parser/session.h"

namespace xs3::assembler {

/// After Session::run without errors and with AssembleOptions::listing.
/// `text` is the file as it was before the preprocessor.
std::string makeListing(Session &session, std::string_view text, const std::string &fileName);

} // namespace xs3::assembler
