// Prints the table of verdicts: every model file that is found, what was compared, and whether it
// was right. Ends with status 1 when a file is wrong or has no verdict.
//
//   xs3_network_table [--brief|--long] [--jobs N] [PART-OF-NAME...]
#include "tests/kernels/forked_verdicts.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/verdict.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace xs3::test {
namespace {

struct Request {
  Effort effort = Effort::Daily;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::string> parts;
};

Request parsed(int argc, char **argv) {
  Request request;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--brief")
      request.effort = Effort::Brief;
    else if (word == "--long")
      request.effort = Effort::Long;
    else if (word == "--jobs" && i + 1 < argc)
      request.jobs = static_cast<unsigned>(std::max(1, std::atoi(argv[++i])));
    else
      request.parts.push_back(word);
  }
  return request;
}

std::vector<ModelFile> wanted(const std::vector<std::string> &parts) {
  std::vector<ModelFile> files = modelFiles();
  std::erase_if(files, [&](const ModelFile &file) {
    return !parts.empty() && std::none_of(parts.begin(), parts.end(), [&](const auto &part) {
      return file.name.find(part) != std::string::npos;
    });
  });
  return files;
}

void printRow(const std::string &name, const Verdict &verdict) {
  std::printf("%-44s %12s %13s  %s", name.c_str(),
              verdict.bytes ? std::to_string(verdict.bytes).c_str() : "-",
              verdict.slots ? std::to_string(verdict.slots).c_str() : "-", verdict.text.c_str());
  if (!verdict.compared.empty())
    std::printf(" (%s)", verdict.compared.c_str());
  if (!verdict.vendor.empty())
    std::printf("; refused by the vendor's compiler: %s", verdict.vendor.c_str());
  std::printf("\n");
}

int printTable(const Request &request) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const std::vector<ModelFile> files = wanted(request.parts);
  const std::vector<Verdict> verdicts = forkedVerdicts(files, request.effort, request.jobs);
  std::printf("%-44s %12s %13s  %s\n", "model file", "bytes", "slots", "verdict");
  std::size_t counts[4] = {}, refusedByVendor = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    printRow(files[i].name, verdicts[i]);
    ++counts[static_cast<std::size_t>(verdicts[i].kind)];
    refusedByVendor += verdicts[i].vendor.empty() ? 0 : 1;
  }
  if (!std::filesystem::exists(shared("")))
    std::printf("skipped: every file of ../shared/models, which is not there\n");
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::printf("%zu files: %zu right, %zu wrong, %zu excluded, %zu skipped; %zu that the vendor's "
              "compiler refuses; %.1f s\n",
              files.size(), counts[0], counts[1], counts[2], counts[3], refusedByVendor, seconds);
  return counts[1] == 0 && !files.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace
} // namespace xs3::test

int main(int argc, char **argv) { return xs3::test::printTable(xs3::test::parsed(argc, argv)); }
