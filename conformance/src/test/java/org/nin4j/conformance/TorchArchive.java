package org.nin4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Files of a state_dict, as libtorch itself reads and writes them. */
final class TorchArchive {
  private TorchArchive() {}

  /** Reads a file. To be called in {@link Torch#scoped}. */
  static IValue read(Path file) throws IOException {
    return torch.pickle_load(new ByteVector(Files.readAllBytes(file)));
  }

  /** The tensors of a state_dict in its order; changing one changes the state_dict. */
  static Map<String, Tensor> tensors(IValue stateDict) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    GenericDict dict = stateDict.toGenericDict();
    GenericDictIterator end = dict.end();
    for (GenericDictIterator at = dict.begin(); at.notEquals(end); at.increment()) {
      tensors.put(at.access().key().toStringRef().getString(), at.access().value().toTensor());
    }
    return tensors;
  }

  static void write(Path file, IValue stateDict) throws IOException {
    Files.write(file, torch.pickle_save(stateDict).get());
  }
}
