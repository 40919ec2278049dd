// Machine files: what ships, what can be changed, and what is refused in which words.
#include "base/error.h"
#include "base/file.h"
#include "sim/machines/description.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace xs3::sim {
namespace {

using testing::HasSubstr;

MachineDescription with(const std::vector<std::string> &settings) {
  return loadMachine("xu316", settings);
}

std::string refusal(const std::vector<std::string> &settings) {
  try {
    with(settings);
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

/// A file that disappears with the test.
class MachineFile : public testing::Test {
protected:
  void TearDown() override { std::filesystem::remove(path_); }
  MachineDescription read(const std::string &text) {
    writeFile(path_, std::string_view(text));
    return loadMachine(path_);
  }
  std::string refusal(const std::string &text) {
    try {
      read(text);
    } catch (const Error &error) {
      return error.what();
    }
    return "";
  }
  std::string path_ = (std::filesystem::temp_directory_path() /
                       ("xs3-machine-" +
                        std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
                        "-" + std::to_string(::getpid()) + ".toml"))
                          .string();
};

TEST(Machines, DefaultIsTheDocumentedChip) {
  const MachineDescription machine = loadMachine();
  EXPECT_EQ(machine.name, "xu316");
  EXPECT_EQ(machine.architecture.tiles, 2u);
  EXPECT_EQ(machine.architecture.threads, 8u);
  EXPECT_EQ(machine.architecture.sramBase, 0x80000u);
  EXPECT_EQ(machine.architecture.sramBytes, 512u * 1024);
  EXPECT_EQ(machine.architecture.externalBytes, 0u);
  EXPECT_EQ(machine.cost.clockHz, 600'000'000u);
  EXPECT_EQ(machine.cost.pipelineDepth, 5u);
  EXPECT_EQ(machine.cost.divideLength, 32u);
  EXPECT_EQ(machine.energy.staticMilliwatts, (Coefficient{29, 15, 45}));
  EXPECT_EQ(machine.energy.writeVector, (Coefficient{55, 26, 120}));
  EXPECT_DOUBLE_EQ(machine.seconds(600), 1e-6);
}

TEST(Machines, ShippedOnesDifferWhereTheirNamesSay) {
  EXPECT_EQ(nonDefaultKeys(loadMachine("xu316")), std::vector<std::string>{});
  EXPECT_EQ(nonDefaultKeys(loadMachine("xu316-lpddr")),
            std::vector<std::string>{"architecture.extmem.bytes = 33554432"});
  EXPECT_EQ(nonDefaultKeys(loadMachine("xu316-big")),
            std::vector<std::string>{"architecture.sram.bytes = 4194304"});
}

TEST(Machines, EveryValueHasASourceAndACertainty) {
  const MachineDescription machine = loadMachine();
  const auto keys = machineKeys();
  ASSERT_EQ(machine.origins.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_THAT(machine.origins[i].certainty, testing::AnyOf("A", "B", "C")) << keys[i];
    EXPECT_FALSE(machine.origins[i].source.empty()) << keys[i];
  }
}

TEST(Machines, HaveLowAndHighCosts) {
  const MachineDescription machine = loadMachine();
  EXPECT_EQ(machine.costLow.externalMissNanoseconds, 80);
  EXPECT_EQ(machine.costHigh.externalMissNanoseconds, 400);
  EXPECT_FALSE(machine.costLow.fetchLoadedBranchFnop);
  EXPECT_TRUE(machine.costHigh.fetchStraddleFnop);
  EXPECT_EQ(machine.costLow.divideUnit, DivideUnit::Clocks);
  EXPECT_EQ(machine.costHigh.divideUnit, DivideUnit::Slots);
  EXPECT_EQ(machine.costHigh.trapEntrySlots, 3u);
  EXPECT_EQ(machine.costHigh.clockHz, machine.cost.clockHz);
}

TEST(Settings, ChangeOneKeyInItsWholeBand) {
  const MachineDescription machine =
      with({"cost.clock_hz=800000000", "cost.fetch.line_bytes=32", "cost.divide.unit=slots",
            "energy.vpu.mac1=10", "energy.mem.r64={typical=9, low=8, high=11}"});
  EXPECT_EQ(machine.cost.clockHz, 800'000'000u);
  EXPECT_EQ(machine.costLow.clockHz, 800'000'000u);
  EXPECT_EQ(machine.cost.fetchLineBytes, 32u);
  EXPECT_EQ(machine.cost.divideUnit, DivideUnit::Slots);
  EXPECT_EQ(machine.energy.mac1, (Coefficient{10, 10, 10}));
  EXPECT_EQ(machine.energy.readPair, (Coefficient{9, 8, 11}));
  EXPECT_EQ(nonDefaultKeys(machine).size(), 5u);
}

TEST(Settings, RefuseUnknownKeysAndImpossibleValues) {
  EXPECT_THAT(refusal({"cost.clok_hz=8"}), HasSubstr("unknown machine key 'cost.clok_hz'"));
  EXPECT_THAT(refusal({"cost.clock_hz=0"}), HasSubstr("must be 1000000 to 10000000000"));
  EXPECT_THAT(refusal({"cost.clock_hz=fast"}), HasSubstr("wants a whole number"));
  EXPECT_THAT(refusal({"cost.fetch.line_bytes=20"}), HasSubstr("must be 16, 32 or 64"));
  EXPECT_THAT(refusal({"cost.memory.ports=3"}), HasSubstr("must be 1 or 2"));
  EXPECT_THAT(refusal({"cost.divide.unit=hours"}), HasSubstr("\"clocks\" or \"slots\""));
  EXPECT_THAT(refusal({"energy.exec.alu=-1"}), HasSubstr("must be 0 to"));
  EXPECT_THAT(refusal({"energy.exec.alu=nan"}), HasSubstr("must be 0 to"));
  EXPECT_THAT(refusal({"energy.exec.alu.low=5"}), HasSubstr("low <= typical <= high"));
  EXPECT_THAT(refusal({"architecture.threads=9"}), HasSubstr("must be 1 to 8"));
  EXPECT_THAT(refusal({"architecture.threads=2.5"}), HasSubstr("wants a whole number"));
  EXPECT_THAT(refusal({"architecture.sram.bytes=5000"}), HasSubstr("multiple of 256"));
  EXPECT_THAT(refusal({"cost.fetch.loop_bytes=24"}), HasSubstr("multiple of"));
  EXPECT_THAT(refusal({"cost.clock_hz"}), HasSubstr("KEY=VALUE"));
  EXPECT_THAT(refusal({"cost=5"}), HasSubstr("unknown machine key 'cost'"));
}

TEST_F(MachineFile, SaysOnlyWhatDiffers) {
  const MachineDescription machine =
      read("name = \"mine\"\n[cost]\nclock_hz = 700_000_000\nfetch.loop_bytes = 64\n");
  EXPECT_EQ(machine.name, "mine");
  EXPECT_EQ(machine.cost.clockHz, 700'000'000u);
  EXPECT_EQ(machine.architecture.sramBytes, 512u * 1024);
}

TEST_F(MachineFile, MistakesNameFileLineAndColumn) {
  EXPECT_THAT(refusal("[cost]\nclock_hz = 700_000_000\nspeed = 3\n"),
              HasSubstr(path_ + ":3:9: error: unknown machine key 'cost.speed'"));
  EXPECT_THAT(refusal("\n[architecture]\ntiles = 3\n"), HasSubstr(path_ + ":3:9: error: "));
  EXPECT_THAT(refusal("[cost\n"), HasSubstr(path_ + ":1:"));
  EXPECT_THAT(refusal("[cost]\nclock_hz = { low = 5 }\n"), HasSubstr("has no value"));
  EXPECT_THAT(refusal("[cost]\nclock_hz = { value = 600000000, hi = 5 }\n"),
              HasSubstr("unknown entry 'hi'"));
}

TEST(Machines, UnknownNamesAreRefusedWithThoseThereAre) {
  try {
    loadMachine("xu999");
    FAIL();
  } catch (const Error &error) {
    EXPECT_THAT(error.what(), HasSubstr("xu316-lpddr"));
  }
  EXPECT_THROW(loadMachine("./no-such-file.toml"), Error);
}

TEST(Machines, CanonicalTextIsTheMachineAlone) {
  EXPECT_EQ(canonicalText(loadMachine("xu316")), canonicalText(with({"cost.pipeline.depth=5"})));
  EXPECT_NE(canonicalText(loadMachine("xu316")), canonicalText(loadMachine("xu316-big")));
}

TEST(Machines, DescriptionShowsValuesSourcesAndSwitches) {
  const std::string text = describeMachine(with({"cost.clock_hz=800000000"}));
  EXPECT_THAT(text, HasSubstr("given by --set"));
  EXPECT_THAT(text, HasSubstr("energy.vpu.mac1"));
  EXPECT_THAT(text, HasSubstr("12 [4..30]"));
  EXPECT_THAT(text, HasSubstr("XTC Tools Guide"));
  EXPECT_THAT(text, HasSubstr("cost.fetch.straddle_fnop"));
}

TEST(Machines, EnergyKeysKnowTheirGroups) {
  std::size_t inMemory = 0;
  for (const EnergyKey &key : energyKeys())
    inMemory += key.group == "mem" ? 1 : 0;
  EXPECT_EQ(inMemory, 6u);
  // All of [energy] but the voltage and the temperature.
  const auto keys = machineKeys();
  EXPECT_EQ(energyKeys().size() + 2,
            std::ranges::count_if(keys, [](auto key) { return key.starts_with("energy."); }));
}

} // namespace
} // namespace xs3::sim
