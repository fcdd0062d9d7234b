package org.nin4j.engine;

/** What every engine must do. The test of an engine extends this class and says which one it is. */
abstract class EngineContractTest
    implements WindowContract,
        NumbersContract,
        GradientContract,
        InputGradientContract,
        StackContract,
        BatchContract,
        LifecycleContract,
        ShardContract,
        FrozenContract,
        OutputContract,
        ProfileContract {}
