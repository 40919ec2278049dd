// Single and dual issue: which halves a packet gets (isa/encoding.md section 7).
#include "asm/parser/asm_parser.h"
#include "isa/opcodes.h"
#include "isa/rows.h"

#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCInstBuilder.h>

#include <cstring>

namespace xs3::assembler {

namespace mc = isa::mc;

namespace {

const isa::Row &rowOf(const MCInst &inst) { return isa::row(mc::opcodeOf(inst.getOpcode())); }

// For the check which registers are written: registers by number, unknown immediates as 1.
isa::RegisterSet written(const MCInst &inst) {
  MCInst known = inst;
  for (MCOperand &operand : known)
    if (operand.isExpr())
      operand = MCOperand::createImm(1);
  return isa::writtenRegisters(mc::fromMCInst(known));
}

std::string registerNames(isa::RegisterSet set) {
  constexpr std::array<const char *, 16> kNames = {"r0", "r1", "r2", "r3", "r4",  "r5",
                                                   "r6", "r7", "r8", "r9", "r10", "r11",
                                                   "cp", "dp", "sp", "lr"};
  std::string text;
  for (unsigned i = 0; i < kNames.size(); ++i)
    if ((set >> i & 1u) != 0)
      text += (text.empty() ? "" : " and ") + std::string(kNames[i]);
  return text;
}

} // namespace

void XS3AsmParser::openPacket(SMLoc place) {
  const SMRange range{place, SMLoc::getFromPointer(place.getPointer() + 1)};
  if (packet_.open)
    return error(range, "a packet cannot hold a packet; close the one before with '}'");
  packet_.open = true;
  packet_.failed = !dual_ && !alone_;
  packet_.begin = place;
  packet_.halves.clear();
  if (!dual_ && !alone_ && !std::exchange(toldAboutMode_, true))
    error(range, "packets belong to dual issue; write .issue_mode dual before them");
}

void XS3AsmParser::closePacket(SMLoc place) {
  if (!packet_.open)
    return error({place, SMLoc::getFromPointer(place.getPointer() + 1)},
                 "this '}' closes no packet");
  packet_.open = false;
  if (packet_.failed)
    return;
  if (packet_.halves.size() > 2)
    return error(packet_.halves[2].range, "a packet holds at most two instructions");
  if (packet_.halves.empty())
    emitBundle(MCInstBuilder(XS3::NOP_0r), MCInstBuilder(XS3::NOP_0r), packet_.begin);
  else if (packet_.halves.size() == 1)
    emitLone(packet_.halves[0]);
  else
    emitPair(packet_.halves[0], packet_.halves[1]);
}

void XS3AsmParser::onEndOfFile() {
  if (packet_.open)
    error({packet_.begin, SMLoc::getFromPointer(packet_.begin.getPointer() + 1)},
          "this packet is not closed; a '}' is missing");
}

void XS3AsmParser::emit(Matched matched) {
  if (packet_.open)
    packet_.halves.push_back(std::move(matched));
  else if (dual_)
    emitLone(matched);
  else
    emitSingle(matched);
}

void XS3AsmParser::emitSingle(Matched &matched) {
  // The code behind a switch to dual issue must begin on a 4-byte boundary.
  if (matched.inst.getOpcode() == XS3::DUALENTSP_u6 && !matched.fixedForm && dualModeFollows()) {
    getStreamer().emitCodeAlignment(Align(4), mc::target().single.get());
    matched.inst.setOpcode(XS3::DUALENTSP_lu6);
  }
  getStreamer().emitInstruction(matched.inst, *mc::target().single);
}

void XS3AsmParser::emitLone(Matched &matched) {
  MCInst &inst = matched.inst;
  const isa::Row &row = rowOf(inst);
  if (row.bytes == 2 && !matched.fixedForm) {
    const isa::Opcode opcode = mc::opcodeOf(inst.getOpcode());
    if (opcode == isa::LDWCP_u10) {
      const MCOperand words = inst.getOperand(0);
      const SMLoc place = inst.getLoc();
      inst = MCInstBuilder(XS3::LDWCP_lru6).addReg(XS3::R11).addOperand(words);
      inst.setLoc(place);
    } else if (const auto longForm = isa::longForm(opcode)) {
      inst.setOpcode(mc::llvmOpcode(*longForm));
    }
  }
  if (rowOf(inst).bytes == 4)
    return getStreamer().emitInstruction(inst, *mc::target().dual);
  const MCInst nop = MCInstBuilder(XS3::NOP_0r);
  if (row.lane == isa::Lane::Memory)
    emitBundle(nop, inst, inst.getLoc());
  else
    emitBundle(inst, nop, inst.getLoc());
}

void XS3AsmParser::emitPair(Matched &first, Matched &second) {
  for (const Matched *half : {&first, &second})
    if (rowOf(half->inst).bytes == 4)
      return error(half->range, "this instruction takes 4 bytes, a whole packet; write the other "
                                "one in a packet of its own");
  const isa::Lane lane0 = rowOf(first.inst).lane;
  const isa::Lane lane1 = rowOf(second.inst).lane;
  if (lane0 == lane1 && lane0 != isa::Lane::Either)
    return error(second.range, std::string("both instructions need the ") +
                                   (lane0 == isa::Lane::Memory ? "memory" : "resource") +
                                   " lane; write this one in a packet of its own");
  if (const auto both = static_cast<isa::RegisterSet>(written(first.inst) & written(second.inst)))
    return error(second.range, "both halves of the packet write " + registerNames(both));
  const bool swap = lane0 == isa::Lane::Memory || lane1 == isa::Lane::Resource;
  emitBundle(swap ? second.inst : first.inst, swap ? first.inst : second.inst, packet_.begin);
}

void XS3AsmParser::emitBundle(const MCInst &lower, const MCInst &upper, SMLoc place) {
  MCInst bundle;
  bundle.setOpcode(XS3::BUNDLE);
  bundle.setLoc(place);
  bundle.addOperand(MCOperand::createInst(new (getContext()) MCInst(lower)));
  bundle.addOperand(MCOperand::createInst(new (getContext()) MCInst(upper)));
  getStreamer().emitInstruction(bundle, *mc::target().dual);
}

// Whether the next statement of the text is ".issue_mode dual". Comments between may fill so many
// characters.
constexpr std::size_t kLookAhead = 4096;

bool XS3AsmParser::dualModeFollows() {
  const char *behind = getTok().getLoc().getPointer();
  StringRef text(behind, strnlen(behind, kLookAhead));
  for (;;) {
    text = text.ltrim(" \t\r\n;");
    if (text.starts_with("//") || text.starts_with("#"))
      text = text.drop_until([](char c) { return c == '\n'; });
    else if (text.starts_with("/*") && text.contains("*/"))
      text = text.drop_front(text.find("*/") + 2);
    else
      break;
  }
  return text.consume_front(".issue_mode") && text.ltrim(" \t").starts_with("dual");
}

} // namespace xs3::assembler
