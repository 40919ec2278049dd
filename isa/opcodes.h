// The opcodes: one enumerator for each row of isa/description, in the alphabetical order of names,
// from 0.
#pragma once

#include "isa/instruction.h"

namespace xs3::isa {

// enum OpcodeName { ADD_2rus = 0, ADD_3r, ... }
#define GET_OpcodeName_DECL
#include "XS3GenExecTable.inc"

} // namespace xs3::isa
