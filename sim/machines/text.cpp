// A machine as text: canonical for hashes, explained for people.
#include "sim/machines/keys.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace xs3::sim {

namespace {

/// What hardware does here is not known (design: one named switch, or a loud stop). The keys are
/// the switches; the others have no sensible default.
struct Unknown {
  std::string_view what;
  std::string_view answer;
};

constexpr Unknown kUnknowns[] = {
    {"retsp n, blat and bla cp[]: does the target's line cost an FNOP",
     "cost.fetch.loaded_branch_fnop"},
    {"single issue: does an instruction across the end of the buffer cost an FNOP",
     "cost.fetch.straddle_fnop"},
    {"the divider's length and whether threads share it", "cost.divide.length, cost.divide.unit"},
    {"get and set of ps registers", "cost.state_access_clocks"},
    {"slots of a trap's entry", "cost.trap_entry_slots"},
    {"a miss in external memory", "cost.extmem.miss_ns"},
    {"latency of channels", "cost.channel.clocks, cost.channel.tiles_clocks"},
    {"number of synchronisers", "architecture.synchronisers"},
    {"a pc of 2 mod 4 in dual issue", "trap 2 (illegal pc)"},
    {"a trap when kep was never set", "the run ends with the trap"},
};

std::string hexText(const std::string &decimal) {
  std::array<char, 16> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::stoul(decimal), 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

std::string pad(std::string text, std::size_t width) {
  if (text.size() < width)
    text.append(width - text.size(), ' ');
  return text;
}

} // namespace

std::string canonicalText(const MachineDescription &machine) {
  std::string text;
  for (const MachineKey &key : machineKeyRows()) {
    text += std::string(key.path) + " = " + keyText(key, machine, machine.cost);
    const std::string low = keyText(key, machine, machine.costLow);
    const std::string high = keyText(key, machine, machine.costHigh);
    if (key.path.starts_with("cost."))
      text += " low " + low + " high " + high;
    text += '\n';
  }
  return text;
}

std::vector<std::string> nonDefaultKeys(const MachineDescription &machine) {
  static const MachineDescription standard = loadMachine();
  std::vector<std::string> keys;
  for (const MachineKey &key : machineKeyRows()) {
    const std::string value = keyText(key, machine, machine.cost);
    if (value != keyText(key, standard, standard.cost))
      keys.push_back(std::string(key.path) + " = " + value);
  }
  return keys;
}

std::string describeMachine(const MachineDescription &machine) {
  std::string text = machine.name;
  if (!machine.summary.empty())
    text += ": " + machine.summary;
  text += "\n\nCertainty: A documented by XMOS or reproduced exactly, B inferred from several "
          "figures,\nC a default that was chosen. In brackets: the band, low..high.\n";
  std::string part;
  const auto keys = machineKeyRows();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const MachineKey &key = keys[i];
    const std::string thisPart(key.path.substr(0, key.path.find('.')));
    if (thisPart != part)
      text += "\n[" + (part = thisPart) + "]\n";
    std::string value = keyText(key, machine, machine.cost);
    std::string low = keyText(key, machine, machine.costLow);
    std::string high = keyText(key, machine, machine.costHigh);
    if (const auto *field = std::get_if<Coefficient EnergyCoefficients::*>(&key.field)) {
      const auto plain = [](double number) {
        std::string digits = std::to_string(number);
        digits.erase(digits.find_last_not_of('0') + 1);
        return digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits;
      };
      const Coefficient &c = machine.energy.**field;
      value = plain(c.typical);
      low = plain(c.low);
      high = plain(c.high);
    } else if (std::holds_alternative<std::uint32_t Architecture::*>(key.field)) {
      low = high = value;
    }
    if (key.path.ends_with(".base")) // An address.
      value = hexText(value);
    if (low != high)
      value += " [" + low + ".." + high + "]";
    text += pad(std::string(key.path), 32) + pad(value, 30) + " " +
            pad(machine.origins[i].certainty, 2) + machine.origins[i].source + "\n";
  }
  text += "\nWhat nobody knows, and what stands for it:\n";
  for (const Unknown &unknown : kUnknowns)
    text += "  " + std::string(unknown.what) + ": " + std::string(unknown.answer) + "\n";
  return text;
}

} // namespace xs3::sim
