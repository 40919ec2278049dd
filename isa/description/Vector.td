// The vector unit: 256-bit registers vR, vD, vC and the control word.

let Lane = MemoryLane in {
  let Port = DataAccess, Energy = NoDatapath in {
    def VLDC_1r : F1R<0b10010, 0, "VLDC", "vldc $a[0]", "onVectorAt<A>::with">;
    def VLDD_1r : F1R<0b10010, 1, "VLDD", "vldd $a[0]", "onVectorAt<A>::with">;
    def VSTD_1r : F1R<0b10011, 0, "VSTD", "vstd $a[0]", "storeVector<A>::with">;
    def VSTR_1r : F1R<0b10011, 1, "VSTR", "vstr $a[0]", "storeVector<A>::with">;
    def VLDR_0r : F0R<0b00011, 0b11110, "VLDR", "vldr r11[0]", "onVectorAt<R11>::with">;
    def VSTC_0r : F0R<0b00011, 0b11111, "VSTC", "vstc r11[0]", "storeVector<R11>::with">;
  }
  let Port = DataAccess, Energy = VectorMac in {
    def VLMACCR_1r : F1R<0b10100, 1, "VLMACCR", "vlmaccr $a[0]", "onVectorAt<A>::with">;
    def VLMACC_1r  : F1R<0b10111, 0, "VLMACC", "vlmacc $a[0]", "onVectorAt<A>::with">;
    def VLMUL_1r   : F1R<0b10110, 0, "VLMUL", "vlmul $a[0]", "onVectorAt<A>::with">;
  }
  let Port = DataAccess, Energy = VectorMacOneBit in
    def VLMACCR1_1r : F1R<0b11000, 0, "VLMACCR1", "vlmaccr1 $a[0]", "onVectorAt<A>::with">;
  let Port = DataAccess, Energy = VectorArithmetic in {
    def VLADSB_1r : F1R<0b10100, 0, "VLADSB", "vladsb $a[0]", "onVectorAt<A>::with">;
    def VLADD_1r  : F1R<0b10101, 0, "VLADD", "vladd $a[0]", "onVectorAt<A>::with">;
    def VLSUB_1r  : F1R<0b10101, 1, "VLSUB", "vlsub $a[0]", "onVectorAt<A>::with">;
    def VLSAT_1r  : F1R<0b10111, 1, "VLSAT", "vlsat $a[0]", "onVectorAt<A>::with">;
  }
  let Energy = VectorControl in {
    def VSETC_0r  : F0R<0b00011, 0b01100, "VSETC", "vsetc r11", "write<VectorControl>::from<R11>::with">;
    def VGETC_0r  : F0R<0b00011, 0b01101, "VGETC", "vgetc r11", "write<R11>::from<VectorControl>::with"> { let Defs = [R11]; }
    def VCLRDR_0r : F0R<0b00100, 0b01111, "VCLRDR", "vclrdr", "onVector::with">;
  }
  let Energy = VectorComplex in {
    def VCMR_0r  : F0R<0b00011, 0b01110, "VCMR", "vcmr", "onVector::with">;
    def VCMI_0r  : F0R<0b00011, 0b01111, "VCMI", "vcmi", "onVector::with">;
    def VCMCR_0r : F0R<0b00011, 0b11100, "VCMCR", "vcmcr", "onVector::with">;
    def VCMCI_0r : F0R<0b00011, 0b11101, "VCMCI", "vcmci", "onVector::with">;
    def VFTTF_0r : F0R<0b00101, 0b01101, "VFTTF", "vfttf", "onVector::with">;
    def VFTTB_0r : F0R<0b00101, 0b11101, "VFTTB", "vfttb", "onVector::with">;
    def VFTFB_0r : F0R<0b00101, 0b11100, "VFTFB", "vftfb", "onVector::with">;
    def VFTFF_0r : F0R<0b00101, 0b01100, "VFTFF", "vftff", "onVector::with">;
  }
  let Energy = VectorNarrow in {
    def VDEPTH1_0r : F0R<0b00100, 0b01100, "VDEPTH1", "vdepth1", "onVector::with">;
    def VDEPTH8_0r : F0R<0b00100, 0b01101, "VDEPTH8", "vdepth8", "onVector::with">;
    def VSIGN_0r   : F0R<0b00100, 0b01110, "VSIGN", "vsign", "onVector::with">;
    def VPOS_0r    : F0R<0b00100, 0b11110, "VPOS", "vpos", "onVector::with">;
  }
}
let Port = DataAccess, Energy = VectorArithmetic in
  def VLASHR_l2r : FL2R<0b00111, 12, 1, "VLASHR", "vlashr $a[0], $b", "onVectorAt<A, B>::with">;
let Port = DataAccess, Energy = NoDatapath in
  def VSTRPV_l2r : FL2R<0b00111, 12, 0, "VSTRPV", "vstrpv $a[0], $b", "storeMasked<A, B>::with">;

// Provisional places: these instructions exist, but no machine code with them is public. They take free places
// beside their kin (vdepth1 0x27EC, vdepth8 0x27ED, vclrdr 0x27EF); this is the one spot to move them.
let Provisional = 1, Lane = MemoryLane in {
  def VDEPTH16_0r : F0R<0b00100, 0b11100, "VDEPTH16", "vdepth16", "onVector::with"> { let Energy = VectorNarrow; }
  def VADDDR_0r   : F0R<0b00100, 0b11101, "VADDDR", "vadddr", "onVector::with"> { let Energy = VectorArithmetic; }
}
