// Threads, channels, timers, ports, events, traps and the processor's own registers.

let Energy = ResourceIo, Lane = ResourceLane in {
// ---------------------------------------------------------------------------------------------- resources
  def GETR_rus  : FRUS<0b10000, 0, "GETR", "getr $a, $b", "obtain<A>::from<Number<B>>::with">;
  def FREER_1r  : F1R<0b00010, 0, "FREER", "freer res[$a]", "use<A>::with">;
  def SETC_ru6  : FRU6<0b111010, "SETC", "setc res[$a], $i", "any", GR> { let Unimplemented = 1; let WritesA = 0; }
  def SETD_2r   : F2R<0b00010, 1, "SETD", "setd res[$b], $a", "any"> { let Unimplemented = 1; let WritesA = 0; }

// ---------------------------------------------------------------------------------------------- input and output
  def OUT_2r     : F2R<0b10101, 0, "OUT", "out res[$b], $a", "use<B, A>::with"> { let WritesA = 0; }
  def OUTSHR_2r  : F2R<0b10101, 1, "OUTSHR", "outshr res[$b], $a", "any"> { let Unimplemented = 1; }
  def OUTT_2r    : F2R<0b00001, 1, "OUTT", "outt res[$b], $a", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def OUTCT_2r   : F2R<0b01001, 0, "OUTCT", "outct res[$a], $b", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def OUTCT_rus  : FRUS<0b01001, 1, "OUTCT", "outct res[$a], $b", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def IN_2r      : F2R<0b10110, 0, "IN", "in $a, res[$b]", "obtain<A>::from<B, ReferenceTime>::with">;
  def INSHR_2r   : F2R<0b10110, 1, "INSHR", "inshr $a, res[$b]", "any"> { let Unimplemented = 1; }
  def INT_2r     : F2R<0b10001, 1, "INT", "int $a, res[$b]", "any"> { let Unimplemented = 1; }
  def INCT_2r    : F2R<0b10000, 1, "INCT", "inct $a, res[$b]", "any"> { let Unimplemented = 1; }
  def CHKCT_2r   : F2R<0b11001, 0, "CHKCT", "chkct res[$a], $b", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def CHKCT_rus  : FRUS<0b11001, 1, "CHKCT", "chkct res[$a], $b", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def TESTCT_2r  : F2R<0b10111, 1, "TESTCT", "testct $a, res[$b]", "any"> { let Unimplemented = 1; }
  def TESTWCT_2r : F2R<0b11000, 1, "TESTWCT", "testwct $a, res[$b]", "any"> { let Unimplemented = 1; }
  def PEEK_2r    : F2R<0b10111, 0, "PEEK", "peek $a, res[$b]", "any"> { let Unimplemented = 1; }
  def ENDIN_2r   : F2R<0b10010, 1, "ENDIN", "endin $a, res[$b]", "any"> { let Unimplemented = 1; }
  def GETTS_2r   : F2R<0b00111, 0, "GETTS", "getts $a, res[$b]", "any"> { let Unimplemented = 1; }
  def SETPT_2r   : F2R<0b00111, 1, "SETPT", "setpt res[$b], $a", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def SETPSC_2r  : F2R<0b11000, 0, "SETPSC", "setpsc res[$b], $a", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def CLRPT_1r   : F1R<0b10000, 0, "CLRPT", "clrpt res[$a]", "any"> { let Unimplemented = 1; }
  def SYNCR_1r   : F1R<0b10000, 1, "SYNCR", "syncr res[$a]", "any"> { let Unimplemented = 1; }

// ---------------------------------------------------------------------------------------------- threads
  def GETST_2r : F2R<0b00000, 1, "GETST", "getst $a, res[$b]", "obtain<A>::from<B>::with">;
  def START_1r : F1R<0b00011, 0, "START", "start t[$a]", "use<A>::with">;
  def MSYNC_1r : F1R<0b00011, 1, "MSYNC", "msync res[$a]", "use<A>::with">;
  def MJOIN_1r : F1R<0b00010, 1, "MJOIN", "mjoin res[$a]", "use<A>::with">;
  def SSYNC_0r : F0R<0b00000, 0b01110, "SSYNC", "ssync", "use<>::with">;
  def FREET_0r : F0R<0b00000, 0b01111, "FREET", "freet", "use<>::with">;

// ---------------------------------------------------------------------------------------------- events
  def EEF_2r    : F2R<0b00101, 1, "EEF", "eef $a, res[$b]", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def EET_2r    : F2R<0b00100, 1, "EET", "eet $a, res[$b]", "any"> { let Unimplemented = 1; let WritesA = 0; }
  def EDU_1r    : F1R<0b00000, 0, "EDU", "edu res[$a]", "any"> { let Unimplemented = 1; }
  def EEU_1r    : F1R<0b00000, 1, "EEU", "eeu res[$a]", "any"> { let Unimplemented = 1; }
  def SETEV_1r  : F1R<0b00111, 1, "SETEV", "setev res[$a], r11", "any"> { let Unimplemented = 1; }
  def SETV_1r   : F1R<0b01000, 1, "SETV", "setv res[$a], r11", "any"> { let Unimplemented = 1; }
  def WAITET_1r : F1R<0b00001, 0, "WAITET", "waitet $a", "any"> { let Unimplemented = 1; }
  def WAITEF_1r : F1R<0b00001, 1, "WAITEF", "waitef $a", "any"> { let Unimplemented = 1; }
  def WAITEU_0r : F0R<0b00000, 0b01100, "WAITEU", "waiteu", "any"> { let Unimplemented = 1; }
  def CLRE_0r   : F0R<0b00000, 0b01101, "CLRE", "clre", "any"> { let Unimplemented = 1; }
  def CLRSR_u6  : FU6<0b0111101100, "CLRSR", "clrsr $i", "write<SR>::from<SR, Number<A>>::with">;
  def SETSR_u6  : FU6<0b0111101101, "SETSR", "setsr $i", "write<SR>::from<SR, Number<A>>::with">;
  def ELATE_1r  : F1R<0b10001, 1, "ELATE", "elate $a", "any"> { let Unimplemented = 1; }
}

// ---------------------------------------------------------------------------------------------- long resource forms
let Energy = ResourceIo in {
  def SETT_l3r   : FL3R<0b10110, 12, "SETT", "set t[$c]:$a, $b", "use<C, RegisterNumber<A>, B>::with">;
  def OUTPW_l2rus : FL2RBitp<0b10010, 13, "OUTPW", "outpw res[$b], $a, $c", "any"> { let Unimplemented = 1; }
  def INPW_l2rus : FL2RBitp<0b10010, 14, "INPW", "inpw $a, res[$b], $c", "any"> { let Unimplemented = 1; }
  def INITSP_l2r : FL2R<0b00000, 12, 0, "INITSP", "init t[$b]:sp, $a", "use<B, A>::with">;
  def INITPC_l2r : FL2R<0b00000, 12, 1, "INITPC", "init t[$b]:pc, $a", "use<B, A>::with">;
  def INITDP_l2r : FL2R<0b00001, 12, 0, "INITDP", "init t[$b]:dp, $a", "use<B, A>::with">;
  def INITLR_l2r : FL2R<0b00010, 12, 0, "INITLR", "init t[$b]:lr, $a", "use<B, A>::with">;
  def INITCP_l2r : FL2R<0b00000, 13, 0, "INITCP", "init t[$b]:cp, $a", "use<B, A>::with">;
  def TSETMR_l2r : FL2R<0b00001, 13, 0, "TSETMR", "tsetmr $a, $b", "use<RegisterNumber<A>, B>::with">;
  def SETCLK_l2r : FL2R<0b00001, 12, 1, "SETCLK", "setclk res[$b], $a", "any"> { let Unimplemented = 1; }
  def GETD_l2r   : FL2R<0b00011, 12, 1, "GETD", "getd $a, res[$b]", "any"> { let Unimplemented = 1; }
  def TESTLCL_l2r : FL2R<0b00100, 12, 0, "TESTLCL", "testlcl $a, res[$b]", "any"> { let Unimplemented = 1; }
  def SETTW_l2r  : FL2R<0b00100, 12, 1, "SETTW", "settw res[$b], $a", "any"> { let Unimplemented = 1; }
  def SETRDY_l2r : FL2R<0b00101, 12, 0, "SETRDY", "setrdy res[$b], $a", "any"> { let Unimplemented = 1; }
  def SETC_l2r   : FL2R<0b00101, 12, 1, "SETC", "setc res[$a], $b", "any"> { let Unimplemented = 1; }
  def SETC_lru6  : FLRU6<0b111010, "SETC", "setc res[$a], $i", "any", GR> { let Unimplemented = 1; }
  def SETN_l2r   : FL2R<0b00110, 12, 0, "SETN", "setn res[$b], $a", "any"> { let Unimplemented = 1; }
  def GETN_l2r   : FL2R<0b00110, 12, 1, "GETN", "getn $a, res[$b]", "any"> { let Unimplemented = 1; }
  def CLRSR_lu6  : FLU6<0b0111101100, "CLRSR", "clrsr $i", "write<SR>::from<SR, Number<A>>::with">;
  def SETSR_lu6  : FLU6<0b0111101101, "SETSR", "setsr $i", "write<SR>::from<SR, Number<A>>::with">;
  let Cost = StateAccess in {
    def GETPS_l2r : FL2R<0b00010, 12, 1, "GETPS", "get $a, ps[$b]", "any"> { let Unimplemented = 1; }
    def SETPS_l2r : FL2R<0b00011, 12, 0, "SETPS", "set ps[$b], $a", "any"> { let Unimplemented = 1; }
  }
}
// The reference clock: an input of the executor like a register.
def GETTIME_1r : F1R<0b10001, 0, "GETTIME", "gettime $a", "write<A>::from<ReferenceTime>::with"> { let WritesA = 1; }
def GETSR_u6   : FU6<0b0111111100, "GETSR", "getsr r11, $i", "write<R11>::from<SR, Number<A>>::with"> { let Defs = [R11]; }
def GETSR_lu6  : FLU6<0b0111111100, "GETSR", "getsr r11, $i", "write<R11>::from<SR, Number<A>>::with">;
def GETID_0r   : F0R<0b00010, 0b01110, "GETID", "get r11, id", "write<R11>::from<ThreadId>::with"> { let Defs = [R11]; }
def GETKEP_0r  : F0R<0b00010, 0b01111, "GETKEP", "get r11, kep", "write<R11>::from<KEP>::with"> { let Defs = [R11]; }
def GETKSP_0r  : F0R<0b00010, 0b11100, "GETKSP", "get r11, ksp", "write<R11>::from<KSP>::with"> { let Defs = [R11]; }
def GETED_0r   : F0R<0b00001, 0b11110, "GETED", "get r11, ed", "write<R11>::from<ED>::with"> { let Defs = [R11]; }
def GETET_0r   : F0R<0b00001, 0b11111, "GETET", "get r11, et", "write<R11>::from<ET>::with"> { let Defs = [R11]; }

// ---------------------------------------------------------------------------------------------- traps and the kernel
let Lane = ResourceLane in {
  // ecallf was seen twice in lane 1 (199 times in lane 0), so it may be "either".
  def ECALLF_1r : F1R<0b01001, 0, "ECALLF", "ecallf $a", "raise<A>::with">;
  def ECALLT_1r : F1R<0b01001, 1, "ECALLT", "ecallt $a", "raise<A>::with">;
  def SETKEP_0r : F0R<0b00000, 0b11111, "SETKEP", "set kep, r11", "write<KEP>::from<R11>::with">;
  def DGETREG_1r : F1R<0b00111, 0, "DGETREG", "dgetreg $a", "any"> { let Unimplemented = 1; let WritesA = 1; }
}
let Energy = BranchUnit, Port = BranchFetch in {
  let Lane = MemoryLane in {
    def KCALL_u6 : FU6<0b0111001111, "KCALL", "kcall $i", "raise<Number<A>>::with">;
    def KCALL_1r : F1R<0b01000, 0, "KCALL", "kcall $a", "raise<A>::with">;
    def DCALL_0r : F0R<0b00000, 0b11100, "DCALL", "dcall", "any"> { let Unimplemented = 1; }
  }
  def KCALL_lu6  : FLU6<0b0111001111, "KCALL", "kcall $i", "raise<Number<A>>::with">;
  def KRET_l0r   : FL0R<0b00000, 0b01100, "KRET", "kret", "act<>::with">;
  def DRET_l0r   : FL0R<0b00001, 0b01100, "DRET", "dret", "any"> { let Unimplemented = 1; }
}
let Port = DataAccess in {
  let Lane = MemoryLane in {
    def KENTSP_u6 : FU6<0b0111101110, "KENTSP", "kentsp $i", "act<Number<A>>::with"> { let Defs = [SP]; }
    def LDWSPC_0r : F0R<0b00001, 0b01100, "LDW", "ldw spc, sp[1]", "load<SPC>::at<SP, Constant<1>>::with">;
    def STWSPC_0r : F0R<0b00001, 0b01101, "STW", "stw spc, sp[1]", "store<SPC>::at<SP, Constant<1>>::with">;
    def LDWSSR_0r : F0R<0b00001, 0b01110, "LDW", "ldw ssr, sp[2]", "load<SSR>::at<SP, Constant<2>>::with">;
    def STWSSR_0r : F0R<0b00001, 0b01111, "STW", "stw ssr, sp[2]", "store<SSR>::at<SP, Constant<2>>::with">;
    def LDWSED_0r : F0R<0b00010, 0b11101, "LDW", "ldw sed, sp[3]", "load<SED>::at<SP, Constant<3>>::with">;
    def STWSED_0r : F0R<0b00001, 0b11100, "STW", "stw sed, sp[3]", "store<SED>::at<SP, Constant<3>>::with">;
    def LDWET_0r  : F0R<0b00010, 0b11110, "LDW", "ldw et, sp[4]", "load<ET>::at<SP, Constant<4>>::with">;
    def STWET_0r  : F0R<0b00001, 0b11101, "STW", "stw et, sp[4]", "store<ET>::at<SP, Constant<4>>::with">;
  }
  def KENTSP_lu6  : FLU6<0b0111101110, "KENTSP", "kentsp $i", "act<Number<A>>::with">;
  def KRESTSP_lu6 : FLU6<0b0111101111, "KRESTSP", "krestsp $i", "act<Number<A>>::with">;
}
def DENTSP_l0r  : FL0R<0b00010, 0b01100, "DENTSP", "dentsp", "any"> { let Unimplemented = 1; }
def DRESTSP_l0r : FL0R<0b00011, 0b01100, "DRESTSP", "drestsp", "any"> { let Unimplemented = 1; }
