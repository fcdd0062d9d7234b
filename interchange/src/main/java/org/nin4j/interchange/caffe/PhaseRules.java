package org.nin4j.interchange.caffe;

import java.util.List;

/**
 * Which layers a network has in a phase, by the {@code include} and {@code exclude} rules of
 * Caffe's layers.
 *
 * @param phase TRAIN or TEST
 * @param level the network's level, 0 if it says none
 * @param stages the network's stages
 */
record PhaseRules(String phase, long level, List<String> stages) {
  static PhaseRules of(CaffeMessage net, String phase) {
    CaffeMessage state = net.message("state");
    return new PhaseRules(phase, state.number("level", 0), state.texts("stage"));
  }

  /**
   * Whether the network has a layer: one that no rule excludes, and that one includes if any do.
   */
  boolean include(CaffeLayer layer) {
    List<CaffeMessage> includes = layer.parameters().messages("include");
    return (includes.isEmpty() || includes.stream().anyMatch(this::meets))
        && layer.parameters().messages("exclude").stream().noneMatch(this::meets);
  }

  private boolean meets(CaffeMessage rule) {
    return rule.choice("phase", phase).equals(phase)
        && rule.number("min_level", level) <= level
        && rule.number("max_level", level) >= level
        && stages.containsAll(rule.texts("stage"))
        && rule.texts("not_stage").stream().noneMatch(stages::contains);
  }
}
