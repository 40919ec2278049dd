// Energy of what was counted, by the machine's coefficients (isa/energy.md).
#pragma once

#include "base/types.h"
#include "sim/machines/description.h"
#include "sim/run/counters.h"

namespace xs3::profile {

/// An energy with its plausible band, in nanojoules. low <= typical <= high.
struct Energy {
  double typical = 0, low = 0, high = 0;
};

/// What `counters` (the sum over the threads of all tiles) cost while `cycles` clocks passed on
/// each of the `clockedTiles` tiles that have a program. Static power of the whole device is
/// included.
///
/// The band: each coefficient is log-normal with its own band as +/- 2 sigma; coefficients of one
/// row group (mem, vpu, ...) move together, groups are independent (energy.md section 4). So the
/// ends of a group's band are the sums of its coefficients' ends; the sum of the groups is taken as
/// the log-normal with their mean and variance (Fenton and Wilkinson), whose +/- 2 sigma are
/// printed. Against random draws both ends are right to about 1 %. It is a closed form: the same
/// numbers on every run. Rows' typical values add up to the total's; their bands do not, since
/// errors partly cancel.
Energy energy(const sim::Counters &counters, Cycles cycles, unsigned clockedTiles,
              const sim::MachineDescription &machine);

} // namespace xs3::profile
