// LceBMaxPool2d: its kernel bmaxpool2d reads PoolArguments alone.
#pragma once

#include "kernels/window/pool.h"

namespace xs3::kernels {

using Bmaxpool2dArguments = PoolArguments;

} // namespace xs3::kernels
