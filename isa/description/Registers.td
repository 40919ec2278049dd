// Registers by number: r0..r11, then cp, dp, sp, lr in the four-bit field of the ru6 formats.
class XS3Reg<bits<4> number, string name> : Register<name>, DwarfRegNum<[number]> {
  let Namespace = "XS3";
  let HWEncoding{3-0} = number;
}

foreach i = 0-11 in def R#i : XS3Reg<i, "r"#i>;
def CP : XS3Reg<12, "cp">;
def DP : XS3Reg<13, "dp">;
def SP : XS3Reg<14, "sp">;
def LR : XS3Reg<15, "lr">;

// The registers of packed operand fields.
def GR : RegisterClass<"XS3", [i32], 32, (sequence "R%u", 0, 11)>;
// The registers of the four-bit field.
def RA : RegisterClass<"XS3", [i32], 32, (add GR, CP, DP, SP, LR)>;
