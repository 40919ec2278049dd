#include "sim/cli/progress.h"

#include "sim/profile/number_text.h"

#include <cmath>

namespace xs3::cli {

void Progress::update(std::size_t done, std::size_t all, const std::string &more,
                      Clock::time_point now) {
  if (now < next_ || done == 0)
    return;
  next_ = now + std::chrono::milliseconds(100);
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed / static_cast<double>(done) * static_cast<double>(all - done);
  console_.progress(profile::grouped(done) + " of " + profile::grouped(all) + more + ", " +
                    profile::grouped(static_cast<std::uint64_t>(std::ceil(left))) + " s left");
}

} // namespace xs3::cli
