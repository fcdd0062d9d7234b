package org.nin4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
  @Test
  void whatIsWrittenIsRead() throws JsonProcessingException {
    Task task = new Task("nin", 224, Work.TRAINING, 64);
    Results results =
        new Results(
            "2026-11-23",
            Map.of("threads", "2"),
            Map.of("fp32", List.of(333.25, 340.5)),
            List.of(new Timing(task, Contender.PYTORCH_DJL, List.of(20.5, 21.0), 1L << 32, 1e-6)),
            List.of(new Start(Contender.NIN4J_BF16, List.of(0.25), 36_000_000)),
            List.of(new EndToEnd(task, "bf16", List.of(240.0), List.of(250.0))),
            List.of(new Growth(Work.INFERENCE, "fp32", "batch", 8, 200.0, 1L << 33)));
    ObjectMapper json = new ObjectMapper();
    assertEquals(results, json.readValue(json.writeValueAsString(results), Results.class));
  }
}
