package org.nin4j.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Growth;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.result.Timing;

/** What a run has measured so far, and the file that it is kept in: {@code results.json}. */
final class ResultsFile {
  private static final String NAME = "results.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  final Map<String, String> machine = new TreeMap<>();
  final Map<String, List<Double>> peaks = new TreeMap<>();
  final List<Timing> timings = new ArrayList<>();
  final List<Start> starts = new ArrayList<>();
  final List<EndToEnd> endToEnd = new ArrayList<>();
  final List<Growth> growth = new ArrayList<>();

  /** Creates the folder if there is none. */
  ResultsFile(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  static Results read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      throw new IOException(file + ": there is no such file; measure first, without --report");
    }
    return JSON.readValue(file.toFile(), Results.class);
  }

  /** Takes over what an earlier run has found of the parts that this one leaves out. */
  void keepBut(Set<Part> parts) throws IOException {
    if (parts.size() == Part.values().length || !Files.exists(folder.resolve(NAME))) {
      return;
    }
    Results before = read(folder);
    peaks.putAll(before.peaks());
    if (!parts.contains(Part.TASKS)) {
      timings.addAll(before.timings());
    }
    if (!parts.contains(Part.STARTS)) {
      starts.addAll(before.starts());
    }
    if (!parts.contains(Part.ENDTOEND)) {
      endToEnd.addAll(before.endToEnd());
    }
    for (Growth point : before.growth()) {
      Part part = point.axis().equals(GrowthRun.EPOCH) ? Part.EPOCHS : Part.GROWTH;
      if (!parts.contains(part)) {
        growth.add(point);
      }
    }
  }

  /** In one step, so that a run that is stopped leaves what it had. */
  void save() throws IOException {
    Results results =
        new Results(
            LocalDate.now(ZoneId.systemDefault()).toString(),
            machine,
            peaks,
            timings,
            starts,
            endToEnd,
            growth);
    Path fresh = folder.resolve(NAME + ".new");
    JSON.writeValue(fresh.toFile(), results);
    Files.move(fresh, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }
}
