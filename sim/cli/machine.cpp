// xs3 machine: what a machine is, value by value.
#include "sim/cli/machine_choice.h"
#include "sim/exec/unspecified.h"

namespace xs3::cli {
namespace {

/// What the executor does where no public source says what the hardware does.
void printOpenQuestions(std::ostream &out) {
  for (const bool stops : {true, false}) {
    out << (stops ? "\nInstructions that stop the run (unspecified), since nobody knows:\n"
                  : "\nInstructions that do a documented default:\n");
    for (const sim::OpenQuestion &question : sim::openQuestions())
      if (question.stops == stops)
        out << "  " << question.name << ": " << question.sentence << '\n';
  }
}

int runMachine(Invocation &invocation) {
  MachineChoice machine;
  std::vector<std::string> names;
  bool canonical = false;
  Options options(invocation);
  options.values("set", "KEY=VALUE", machine.settings, "change one key of the machine; repeatable");
  options.flag("canonical", canonical,
               "only the values, one a line: equal text is an equal machine");
  options.positional("NAME", names, 0, 1);
  if (!options.parse())
    return 0;
  if (!names.empty())
    machine.name = names.front();
  const sim::MachineDescription description = machine.load();
  if (canonical) {
    invocation.out << sim::canonicalText(description);
    return 0;
  }
  invocation.out << sim::describeMachine(description);
  printOpenQuestions(invocation.out);
  return 0;
}

} // namespace

extern const Verb kMachineVerb;
const Verb kMachineVerb = {
    "machine",
    "a machine's description: every value with its source and how sure it is",
    "[--set KEY=VALUE]... [NAME|FILE]",
    R"(Prints the description of a machine: xu316 (the default), xu316-lpddr, xu316-big, or a file.
A machine file is TOML and says what differs from xu316; the keys are those that are printed here:
  [cost]
  clock_hz = 800_000_000
  fetch.line_bytes = 32)",
    "xs3 machine xu316-big --set cost.clock_hz=800000000",
    runMachine};

} // namespace xs3::cli
