// Address, bytes and source of each line.
#pragma once

#include "asm/parser/session.h"

namespace xs3::assembler {

/// After Session::run without errors and with AssembleOptions::listing.
std::string makeListing(Session &session, std::string_view text);

} // namespace xs3::assembler
