#include "sim/profile/fact.h"

#include "sim/profile/number_text.h"

namespace xs3::profile {

std::string fact(const std::string &name, const std::string &value, std::size_t width) {
  constexpr std::size_t kIndent = 9;
  const std::size_t room = width - kIndent;
  std::string text = name + std::string(kIndent - name.size(), ' ');
  std::string_view rest = value;
  while (rest.size() > room) {
    std::size_t end = rest.rfind(' ', room);
    const bool breaksWord = end == rest.npos || end == 0;
    end = breaksWord ? room : end;
    text.append(rest.substr(0, end)).append("\n").append(kIndent, ' ');
    rest.remove_prefix(breaksWord ? end : end + 1);
  }
  return text.append(rest).append("\n");
}

std::string machineFact(const sim::MachineDescription &machine, unsigned threads) {
  const double clock = static_cast<double>(machine.cost.clockHz) / machine.cost.clockDivider;
  std::string text = machine.name + ", " + significant(clock / 1e6, 6) + " MHz, " +
                     std::to_string(threads) + (threads == 1 ? " thread" : " threads");
  for (const std::string &key : sim::nonDefaultKeys(machine))
    text += "; " + key;
  return text;
}

std::string provenanceFacts(const Provenance &from, std::size_t width) {
  std::string text;
  if (!from.programSha256.empty())
    text = fact("SHA-256",
                (from.modelSha256.empty() ? "" : "model " + from.modelSha256.substr(0, 16) + ", ") +
                    "machine " + from.machineSha256.substr(0, 16) + ", program " +
                    from.programSha256.substr(0, 16),
                width);
  return text + fact("Made by", "xs3 " + from.version + ": " + from.command, width);
}

std::string percent(double part, double whole, int digits) {
  return whole > 0 ? fixed(100 * part / whole, digits) : "-";
}

} // namespace xs3::profile
