package org.nin4j.bench.report;

import java.util.List;
import java.util.Map;
import org.nin4j.bench.Results;

/** The performance page. */
final class Page {
  private Page() {}

  static String of(Results results, String chart) {
    Measured measured = new Measured(results);
    CostTables costs = new CostTables(measured);
    return """
        # Performance

        NiN4J beside what else a Java program would use. `./nin-bench` has measured all numbers, on
        %s, and has written this page; contenders that stand in one table took turns in one run. Run
        it again to have the page of another machine.

        ![Images per second of every contender, training and inference](%s)

        ## The machine

        %s
        ## What is timed

        - **Training**: forward pass, cross-entropy, backward pass, and the update by SGD with
          momentum. **Inference**: from images in memory to logits in memory. Reading and decoding
          files is in neither, but is in the training end to end, further down.
        - All contenders have the same weights, images, batch and number of threads. What they
          compute is compared before anything is timed: *difference* is the largest difference of
          their logits (in training, of their losses) from those of the first contender, as a share
          of the largest of these.
        - Each contender is a process of its own, so that *memory*, its largest resident memory, is
          its own too. They take turns, so that whatever slows the machine hits all alike.
        - NiN4J trains a batch in shards of 16 images, or in 4 where that are fewer, and infers each image alone on one thread,
          as many at the same time as there are threads; a batch of 1 by one replica over all
          threads.
        - A speed is the median of the rounds, with the least and the greatest in brackets. A ratio
          is the ratio of two medians of this run.
        - PyTorch's autocast would keep copies of the weights in bf16; that cache is off, as it would
          hide the updates, and PyTorch would train nothing.
        - PyTorch in bf16 and NiN4J in bf16 use the same instructions, AMX where there is any.

        *NiN4J / it* says how many times as fast NiN4J is in the same precision: in fp32 beside
        contenders in fp32, in bf16 beside those in bf16.

        ## The arithmetic peak

        The fastest of matrix products of several sizes, whose operands stay in the caches, each for 90
        ms; measured before, between and after the tasks:

        %s
        GFLOP/s are counted alike for all contenders, from the multiply-adds of the convolutions as
        `nin summary` shows them, two operations each:

            inference = 2 x multiply-adds
            training  = 2 x (3 x multiply-adds - multiply-adds of the first convolution)

        A training computes the forward pass, the gradients of the weights, and the gradients of the
        inputs of every convolution but the first, whose inputs are the images. For an image:

        %s
        ## Goals

        What NiN4J has, divided by what the other has: images/s, bytes or seconds. Where no network
        is named it is `nin` at 1x224x224.

        %s
        ## Speed and memory

        %s
        ## Start and size

        From the start of a Java process to its first prediction of an image of 224x224, the files read
        before. NiN4J reads a complete model file with its digest and resizes the image; PyTorch gets
        bare floats and a ready image. Beside it the bytes of the jars that are needed on this
        platform, native libraries in them:

        %s
        ## Training end to end

        `nin train` with its data, update and metrics, by turns with its bare gradients (forward and
        backward pass of all shards, and their sums):

        %s
        ## How cost grows

        The network is `nin`. The batch and the threads grow at 1x224x224 (threads at batch 64), the
        size at batch 64; memory is the largest of a process that does nothing else. The epochs are of
        8 steps of 64 images of 1x96x96, with a test after each, in one process; memory is what there
        is after each.

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
