// The report's rows as JSON, for every schema that has regions.
#pragma once

#include "sim/profile/profile.h"

#include <nlohmann/json.hpp>

namespace xs3::profile {

/// Numbers that are no counts are rounded, so that every compiler and host prints the same digits.
double rounded(double number, int digitsBehindPoint);

/// {"typical", "low", "high"} in nanojoules.
nlohmann::ordered_json energyJson(const Energy &energy);

/// {"sram": {"read_bytes", "write_bytes", "fetch_bytes", "reads", "writes", "fetches"}}, and where
/// the machine has external memory "external" with the same and "misses", "fills" and "writebacks",
/// in lines of its cache.
nlohmann::ordered_json memoryJson(const sim::Counters &counters,
                                  const sim::MachineDescription &machine);

/// {"msync", "mjoin", ...}: clocks by what threads waited for.
nlohmann::ordered_json waitsJson(const sim::Counters &counters);

/// {"command", "version", "model_sha256", "machine_sha256", "program_sha256"}
nlohmann::ordered_json provenanceJson(const Provenance &from);

/// Where the lines of a CSV file come from: model, machine, threads, provenance.
nlohmann::ordered_json originJson(const std::string &model, const sim::MachineDescription &machine,
                                  unsigned threads, const Provenance &from);

/// One element of "layers" or "regions"; also "outside" and "totals". `totals` gives the share.
nlohmann::ordered_json rowJson(const RegionReport &row, std::size_t index,
                               const RegionReport &totals, const sim::MachineDescription &machine);

} // namespace xs3::profile
