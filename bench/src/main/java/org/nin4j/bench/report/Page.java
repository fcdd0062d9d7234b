package org.nin4j.bench.report;

import java.util.List;
import java.util.Map;
import org.nin4j.bench.result.Results;

/** The performance page. */
final class Page {
  private Page() {}

  static String of(Results results, String chart) {
    Measured measured = new Measured(results);
    CostTables costs = new CostTables(measured);
    return """
        # Performance

        NiN4J compared with what else a Java program could use. `./nin-bench` measured all numbers on
        %s and wrote this page; the contenders in one table took turns in one run. Run it to get this
        page for another machine.

        ![Images per second of every contender, training and inference](%s)

        ## The machine

        %s
        ## What is timed

        - **Training**: forward pass, cross-entropy, backward pass, and the update by SGD with
          momentum. **Inference**: from images in memory to logits in memory. Reading and decoding
          files is part of neither, but of the training end to end, below.
        - All contenders have the same weights, images, batch and number of threads. What they
          compute is compared before anything is timed: *difference* is the largest difference of
          their logits (in training, of their losses) from those of the first contender, as a share
          of the largest of these.
        - Each contender runs in a process of its own, so that *memory* is its own largest resident
          memory. They take turns, so that whatever slows the machine down affects all of them.
        - NiN4J trains a batch in shards of 16 images, or in 4 shards if that would be fewer, and infers
          each image on one thread, as many images at the same time as there are threads; a batch of
          1 is computed by one replica with all threads.
        - A speed is the median of the rounds, with the smallest and the largest in brackets. A ratio
          is the ratio of two medians of this run.
        - PyTorch's autocast can cache copies of the weights in bf16; that cache is off, because it
          would hide the updates, and PyTorch would not train at all.
        - PyTorch in bf16 and NiN4J in bf16 use the same instructions: AMX where the processor has it.

        *NiN4J / it* is the speed of NiN4J in the same precision divided by that of the contender: in
        fp32 for contenders in fp32, in bf16 for those in bf16.

        ## The arithmetic peak

        The fastest of several matrix products whose operands fit into the caches, each measured for 90
        ms, before, between and after the tasks:

        %s
        GFLOP/s are counted in the same way for all contenders, from the multiply-adds of the convolutions as
        `nin summary` shows them, two operations each:

            inference = 2 x multiply-adds
            training  = 2 x (3 x multiply-adds - multiply-adds of the first convolution)

        A training step computes the forward pass, the gradients of the weights, and the gradients of
        the inputs of every convolution except the first, whose inputs are the images. Per image:

        %s
        ## Goals

        The value of NiN4J divided by that of the other: images/s, bytes or seconds. Where no network
        is named, it is `nin` at 1x224x224.

        %s
        ## Speed and memory

        %s
        ## Start and size

        The time from the start of a Java process to its first prediction of an image of 224x224, with
        the files in the operating system's cache. NiN4J reads a complete model file, verifies its
        digest and resizes the image; PyTorch gets bare floats and a preprocessed image. The last
        column is the size of the jars that are needed on this platform, with their native libraries:

        %s
        ## Training end to end

        `nin train` with its data, update and metrics, alternating with the bare gradients (forward and
        backward pass of all shards, and their sums):

        %s
        ## How cost grows

        The network is `nin`. Batch and threads vary at 1x224x224 (threads at batch 64), the size varies
        at batch 64; memory is the largest resident memory of a process that does nothing else. Epochs
        have 8 steps of 64 images of 1x96x96, with a test after each, in one process; memory is the
        resident memory after each epoch.

        %s\
        """
        .formatted(
            results.date(),
            chart,
            machine(results.machine()),
            costs.peaks(),
            SpeedTables.operations(measured),
            Goals.table(measured),
            SpeedTables.all(measured).stripTrailing() + "\n",
            costs.starts(),
            costs.endToEnd(),
            GrowthTables.all(measured).stripTrailing() + "\n");
  }

  private static String machine(Map<String, String> machine) {
    MarkdownTable table = new MarkdownTable(2, List.of("", ""));
    machine.forEach((what, value) -> table.row(List.of(what, value)));
    return table.toString();
  }
}
