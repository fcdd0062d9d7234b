package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nin4j.interchange.pytorch.PickleValue.Dict;
import org.nin4j.interchange.pytorch.PickleValue.Entry;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;
import org.nin4j.interchange.pytorch.PickleValue.Text;
import org.nin4j.internal.Quoted;

/**
 * The tensors of a checkpoint.
 *
 * @param key the key of the checkpoint under which they stand; empty where they are the checkpoint
 * @param tensors by their names, in order
 * @param besides what else there is, in a few words, by its key; never looked into
 */
record StateDict(Optional<String> key, Map<String, Tensor> tensors, Map<String, String> besides) {
  /** Where programs put the state_dict in a checkpoint; the first of them that is one is taken. */
  private static final List<String> KEYS =
      List.of("state_dict", "model_state_dict", "model", "net", "module");

  private static final int MOST_LISTED = 20;

  private static final String REMEDY =
      "; save one in Python: torch.save(model.state_dict(), \"weights.pt\")";

  /** Finds the tensors in what was saved. */
  static StateDict of(TorchArchive archive, PickleValue saved) throws IOException {
    if (!(saved instanceof Dict checkpoint)) {
      throw archive.refused("holds a " + saved.summary() + " and no state_dict" + REMEDY);
    }
    Optional<String> key =
        KEYS.stream().filter(name -> holdsTensors(find(checkpoint, name))).findFirst();
    PickleValue chosen = key.isPresent() ? find(checkpoint, key.get()) : checkpoint;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> besides = new LinkedHashMap<>();
    for (Entry entry : ((Dict) chosen).entries()) {
      if (entry.key() instanceof Text name && entry.value() instanceof Tensor tensor) {
        if (tensors.put(name.value(), tensor) != null) {
          throw archive.refused(
              "holds two tensors " + Quoted.text(name.value()) + "; save the model again");
        }
      } else {
        besides.put(name(entry.key()), entry.value().summary());
      }
    }
    if (tensors.isEmpty()) {
      throw archive.refused(
          "holds no state_dict, neither by itself nor under one of "
              + String.join(", ", KEYS)
              + REMEDY);
    }
    for (Entry entry : checkpoint.entries()) {
      if (key.isPresent() && entry.value() != chosen) {
        besides.put(name(entry.key()), entry.value().summary());
      }
    }
    return new StateDict(key, tensors, besides);
  }

  /** What else there is, for people: {@code 'epoch' (3), 'optimizer' (dict of 2)}. */
  String besidesText() {
    String first =
        besides.entrySet().stream()
            .limit(MOST_LISTED)
            .map(entry -> Quoted.text(entry.getKey()) + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    int more = besides.size() - MOST_LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String name(PickleValue key) {
    return key instanceof Text text ? text.value() : key.summary();
  }

  /** The last value of a key, as in Python; or null. */
  private static PickleValue find(Dict dict, String key) {
    PickleValue found = null;
    for (Entry entry : dict.entries()) {
      if (entry.key() instanceof Text text && text.value().equals(key)) {
        found = entry.value();
      }
    }
    return found;
  }

  private static boolean holdsTensors(PickleValue value) {
    return value instanceof Dict dict
        && dict.entries().stream().anyMatch(entry -> entry.value() instanceof Tensor);
  }
}
