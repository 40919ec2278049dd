// One row for each relocation type, from isa/objects.md section 3.
#include "asm/link/relocate.h"

#include "asm/link/bytes.h"
#include "asm/link/text.h"

#include <algorithm>
#include <array>

namespace xs3::assembler {
namespace {

/// Where the number goes.
enum class Field : std::uint8_t {
  Word,     ///< 32-bit data.
  Half,     ///< 16-bit data.
  Short6,   ///< Bits 5..0 of a 2-byte instruction.
  Short10,  ///< Bits 9..0 of a 2-byte instruction.
  Prefix16, ///< Ten upper bits in the prefix halfword, six lower in the instruction's.
  Prefix20, ///< Ten and ten.
  None
};

struct Row {
  std::uint8_t type;
  Field field;
  OperandKind operand;
  std::uint8_t unit; ///< Bytes for each step of the number.
  const char *what;
};

constexpr std::array kRows{
    Row{1, Field::Word, OperandKind::Word, 1, "the data word"},
    Row{3, Field::Prefix16, OperandKind::FromDp, 4, "the dp[] operand"},
    Row{5, Field::Prefix16, OperandKind::FromCp, 4, "the cp[] operand"},
    Row{7, Field::Prefix20, OperandKind::FromCp, 4, "the cp[] operand"},
    Row{8, Field::Short6, OperandKind::Branch, 2, "the short branch"},
    Row{9, Field::Prefix16, OperandKind::Branch, 2, "the branch"},
    Row{10, Field::Short10, OperandKind::Branch, 2, "the short bl or ldap"},
    Row{11, Field::Prefix20, OperandKind::Branch, 2, "the bl or ldap"},
    Row{12, Field::Prefix16, OperandKind::Absolute, 1, "the number of ldc"},
    Row{15, Field::Half, OperandKind::Half, 1, "the 16-bit data"},
    Row{18, Field::Short6, OperandKind::Branch, 4, "the short dual-issue branch"},
    Row{19, Field::Prefix16, OperandKind::Branch, 4, "the dual-issue branch"},
    Row{20, Field::Short10, OperandKind::Branch, 4, "the short dual-issue bl or ldap"},
    Row{21, Field::Prefix20, OperandKind::Branch, 4, "the dual-issue bl or ldap"},
    Row{22, Field::None, OperandKind::None, 1, "the reference"},
};

const Row *findRow(std::uint8_t type) {
  const auto found =
      std::find_if(kRows.begin(), kRows.end(), [type](const Row &row) { return row.type == type; });
  return found == kRows.end() ? nullptr : &*found;
}

constexpr bool isPrefixed(Field field) {
  return field == Field::Prefix16 || field == Field::Prefix20;
}

constexpr std::uint32_t fieldBytes(Field field) {
  if (field == Field::None)
    return 0;
  return field == Field::Word || isPrefixed(field) ? 4 : 2;
}

constexpr unsigned fieldBits(Field field) {
  switch (field) {
  case Field::Word:
    return 32;
  case Field::Half:
  case Field::Prefix16:
    return 16;
  case Field::Short6:
    return 6;
  case Field::Short10:
    return 10;
  case Field::Prefix20:
    return 20;
  case Field::None:
    return 0;
  }
  return 0;
}

/// The place a branch counts from: the next instruction, in dual issue the next packet.
std::int64_t nextAddress(const Row &row, Address place) {
  if (row.unit == 4)
    return (std::int64_t{place} & ~std::int64_t{3}) + 4;
  return std::int64_t{place} + fieldBytes(row.field);
}

std::string advice(const Row &row) {
  switch (row.operand) {
  case OperandKind::FromDp:
    return "; put large objects into .dp.data.large or .dp.bss.large and reach them by address";
  case OperandKind::FromCp:
    return "; put large objects into .cp.rodata.large and reach them by address";
  case OperandKind::Branch:
    return isPrefixed(row.field) ? "; go through a register (ldw the address, then bla or bau)"
                                 : "; use the long form";
  default:
    return "; load it from a data word";
  }
}

void putField(Field field, std::span<std::uint8_t> bytes, std::uint32_t number) {
  if (field == Field::Word)
    return putLittleEndian<std::uint32_t>(bytes, 0, number);
  if (field == Field::Half)
    return putLittleEndian<std::uint16_t>(bytes, 0, static_cast<std::uint16_t>(number));
  const unsigned low = field == Field::Short6 || field == Field::Prefix16 ? 6 : 10;
  const std::uint32_t lowMask = (1u << low) - 1;
  const std::size_t place = isPrefixed(field) ? 2 : 0;
  const auto old = littleEndian<std::uint16_t>(bytes, place);
  putLittleEndian<std::uint16_t>(bytes, place,
                                 static_cast<std::uint16_t>((old & ~lowMask) | (number & lowMask)));
  if (isPrefixed(field))
    putLittleEndian<std::uint16_t>(bytes, 0, static_cast<std::uint16_t>(0xF000 | number >> low));
}

/// Bit 10 of the opcode halfword says which way a branch goes, 1 = backward.
void putDirection(Field field, std::span<std::uint8_t> bytes, bool backward) {
  constexpr std::uint16_t kBackward = 1 << 10;
  const std::size_t place = isPrefixed(field) ? 2 : 0;
  const auto old = littleEndian<std::uint16_t>(bytes, place);
  putLittleEndian<std::uint16_t>(
      bytes, place, static_cast<std::uint16_t>(backward ? old | kBackward : old & ~kBackward));
}

/// What the field has to express, in bytes: from a pool's base, from the next instruction, from 0.
std::int64_t distanceTo(const Row &row, std::int64_t target, Address place,
                        const PoolBases &bases) {
  switch (row.operand) {
  case OperandKind::FromDp:
    return target - bases.dp;
  case OperandKind::FromCp:
    return target - bases.cp;
  case OperandKind::Branch:
    return target - nextAddress(row, place);
  default:
    return target;
  }
}

/// Why the field cannot express the distance, and what to do; nothing when it can.
std::optional<std::string> rangeProblem(const Row &row, std::int64_t distance,
                                        const std::string &symbol) {
  const bool isNumber = row.operand == OperandKind::Absolute;
  const std::string bytes = isNumber ? "" : " bytes";
  const std::string subject = std::string(row.what) + " for " + symbol;
  if (distance < 0 && isNumber)
    return subject + " would be negative (" + std::to_string(distance) + ")" + advice(row);
  if (distance < 0 && row.operand != OperandKind::Branch)
    return subject + " lies " + std::to_string(-distance) +
           " bytes below the pool's base; define it in a section of that pool";
  const std::int64_t magnitude = distance < 0 ? -distance : distance;
  const std::int64_t limit = (std::int64_t{1} << fieldBits(row.field)) * row.unit;
  if (magnitude >= limit)
    return subject + " needs " + std::to_string(magnitude) + bytes + ", but reaches only " +
           std::to_string(limit - row.unit) + advice(row);
  if (magnitude % row.unit != 0)
    return subject + " needs " + std::to_string(magnitude) + " bytes, which is no multiple of " +
           std::to_string(row.unit) + "; align the target to " + std::to_string(row.unit);
  return std::nullopt;
}

} // namespace

bool isKeepOnly(std::uint8_t type) {
  const Row *row = findRow(type);
  return row && row->field == Field::None;
}

std::optional<OperandKind> relocatedOperand(std::uint8_t type) {
  const Row *row = findRow(type);
  return row ? std::optional(row->operand) : std::nullopt;
}

std::optional<std::string> relocate(std::uint8_t type, std::span<std::uint8_t> bytes,
                                    Address sectionAddress, std::uint32_t offset,
                                    std::int64_t target, const std::string &symbol,
                                    const PoolBases &bases) {
  const Row *row = findRow(type);
  if (!row)
    return "relocation type " + std::to_string(type) + " is unknown; was this made for XS3?";
  const std::uint32_t size = fieldBytes(row->field);
  if (offset > bytes.size() || size > bytes.size() - offset)
    return "the relocation here lies outside its section, which has " +
           std::to_string(bytes.size()) + " bytes; the object is damaged";
  const auto place = bytes.subspan(offset, size);
  if (isPrefixed(row->field) && (littleEndian<std::uint16_t>(place, 0) & 0xFC00) != 0xF000)
    return std::string(row->what) + " is expected here, but there is no prefixed instruction; the "
                                    "object is damaged";
  if (row->operand == OperandKind::None)
    return std::nullopt;
  if (row->operand == OperandKind::Word || row->operand == OperandKind::Half) {
    // Numbers wrap as the machine's do: the vendor's linker checks nothing here either.
    putField(row->field, place, static_cast<std::uint32_t>(target));
    return std::nullopt;
  }
  const std::int64_t distance = distanceTo(*row, target, sectionAddress + offset, bases);
  if (auto problem = rangeProblem(*row, distance, symbol))
    return problem;
  const std::int64_t magnitude = distance < 0 ? -distance : distance;
  putField(row->field, place, static_cast<std::uint32_t>(magnitude / row->unit));
  if (row->operand == OperandKind::Branch)
    putDirection(row->field, place, distance < 0);
  return std::nullopt;
}

} // namespace xs3::assembler
