// Reads machine files (TOML) over the default machine and checks every value.
#include "base/error.h"
#include "base/file.h"
#include "sim/machines/keys.h"
#include "sim/machines/shipped.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <toml++/toml.h>

namespace xs3::sim {

namespace {

/// Applies one parsed text to a machine. `name` is the file, or "--set KEY=VALUE".
class Reader {
public:
  Reader(MachineDescription &machine, std::string name, bool isSetting)
      : machine_(machine), name_(std::move(name)), isSetting_(isSetting) {}

  void readTable(const toml::table &table, const std::string &prefix);

private:
  [[noreturn]] void fail(const toml::node &node, const std::string &sentence) const;
  void readKey(const MachineKey &key, const toml::node &node);
  void readText(const toml::node &node, std::string_view path, std::string &text) const;
  void readCost(const MachineKey &key, const toml::node &node, Cost &cost);
  void readCoefficient(const MachineKey &key, const toml::node &node, Coefficient &coefficient);
  double number(const MachineKey &key, const toml::node &node) const;
  template <typename Integer> Integer integer(const MachineKey &key, const toml::node &node) const;
  /// Checks that a table holds nothing but these entries.
  void onlyEntries(const MachineKey &key, const toml::table &table,
                   std::initializer_list<std::string_view> entries) const;

  MachineDescription &machine_;
  std::string name_;
  bool isSetting_;
};

void Reader::fail(const toml::node &node, const std::string &sentence) const {
  const toml::source_position at = node.source().begin;
  if (isSetting_)
    throw Error(name_ + ": error: " + sentence);
  throw Error(name_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
              ": error: " + sentence);
}

std::string allowedText(const MachineKey &key) {
  const auto plain = [](double value) {
    return std::to_string(static_cast<long long>(value)); // All limits but vdd's are whole.
  };
  if (key.oneOf[0] == 0)
    return key.least == std::floor(key.least)
               ? plain(key.least) + " to " + plain(key.most)
               : std::to_string(key.least).substr(0, 3) + " to " + plain(key.most);
  std::string text = std::to_string(key.oneOf[0]);
  for (std::size_t i = 1; i < key.oneOf.size() && key.oneOf[i] != 0; ++i)
    text += (i + 1 == key.oneOf.size() || key.oneOf[i + 1] == 0 ? " or " : ", ") +
            std::to_string(key.oneOf[i]);
  return text;
}

double Reader::number(const MachineKey &key, const toml::node &node) const {
  const std::optional<double> value = node.value<double>();
  if (!value || !node.is_number())
    fail(node, std::string(key.path) + " wants a number, " + allowedText(key));
  const bool listed =
      key.oneOf[0] == 0 || (*value > 0 && std::ranges::find(key.oneOf, *value) != key.oneOf.end());
  const bool inRange = key.oneOf[0] != 0 || (*value >= key.least && *value <= key.most);
  if (!listed || !inRange)
    fail(node, std::string(key.path) + " must be " + allowedText(key));
  return *value;
}

template <typename Integer>
Integer Reader::integer(const MachineKey &key, const toml::node &node) const {
  if (!node.is_integer())
    fail(node, std::string(key.path) + " wants a whole number, " + allowedText(key));
  return static_cast<Integer>(number(key, node));
}

void Reader::onlyEntries(const MachineKey &key, const toml::table &table,
                         std::initializer_list<std::string_view> entries) const {
  for (const auto &[name, node] : table)
    if (std::ranges::find(entries, name.str()) == entries.end())
      fail(node, "unknown entry '" + std::string(name.str()) + "' of " + std::string(key.path));
}

void Reader::readText(const toml::node &node, std::string_view path, std::string &text) const {
  const auto value = node.value<std::string>();
  if (!value)
    fail(node, std::string(path) + " wants a text in quotes");
  text = *value;
}

void Reader::readCost(const MachineKey &key, const toml::node &node, Cost &cost) {
  if (const auto *field = std::get_if<std::uint32_t Cost::*>(&key.field)) {
    cost.**field = integer<std::uint32_t>(key, node);
  } else if (const auto *wide = std::get_if<std::uint64_t Cost::*>(&key.field)) {
    cost.**wide = integer<std::uint64_t>(key, node);
  } else if (const auto *real = std::get_if<double Cost::*>(&key.field)) {
    cost.**real = number(key, node);
  } else if (const auto *flag = std::get_if<bool Cost::*>(&key.field)) {
    if (!node.is_boolean())
      fail(node, std::string(key.path) + " must be true or false");
    cost.**flag = node.ref<bool>();
  } else {
    const std::string unit = node.value_or(std::string());
    if (unit != "clocks" && unit != "slots")
      fail(node, std::string(key.path) + " must be \"clocks\" or \"slots\"");
    cost.divideUnit = unit == "clocks" ? DivideUnit::Clocks : DivideUnit::Slots;
  }
}

void Reader::readCoefficient(const MachineKey &key, const toml::node &node,
                             Coefficient &coefficient) {
  if (const toml::table *table = node.as_table()) {
    onlyEntries(key, *table, {"typical", "low", "high", "certainty", "source"});
    if (const toml::node *typical = table->get("typical"))
      coefficient.typical = number(key, *typical);
    if (const toml::node *low = table->get("low"))
      coefficient.low = number(key, *low);
    if (const toml::node *high = table->get("high"))
      coefficient.high = number(key, *high);
  } else {
    const double value = number(key, node);
    coefficient = {value, value, value};
  }
  if (coefficient.low > coefficient.typical || coefficient.typical > coefficient.high)
    fail(node, std::string(key.path) + " must have low <= typical <= high");
}

void Reader::readKey(const MachineKey &key, const toml::node &node) {
  Origin origin{"", isSetting_
                        ? "given by --set"
                        : "given in " + name_ + ":" + std::to_string(node.source().begin.line)};
  const toml::table *table = node.as_table();
  if (table != nullptr && table->contains("certainty"))
    readText(*table->get("certainty"), key.path, origin.certainty);
  if (table != nullptr && table->contains("source"))
    readText(*table->get("source"), key.path, origin.source);

  if (const auto *energy = std::get_if<Coefficient EnergyCoefficients::*>(&key.field)) {
    readCoefficient(key, node, machine_.energy.**energy);
  } else {
    const bool isCost = key.path.starts_with("cost.");
    if (table != nullptr && isCost)
      onlyEntries(key, *table, {"value", "low", "high", "certainty", "source"});
    else if (table != nullptr)
      onlyEntries(key, *table, {"value", "certainty", "source"});
    const toml::node *value = table == nullptr ? &node : table->get("value");
    if (value == nullptr)
      fail(node, std::string(key.path) + " has no value: write " + std::string(key.path) +
                     " = { value = ... }");
    if (const auto *field = std::get_if<std::uint32_t Architecture::*>(&key.field)) {
      machine_.architecture.**field = integer<std::uint32_t>(key, *value);
    } else if (const auto *real = std::get_if<double EnergyCoefficients::*>(&key.field)) {
      machine_.energy.**real = number(key, *value);
    } else {
      const toml::node *low = table == nullptr ? nullptr : table->get("low");
      const toml::node *high = table == nullptr ? nullptr : table->get("high");
      readCost(key, *value, machine_.cost);
      readCost(key, low == nullptr ? *value : *low, machine_.costLow);
      readCost(key, high == nullptr ? *value : *high, machine_.costHigh);
    }
  }
  machine_.origins[static_cast<std::size_t>(&key - machineKeyRows().data())] = std::move(origin);
}

void Reader::readTable(const toml::table &table, const std::string &prefix) {
  const auto keys = machineKeyRows();
  for (const auto &[name, node] : table) {
    const std::string path = prefix + std::string(name.str());
    const auto key = std::ranges::find(keys, path, &MachineKey::path);
    if (key != keys.end()) {
      readKey(*key, node);
    } else if (path == "name") {
      readText(node, path, machine_.name);
    } else if (path == "summary") {
      readText(node, path, machine_.summary);
    } else if (const toml::table *inner = node.as_table();
               inner != nullptr && std::ranges::any_of(keys, [&](const MachineKey &k) {
                 return k.path.starts_with(path + ".");
               })) {
      readTable(*inner, path + ".");
    } else {
      fail(node, "unknown machine key '" + path + "'; `xs3 machine` lists the keys");
    }
  }
}

toml::table parse(std::string_view text, const std::string &name) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error &error) {
    const toml::source_position at = error.source().begin;
    throw Error(name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
                ": error: this is no machine file: " + std::string(error.description()));
  }
}

void readSetting(const std::string &setting, MachineDescription &machine) {
  const std::string name = "--set " + setting;
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0 || setting.find('\n') != std::string::npos)
    throw Error(name + ": error: write --set KEY=VALUE, for example cost.clock_hz=800000000", 2);
  const std::string key = setting.substr(0, equals), value = setting.substr(equals + 1);
  toml::table table;
  try {
    table = toml::parse(setting);
  } catch (const toml::parse_error &) {
    // A bare word is a text: cost.divide.unit=slots.
    try {
      table = toml::parse(key + " = '" + value + "'");
    } catch (const toml::parse_error &error) {
      throw Error(name + ": error: this cannot be read: " + std::string(error.description()));
    }
  }
  Reader(machine, name, true).readTable(table, "");
}

/// What holds between keys.
void check(const MachineDescription &machine, const std::string &name) {
  const auto require = [&](bool holds, const char *sentence) {
    if (!holds)
      throw Error(name + ": error: " + sentence);
  };
  const Architecture &a = machine.architecture;
  require(a.sramBytes % 256 == 0, "architecture.sram.bytes must be a multiple of 256");
  require(a.sramBase % 256 == 0 && a.externalBase % 256 == 0,
          "the base addresses of memories must be multiples of 256");
  require(a.externalBytes % 256 == 0, "architecture.extmem.bytes must be a multiple of 256");
  const std::uint64_t sramEnd = std::uint64_t{a.sramBase} + a.sramBytes;
  const std::uint64_t externalEnd = std::uint64_t{a.externalBase} + a.externalBytes;
  require(a.externalBytes == 0 || sramEnd <= a.externalBase || externalEnd <= a.sramBase,
          "architecture.sram and architecture.extmem overlap");
  for (const Cost &cost : {machine.cost, machine.costLow, machine.costHigh})
    require(cost.fetchLoopBytes % cost.fetchLineBytes == 0,
            "cost.fetch.loop_bytes must be a multiple of cost.fetch.line_bytes");
}

} // namespace

std::vector<std::string_view> shippedMachines() {
  std::vector<std::string_view> names;
  for (const ShippedMachine &machine : shippedMachineFiles())
    names.push_back(machine.name);
  return names;
}

MachineDescription loadMachine(const std::string &nameOrFile,
                               std::span<const std::string> settings) {
  const auto shipped = shippedMachineFiles();
  MachineDescription machine;
  machine.origins.resize(machineKeyRows().size());
  const auto read = [&](std::string_view text, const std::string &name) {
    Reader(machine, name, false).readTable(parse(text, name), "");
  };
  read(shipped.front().toml, std::string(shipped.front().name));
  const auto named = std::ranges::find(shipped, nameOrFile, &ShippedMachine::name);
  if (named == shipped.end()) {
    if (nameOrFile.find_first_of("./") == std::string::npos && nameOrFile != "-")
      throw Error("no machine is called '" + nameOrFile +
                  "'; xu316, xu316-lpddr and xu316-big are, and a file is named with its .toml");
    machine.name = nameOrFile;
    machine.summary = "";
    read(readTextFile(nameOrFile), nameOrFile);
  } else if (named != shipped.begin()) {
    read(named->toml, nameOrFile);
  }
  for (const std::string &setting : settings)
    readSetting(setting, machine);
  check(machine, nameOrFile);
  return machine;
}

} // namespace xs3::sim
