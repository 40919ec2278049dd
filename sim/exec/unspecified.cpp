#include "sim/exec/unspecified.h"

#include <array>
#include <cassert>

namespace xs3::sim {
namespace {

constexpr auto kStops = static_cast<std::size_t>(Unspecified::Count) - 1;

constexpr std::array kQuestions{
    // The stops, in the order of the enumeration.
    OpenQuestion{"vlmaccr1-32bit",
                 "vlmaccr1 is known in 8-bit and 16-bit mode only; in 32-bit mode the run stops",
                 true},
    OpenQuestion{"vdepth-mode",
                 "vdepth8 is known in 16-bit and 32-bit mode, vdepth16 in 32-bit mode; in another "
                 "mode the run stops",
                 true},
    OpenQuestion{"complex-mode",
                 "vcmr, vcmi, vcmcr and vcmci are known in 32-bit mode; in another the run stops",
                 true},
    OpenQuestion{"fft-mode",
                 "vfttf, vfttb, vftff and vftfb are known in 32-bit mode; in another the run stops",
                 true},
    OpenQuestion{"shift-mode",
                 "shift mode 3 of vctrl has no known meaning; what would use it stops the run",
                 true},
    OpenQuestion{"crcn-length", "crcn over more than 32 bits is not described; the run stops",
                 true},
    OpenQuestion{"slave-freet",
                 "freet in a slave of a synchroniser is not described; the run stops", true},
    OpenQuestion{"foreign-master",
                 "getst, msync and mjoin are described for one master of a synchroniser's slaves; "
                 "when another thread uses them the run stops",
                 true},
    OpenQuestion{"busy-synchroniser",
                 "freer of a synchroniser that still has slaves is not described; the run stops",
                 true},
    // The defaults.
    OpenQuestion{"shr-negative",
                 "shr by a negative amount shifts left, by analogy with shl and ashr", false},
    OpenQuestion{"sext-zero", "sext by a width of 0 leaves the register as it is", false},
    OpenQuestion{"lextract-position",
                 "lextract from a bit position beyond 32 reads as from position 32", false},
    OpenQuestion{"linsert-position",
                 "linsert at a bit position beyond 63 changes nothing; bits beyond the pair are "
                 "lost",
                 false},
    OpenQuestion{"crcn-operands",
                 "crcn takes its operands in the order of public uses: checksum, data, polynomial, "
                 "number of bits",
                 false},
    OpenQuestion{"equal-results",
                 "an instruction whose two results go to one register leaves the one of field d "
                 "(field b, where there is no d)",
                 false},
    OpenQuestion{"nan-result", "every NaN result of the floating-point unit is 0x7FC00000", false},
    OpenQuestion{"fsexp-special",
                 "fsexp and fmant read zeros and subnormals as exponent -126 without hidden bit, "
                 "infinities and NaNs as exponent 128 with it",
                 false},
    OpenQuestion{"fclass-subnormal", "fclass calls subnormal numbers normal (class 0)", false},
    OpenQuestion{"fmant-operands", "fmant reads field b and writes field a", false},
    OpenQuestion{"illegal-branch",
                 "a branch to an address that cannot hold code traps at the branch, which changes "
                 "nothing; in dual issue that includes addresses of 2 modulo 4",
                 false},
    OpenQuestion{"packet-traps",
                 "a trap in one half of a packet keeps both from taking effect, a kernel call "
                 "included; when both halves trap, the one in lane 0 counts",
                 false},
    OpenQuestion{"type-codes", "type codes of vctrl other than 1 and 2 mean 32-bit mode", false},
    OpenQuestion{"shift-right-rounding",
                 "the right shift of vladsb and the FFT steps does not round", false},
    OpenQuestion{"vlsat-shift",
                 "vlsat by 32 and more (64 and more in 32-bit mode) leaves the sign, not rounded",
                 false},
    OpenQuestion{"vadddr-others", "vadddr clears all accumulators but the first, in every mode",
                 false},
    OpenQuestion{"vstc-headroom", "vstc leaves the headroom field as it is", false},
    OpenQuestion{"thread-status",
                 "a thread that is allocated has a status register of 0, in single issue, and "
                 "keeps its other registers and its vector unit",
                 false},
    OpenQuestion{"init-pc-mode", "bit 0 of what init t[]:pc writes selects dual issue, as in lr",
                 false},
    OpenQuestion{"start-started",
                 "start of a thread that is no fresh unsynchronised one, and init and set of a "
                 "running one, trap",
                 false},
    OpenQuestion{"freer-thread",
                 "freer frees a thread that was allocated and not started; else it traps", false},
    OpenQuestion{"tsetmr-alone",
                 "tsetmr in a thread that is no slave writes the thread's own register", false},
    OpenQuestion{"ssync-alone", "ssync in a thread that is no slave waits for ever", false},
    OpenQuestion{"getr-unknown", "getr of a type that cannot be allocated answers 0", false},
    OpenQuestion{"packet-waits",
                 "a packet that waits takes effect as a whole when it goes on; a trap in its other "
                 "half takes its resource operation back",
                 false},
    OpenQuestion{"lock-order", "a lock goes to the thread that has waited longest", false},
    OpenQuestion{"vstrpv-range",
                 "only the bytes that vstrpv writes must lie in memory; its address must be a "
                 "multiple of 4",
                 false},
};

} // namespace

const OpenQuestion &openQuestion(Unspecified which) {
  assert(which != Unspecified::None && which != Unspecified::Count);
  return kQuestions[static_cast<std::size_t>(which) - 1];
}

std::span<const OpenQuestion> openQuestions() {
  static_assert(kQuestions[kStops - 1].stops && !kQuestions[kStops].stops);
  return kQuestions;
}

} // namespace xs3::sim
