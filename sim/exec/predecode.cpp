#include "sim/exec/predecode.h"

#include "isa/decode.h"
#include "isa/opcodes.h"
#include "sim/exec/access.h"
#include "sim/exec/table.h"

#include <cassert>
#include <optional>

namespace xs3::sim {
namespace {

using isa::Port;

EffectKind raiseIllegalPc(Context &context, const Op &op) {
  return context.raise(TrapKind::IllegalPc, op.immediate);
}
EffectKind raiseIllegalInstruction(Context &context, const Op &) {
  return context.raise(TrapKind::IllegalInstruction, 0);
}

/// A packet of no code, which traps.
DecodedPacket illegal(Address pc, Run trap) {
  DecodedPacket packet;
  packet.half[0].run = trap;
  packet.half[0].immediate = pc;
  packet.pc = pc;
  packet.nextPc = pc;
  packet.instructions = 0;
  packet.flags = DecodedPacket::Illegal;
  return packet;
}

/// The immediate as the semantic function wants it: branch distances as addresses.
Word resolved(std::int32_t operand, run::Resolve how, Address nextPc, bool dual) {
  const auto value = static_cast<Word>(operand);
  const Word unit = dual ? 4 : 2;
  switch (how) {
  case run::Resolve::Forward:
    return nextPc + value * unit;
  case run::Resolve::Backward:
    return nextPc - value * unit;
  default:
    return value;
  }
}

Op prepare(const isa::Instruction &instruction, const DecodedPacket &packet, bool dual,
           std::uint8_t lane) {
  const isa::Row &row = isa::row(instruction.opcode);
  const run::Semantics &semantics = sim::semantics(instruction.opcode);
  Op op;
  op.run = packet.active == DecodedPacket::kBoth && lane == 0 ? semantics.held : semantics.run;
  assert(op.run && "the row's shape cannot stand in lane 0");
  op.immediate = resolved(instruction.operands[static_cast<std::size_t>(semantics.position)],
                          semantics.resolve, packet.nextPc, dual);
  for (std::size_t i = 0; i < op.operands.size(); ++i)
    op.operands[i] = static_cast<std::uint8_t>(instruction.operands[i] & 15);
  op.opcode = instruction.opcode;
  op.cost = row.cost;
  op.energy = row.energy;
  op.lane = lane;
  return op;
}

/// The memory slot of one instruction; that of function entry and return depends on the frame.
Port portOf(const isa::Instruction &instruction) {
  const Port port = isa::row(instruction.opcode).port;
  const bool frame = instruction.operands[0] != 0;
  if (port == Port::Entry)
    return frame ? Port::Data : Port::Free;
  if (port == Port::Return)
    return frame ? Port::LoadedBranch : Port::Branch;
  return port;
}

} // namespace

DecodedPacket predecode(const isa::Packet &decoded, Address pc, bool dual) {
  const auto isNop = [&](std::size_t half) { return decoded.half[half].opcode == isa::NOP_0r; };
  DecodedPacket packet;
  packet.pc = pc;
  packet.count = decoded.count;
  packet.size = decoded.count == 2 ? std::uint8_t{4} : decoded.half[0].size;
  packet.nextPc = pc + packet.size;
  if (decoded.count == 2) {
    packet.active = isNop(0) ? 1 : isNop(1) ? 0 : DecodedPacket::kBoth;
    packet.instructions = static_cast<std::uint8_t>(!isNop(0) + !isNop(1));
  }
  for (std::uint8_t lane = 0; lane < decoded.count; ++lane) {
    const isa::Instruction &instruction = decoded.half[lane];
    packet.half[lane] = prepare(instruction, packet, dual, lane);
    // Only one half uses the memory slot; only a lone half can cost more than a slot.
    if (const Port port = portOf(instruction); port != Port::Free)
      packet.port = port;
    if (packet.half[lane].cost != isa::Cost::Single)
      packet.cost = packet.half[lane].cost;
    if (packet.active == DecodedPacket::kBoth && semantics(instruction.opcode).shared)
      packet.flags |= DecodedPacket::Shared;
    if (semantics(instruction.opcode).readsTime)
      packet.flags |= DecodedPacket::ReadsTime;
  }
  return packet;
}

DecodedPacket predecode(const Memory &memory, Address pc, bool dual) {
  if (!isExecutable(memory, pc, dual))
    return illegal(pc, &raiseIllegalPc);
  const auto first = memory.read<std::uint16_t>(pc);
  const bool whole = dual || isa::length(first) == 4;
  if (whole && !memory.contains(pc, 4))
    return illegal(pc, &raiseIllegalPc);
  const auto second = whole ? memory.read<std::uint16_t>(pc + 2) : std::uint16_t{0};
  std::optional<isa::Packet> decoded;
  if (dual)
    decoded = isa::decodePacket(static_cast<Word>(second) << 16 | first);
  else if (const auto instruction = isa::decode(first, second))
    decoded = isa::Packet{1, {*instruction, {}}};
  return decoded ? predecode(*decoded, pc, dual) : illegal(pc, &raiseIllegalInstruction);
}

} // namespace xs3::sim
