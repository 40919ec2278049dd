// The rows as C++ tables. RowTable is data that everybody may read; ExecTable names the semantic functions
// and so does not compile when one is missing.

def RowTable : GenericTable {
  let FilterClass = "XS3Inst";
  let CppTypeName = "GeneratedRow";
  let Fields = ["Opcode", "Base", "Format", "Bytes", "LaneName", "PortName", "CostName", "EnergyName",
                "Provisional", "Unimplemented"];
  string TypeOf_LaneName = "code";
  string TypeOf_PortName = "code";
  string TypeOf_CostName = "code";
  string TypeOf_EnergyName = "code";
}

def ExecTable : GenericTable {
  let FilterClass = "XS3Inst";
  let CppTypeName = "ExecRow";
  let Fields = ["Opcode", "Run"];
  string TypeOf_Run = "code";
}
