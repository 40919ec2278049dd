// Joins every row of isa/description with its semantic function: a row that names a function which
// does not exist, or does not fit its shape, fails to compile here.
#include "sim/exec/table.h"

#include "isa/opcodes.h"
#include "sim/exec/alu.h"
#include "sim/exec/branch.h"
#include "sim/exec/float.h"
#include "sim/exec/kernel.h"
#include "sim/exec/memory.h"
#include "sim/exec/team.h"
#include "sim/exec/vector.h"
#include "sim/exec/vector_accumulate.h"
#include "sim/exec/vector_complex.h"
#include "sim/exec/vector_shapes.h"
#include "sim/exec/wide.h"

#include <iterator>

namespace xs3::sim {
namespace {

struct ExecRow {
  unsigned opcode;
  const run::Semantics *semantics;
};

// The generated lines name opcodes and operand fields without their namespaces.
using namespace isa;
using namespace run;
#define GET_ExecTable_IMPL
#include "XS3GenExecTable.inc"

constexpr auto kSemantics = [] {
  std::array<const Semantics *, std::size(ExecTable)> table{};
  for (const ExecRow &row : ExecTable)
    table[row.opcode] = row.semantics;
  return table;
}();

} // namespace

const run::Semantics &semantics(isa::Opcode opcode) { return *kSemantics[opcode]; }

} // namespace xs3::sim
