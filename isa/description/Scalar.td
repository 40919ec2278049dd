// Instructions that compute, branch, load and store.

// ---------------------------------------------------------------------------------------------- integer arithmetic
def ADD_3r    : F3R<0b00010, "ADD", "add $a, $b, $c">;
def ADD_2rus  : F2RUS<0b10010, "ADD", "add $a, $b, $c">;
def SUB_3r    : F3R<0b00011, "SUB", "sub $a, $b, $c">;
def SUB_2rus  : F2RUS<0b10011, "SUB", "sub $a, $b, $c">;
def EQ_3r     : F3R<0b00110, "EQ", "eq $a, $b, $c">;
def EQ_2rus   : F2RUS<0b10110, "EQ", "eq $a, $b, $c">;
def SHL_3r    : F3R<0b00100, "SHL", "shl $a, $b, $c">;
def SHL_2rus  : F2RBitp<0b10100, "SHL", "shl $a, $b, $c">;
def SHR_3r    : F3R<0b00101, "SHR", "shr $a, $b, $c">;
def SHR_2rus  : F2RBitp<0b10101, "SHR", "shr $a, $b, $c">;
def AND_3r    : F3R<0b00111, "AND", "and $a, $b, $c">;
def OR_3r     : F3R<0b01000, "OR", "or $a, $b, $c">;
def LSS_3r    : F3R<0b11000, "LSS", "lss $a, $b, $c">;
def LSU_3r    : F3R<0b11001, "LSU", "lsu $a, $b, $c">;
def NOT_2r    : F2R<0b10001, 0, "NOT", "not $a, $b">;
def NEG_2r    : F2R<0b10010, 0, "NEG", "neg $a, $b">;
def ANDNOT_2r : F2R<0b00101, 0, "ANDNOT", "andnot $a, $b", "write<A>::from<A, B>::with">;
def SEXT_2r   : F2R<0b00110, 0, "SEXT", "sext $a, $b", "write<A>::from<A, B>::with">;
def SEXT_rus  : FRBitp<0b00110, 1, "SEXT", "sext $a, $b", "write<A>::from<A, Number<B>>::with">;
def ZEXT_2r   : F2R<0b01000, 0, "ZEXT", "zext $a, $b", "write<A>::from<A, B>::with">;
def ZEXT_rus  : FRBitp<0b01000, 1, "ZEXT", "zext $a, $b", "write<A>::from<A, Number<B>>::with">;
def MKMSK_2r  : F2R<0b10100, 0, "MKMSK", "mkmsk $a, $b">;
def MKMSK_rus : FRBitp<0b10100, 1, "MKMSK", "mkmsk $a, $b">;
def BYTEREV_2r : F2R<0b00000, 0, "BYTEREV", "byterev $a, $b">;
def CLZ_2r    : F2R<0b00001, 0, "CLZ", "clz $a, $b">;
def BITREV_2r : F2R<0b00010, 0, "BITREV", "bitrev $a, $b">;
def CLS_2r    : F2R<0b00100, 0, "CLS", "cls $a, $b">;
def LDC_ru6   : FRU6<0b011010, "LDC", "ldc $a, $i", "ri">;
def LDC_lru6  : FLRU6<0b011010, "LDC", "ldc $a, $i", "ri">;
def NOP_0r    : F0R<0b00010, 0b11111, "NOP", "nop"> { let Energy = NoDatapath; }

def XOR_l3r    : FL3R<0b00001, 12, "XOR", "xor $a, $b, $c">;
def ASHR_l3r   : FL3R<0b00010, 12, "ASHR", "ashr $a, $b, $c">;
def ASHR_l2rus : FL2RBitp<0b10010, 12, "ASHR", "ashr $a, $b, $c">;
def XOR4_l5r   : FL5R<0b00001, 1, "XOR4", "xor4 $a, $d, $b, $c, $e", "write<A>::from<D, B, C, E>::with">;
def CRC32_l3r  : FL3R<0b10101, 12, "CRC32", "crc32 $a, $b, $c", "write<A>::from<A, B, C>::with">;
def CRC8_l4r   : FL4R<0b00000, 0, "CRC8", "crc8 $d, $a, $b, $c", "write<A, D>::from<D, B, C>::with">;
// The order of crcn's four operands in the fields is not confirmed by any machine code.
def CRCN_l4r   : FL4R<0b00001, 1, "CRCN", "crcn $d, $a, $b, $c", "write<D>::from<D, A, B, C>::with">;
def LADD_l5r   : FL5R<0b00000, 1, "LADD", "ladd $d, $a, $b, $c, $e", "write<A, D>::from<B, C, E>::with">;
def LSUB_l5r   : FL5R<0b00001, 0, "LSUB", "lsub $d, $a, $b, $c, $e", "write<A, D>::from<B, C, E>::with">;
def LSATS_l3r  : FL3R<0b11100, 12, "LSATS", "lsats $a, $b, $c", "write<A, B>::from<A, B, C>::with">;
def ZIP_l2rus   : FL2RUS<0b10011, 14, "ZIP", "zip $a, $b, $c", "write<A, B>::from<A, B, Number<C>>::with", upTo4>;
def UNZIP_l2rus : FL2RUS<0b10011, 13, "UNZIP", "unzip $a, $b, $c", "write<A, B>::from<A, B, Number<C>>::with", upTo4>;
def LEXTRACT_l4rus : FL4RBitp<0b00011, 0, "LEXTRACT", "lextract $a, $d, $b, $c, $e", "write<A>::from<D, B, C, Number<E>>::with">;
def LINSERT_l4rus  : FL4RBitp<0b00011, 1, "LINSERT", "linsert $a, $d, $b, $c, $e", "write<A, D>::from<A, D, B, C, Number<E>>::with">;

let Energy = Multiply in {
  def MUL_l3r  : FL3R<0b00111, 12, "MUL", "mul $a, $b, $c">;
}
let Energy = MultiplyAdd in {
  def MACCU_l4r : FL4R<0b00000, 1, "MACCU", "maccu $a, $d, $b, $c", "write<A, D>::from<A, D, B, C>::with">;
  def MACCS_l4r : FL4R<0b00001, 0, "MACCS", "maccs $a, $d, $b, $c", "write<A, D>::from<A, D, B, C>::with">;
  def LMUL_l6r  : FL6R<0b00000, "LMUL", "lmul $a, $d, $b, $c, $e, $f", "write<A, D>::from<B, C, E, F>::with">;
}
let Cost = Divider, Energy = Division in {
  def DIVS_l3r  : FL3R<0b01000, 12, "DIVS", "divs $a, $b, $c">;
  def DIVU_l3r  : FL3R<0b01001, 12, "DIVU", "divu $a, $b, $c">;
  def REMS_l3r  : FL3R<0b11000, 12, "REMS", "rems $a, $b, $c">;
  def REMU_l3r  : FL3R<0b11001, 12, "REMU", "remu $a, $b, $c">;
  def LDIVU_l5r : FL5R<0b00000, 0, "LDIVU", "ldivu $a, $d, $e, $b, $c", "write<A, D>::from<E, B, C>::with">;
}

// ---------------------------------------------------------------------------------------------- floating point
let Energy = FloatMultiplyAdd in
  def FMACC_l4r : FL4R<0b00011, 0, "FMACC", "fmacc $d, $a, $b, $c", "write<D>::from<A, B, C>::with">;
let Energy = FloatMultiply in
  def FMUL_l3r  : FL3R<0b10110, 13, "FMUL", "fmul $a, $b, $c">;
let Energy = FloatAdd in {
  def FADD_l3r  : FL3R<0b10110, 14, "FADD", "fadd $a, $b, $c">;
  def FSUB_l3r  : FL3R<0b10110, 15, "FSUB", "fsub $a, $b, $c">;
  def FSEXP_l3r : FL3R<0b10111, 13, "FSEXP", "fsexp $a, $b, $c", "write<A, B>::from<C>::with">;
  def FGT_l3r   : FL3R<0b10111, 14, "FGT", "fgt $a, $b, $c">;
  def FLT_l3r   : FL3R<0b10111, 15, "FLT", "flt $a, $b, $c">;
  def FUN_l3r   : FL3R<0b11000, 13, "FUN", "fun $a, $b, $c">;
  def FEQ_l3r   : FL3R<0b11000, 14, "FEQ", "feq $a, $b, $c">;
  def FMANT_l2r : FL2R<0b00011, 14, 1, "FMANT", "fmant $a, $b">;
  // The mnemonic is ours: the instruction is known from compiled float helpers, its name is not.
  def FCLASS_l2r : FL2R<0b00011, 13, 1, "FCLASS", "fclass $a, $b">;
  def FMAKE_l5r : FL5R<0b00010, 0, "FMAKE", "fmake $a, $d, $b, $c, $e", "write<A>::from<D, B, C, E>::with">;
}

// ---------------------------------------------------------------------------------------------- addresses
def LDAW_l3r    : FL3R<0b00011, 12, "LDAW", "ldaw $a, $b[$c]">;
def LDAWB_l3r   : FL3R<0b00100, 12, "LDAWB", "ldaw $a, $b[-$c]">;
def LDAW_l2rus  : FL2RUS<0b10011, 12, "LDAW", "ldaw $a, $b[$c]">;
def LDAWB_l2rus : FL2RUS<0b10100, 12, "LDAWB", "ldaw $a, $b[-$c]">;
def LDA16_l3r   : FL3R<0b00101, 12, "LDA16", "lda16 $a, $b[$c]">;
def LDA16B_l3r  : FL3R<0b00110, 12, "LDA16B", "lda16 $a, $b[-$c]">;
def LDAWDP_ru6  : FRU6<0b011000, "LDAW", "ldaw $a, dp[$i]", "write<A>::from<DP, Number<B>>::with">;
def LDAWDP_lru6 : FLRU6<0b011000, "LDAW", "ldaw $a, dp[$i]", "write<A>::from<DP, Number<B>>::with">;
def LDAWSP_ru6  : FRU6<0b011001, "LDAW", "ldaw $a, sp[$i]", "write<A>::from<SP, Number<B>>::with">;
def LDAWSP_lru6 : FLRU6<0b011001, "LDAW", "ldaw $a, sp[$i]", "write<A>::from<SP, Number<B>>::with">;
// The lane of the short form was not observed in code.
def LDAWCP_u6   : FU6<0b0111111101, "LDAW", "ldaw r11, cp[$i]", "write<R11>::from<CP, Number<A>>::with"> { let Lane = MemoryLane; let Defs = [R11]; }
def LDAWCP_lu6  : FLU6<0b0111111101, "LDAW", "ldaw r11, cp[$i]", "write<R11>::from<CP, Number<A>>::with">;
def LDAP_u10    : FU10<0b110110, "LDAP", "ldap r11, $i", "write<R11>::from<Forward<A>>::with", forward10> { let Defs = [R11]; }
def LDAP_lu10   : FLU10<0b110110, "LDAP", "ldap r11, $i", "write<R11>::from<Forward<A>>::with", forward20>;
def LDAP_u10b   : FU10<0b110111, "LDAP", "ldap r11, $i", "write<R11>::from<Backward<A>>::with", backward10, "u10b"> { let Defs = [R11]; }
def LDAP_lu10b  : FLU10<0b110111, "LDAP", "ldap r11, $i", "write<R11>::from<Backward<A>>::with", backward20, "lu10b">;
def EXTSP_u6    : FU6<0b0111011110, "EXTSP", "extsp $i", "write<SP>::from<SP, Number<A>>::with"> { let Defs = [SP]; }
def EXTSP_lu6   : FLU6<0b0111011110, "EXTSP", "extsp $i", "write<SP>::from<SP, Number<A>>::with">;
let Lane = MemoryLane in {
  def EXTDP_u6  : FU6<0b0111001110, "EXTDP", "extdp $i", "write<DP>::from<DP, Number<A>>::with"> { let Defs = [DP]; }
  def SETSP_1r  : F1R<0b00101, 1, "SETSP", "set sp, $a", "write<SP>::from<A>::with"> { let Defs = [SP]; }
  def SETDP_1r  : F1R<0b00110, 0, "SETDP", "set dp, $a", "write<DP>::from<A>::with"> { let Defs = [DP]; }
  def SETCP_1r  : F1R<0b00110, 1, "SETCP", "set cp, $a", "write<CP>::from<A>::with"> { let Defs = [CP]; }
}
def EXTDP_lu6   : FLU6<0b0111001110, "EXTDP", "extdp $i", "write<DP>::from<DP, Number<A>>::with">;

// ---------------------------------------------------------------------------------------------- loads and stores
let Port = DataAccess, Lane = MemoryLane in {
  def LDW_3r     : F3R<0b01001, "LDW", "ldw $a, $b[$c]", "load<A>::at<B, C>::with">;
  def LDW_2rus   : F2RUS<0b00001, "LDW", "ldw $a, $b[$c]", "load<A>::at<B, Number<C>>::with">;
  def STW_2rus   : F2RUS<0b00000, "STW", "stw $a, $b[$c]", "store<A>::at<B, Number<C>>::with"> { let WritesA = 0; }
  def LD16S_3r   : F3R<0b10000, "LD16S", "ld16s $a, $b[$c]", "load<A>::at<B, C>::with">;
  def LD8U_3r    : F3R<0b10001, "LD8U", "ld8u $a, $b[$c]", "load<A>::at<B, C>::with">;
  def STWDP_ru6  : FRU6<0b010100, "STW", "stw $a, dp[$i]", "store<A>::at<DP, Number<B>>::with"> { let WritesA = 0; }
  def STWSP_ru6  : FRU6<0b010101, "STW", "stw $a, sp[$i]", "store<A>::at<SP, Number<B>>::with"> { let WritesA = 0; }
  def LDWDP_ru6  : FRU6<0b010110, "LDW", "ldw $a, dp[$i]", "load<A>::at<DP, Number<B>>::with">;
  def LDWSP_ru6  : FRU6<0b010111, "LDW", "ldw $a, sp[$i]", "load<A>::at<SP, Number<B>>::with">;
  def LDWCP_ru6  : FRU6<0b011011, "LDW", "ldw $a, cp[$i]", "load<A>::at<CP, Number<B>>::with">;
  def LDWCP_u10  : FU10<0b111001, "LDW", "ldw r11, cp[$i]", "load<R11>::at<CP, Number<A>>::with"> { let Defs = [R11]; }
}
let Port = DataAccess in {
  def STW_l3r    : FL3R<0b00000, 12, "STW", "stw $a, $b[$c]", "store<A>::at<B, C>::with">;
  def ST16_l3r   : FL3R<0b10000, 12, "ST16", "st16 $a, $b[$c]", "store<A>::at<B, C>::with">;
  def ST8_l3r    : FL3R<0b10001, 12, "ST8", "st8 $a, $b[$c]", "store<A>::at<B, C>::with">;
  def STWDP_lru6 : FLRU6<0b010100, "STW", "stw $a, dp[$i]", "store<A>::at<DP, Number<B>>::with">;
  def STWSP_lru6 : FLRU6<0b010101, "STW", "stw $a, sp[$i]", "store<A>::at<SP, Number<B>>::with">;
  def LDWDP_lru6 : FLRU6<0b010110, "LDW", "ldw $a, dp[$i]", "load<A>::at<DP, Number<B>>::with">;
  def LDWSP_lru6 : FLRU6<0b010111, "LDW", "ldw $a, sp[$i]", "load<A>::at<SP, Number<B>>::with">;
  def LDWCP_lru6 : FLRU6<0b011011, "LDW", "ldw $a, cp[$i]", "load<A>::at<CP, Number<B>>::with">;
  def LDWCP_lu10 : FLU10<0b111001, "LDW", "ldw r11, cp[$i]", "load<R11>::at<CP, Number<A>>::with">;
  // Two words: the first at field a, the second at field d (field b for the sp form).
  def LDDSP_l2rus : FL2RUS<0b11101, 12, "LDD", "ldd $b, $a, sp[$c]", "load<A, B>::at<SP, Number<C>>::with">;
  def STDSP_l2rus : FL2RUS<0b11110, 12, "STD", "std $b, $a, sp[$c]", "store<A, B>::at<SP, Number<C>>::with">;
  def STD_l4r     : FL4R<0b00010, 0, "STD", "std $d, $a, $b[$c]", "store<A, D>::at<B, C>::with">;
  def STD_l3rus   : FL3RUS<0b00010, 1, "STD", "std $d, $a, $b[$c]", "store<A, D>::at<B, Number<C>>::with">;
  def LDD_l4r     : FL4R<0b00100, 0, "LDD", "ldd $d, $a, $b[$c]", "load<A, D>::at<B, C>::with">;
  def LDD_l3rus   : FL3RUS<0b00100, 1, "LDD", "ldd $d, $a, $b[$c]", "load<A, D>::at<B, Number<C>>::with">;
}
// A hint to fetch a line of external memory.
def PREFETCH_0r : F0R<0b00110, 0b11110, "PREFETCH", "prefetch r11", "act<R11>::with"> { let Lane = MemoryLane; }

// ---------------------------------------------------------------------------------------------- branches and calls
let Port = BranchFetch, Energy = BranchUnit in {
  let Lane = MemoryLane in {
    def BT_ru6  : FRU6<0b011100, "BT", "bt $a, $i", "branch<Forward<B>>::when<A>::with", GR, forward6> { let WritesA = 0; }
    def BT_ru6b : FRU6<0b011101, "BT", "bt $a, $i", "branch<Backward<B>>::when<A>::with", GR, backward6, "ru6b"> { let WritesA = 0; }
    def BF_ru6  : FRU6<0b011110, "BF", "bf $a, $i", "branch<Forward<B>>::when<A>::with", GR, forward6> { let WritesA = 0; }
    def BF_ru6b : FRU6<0b011111, "BF", "bf $a, $i", "branch<Backward<B>>::when<A>::with", GR, backward6, "ru6b"> { let WritesA = 0; }
    def BU_u6   : FU6<0b0111001100, "BU", "bu $i", "branch<Forward<A>>::when<>::with", forward6>;
    def BU_u6b  : FU6<0b0111011100, "BU", "bu $i", "branch<Backward<A>>::when<>::with", backward6, "u6b">;
    def BL_u10  : FU10<0b110100, "BL", "bl $i", "act<Forward<A>>::with", forward10> { let Defs = [LR]; }
    def BL_u10b : FU10<0b110101, "BL", "bl $i", "act<Backward<A>>::with", backward10, "u10b"> { let Defs = [LR]; }
    def BLA_1r  : F1R<0b00100, 0, "BLA", "bla $a", "act<A>::with"> { let Defs = [LR]; }
    def BAU_1r  : F1R<0b00100, 1, "BAU", "bau $a", "act<A>::with">;
    def BRU_1r  : F1R<0b00101, 0, "BRU", "bru $a", "act<A>::with">;
  }
  def BT_lru6  : FLRU6<0b011100, "BT", "bt $a, $i", "branch<Forward<B>>::when<A>::with", GR, forward16>;
  def BT_lru6b : FLRU6<0b011101, "BT", "bt $a, $i", "branch<Backward<B>>::when<A>::with", GR, backward16, "lru6b">;
  def BF_lru6  : FLRU6<0b011110, "BF", "bf $a, $i", "branch<Forward<B>>::when<A>::with", GR, forward16>;
  def BF_lru6b : FLRU6<0b011111, "BF", "bf $a, $i", "branch<Backward<B>>::when<A>::with", GR, backward16, "lru6b">;
  def BU_lu6   : FLU6<0b0111001100, "BU", "bu $i", "branch<Forward<A>>::when<>::with", forward16>;
  def BU_lu6b  : FLU6<0b0111011100, "BU", "bu $i", "branch<Backward<A>>::when<>::with", backward16, "lu6b">;
  def BL_lu10  : FLU10<0b110100, "BL", "bl $i", "act<Forward<A>>::with", forward20>;
  def BL_lu10b : FLU10<0b110101, "BL", "bl $i", "act<Backward<A>>::with", backward20, "lu10b">;
}
let Port = LoadedBranch, Energy = BranchUnit in {
  let Lane = MemoryLane in {
    def BLAT_u6   : FU6<0b0111001101, "BLAT", "blat $i", "act<R11, Number<A>>::with"> { let Defs = [LR]; }
    def BLACP_u10 : FU10<0b111000, "BLAT", "bla cp[$i]", "act<CP, Number<A>>::with"> { let Defs = [LR]; }
  }
  def BLAT_lu6    : FLU6<0b0111001101, "BLAT", "blat $i", "act<R11, Number<A>>::with">;
  def BLACP_lu10  : FLU10<0b111000, "BLAT", "bla cp[$i]", "act<CP, Number<A>>::with">;
}
let Port = EntryFrame in {
  let Lane = MemoryLane in {
    def ENTSP_u6     : FU6<0b0111011101, "ENTSP", "entsp $i", "act<Number<A>>::with"> { let Defs = [SP]; }
    def DUALENTSP_u6 : FU6<0b0111111110, "DUALENTSP", "dualentsp $i", "act<Number<A>>::with"> { let Defs = [SP]; }
  }
  def ENTSP_lu6      : FLU6<0b0111011101, "ENTSP", "entsp $i", "act<Number<A>>::with">;
  def DUALENTSP_lu6  : FLU6<0b0111111110, "DUALENTSP", "dualentsp $i", "act<Number<A>>::with">;
}
let Port = ReturnFrame, Energy = BranchUnit in {
  let Lane = MemoryLane in
    def RETSP_u6 : FU6<0b0111011111, "RETSP", "retsp $i", "act<Number<A>>::with"> { let Defs = [SP, LR]; }
  def RETSP_lu6  : FLU6<0b0111011111, "RETSP", "retsp $i", "act<Number<A>>::with">;
}

// add a, b, 0 reads back as mov a, b.
def : InstAlias<"mov $a, $b", (ADD_2rus GR:$a, GR:$b, 0), 1>;
