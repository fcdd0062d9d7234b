package org.nin4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;

/** Which package may use which other. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.nin4j");

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  /**
   * Classes of a package and those below it may use ours only as far as {@code allowed} says, and
   * what is internal.
   */
  private static void knowsOnly(String packages, DescribedPredicate<JavaClass> allowed) {
    holds(
        noClasses()
            .that()
            .resideInAPackage(packages)
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.nin4j..")
                    .and(
                        not(
                            resideInAnyPackage(
                                packages, "org.nin4j.internal..", "org.nin4j.error")))
                    .and(not(allowed))));
  }

  @Test
  void whatIsInternalUsesNoOtherPackage() {
    knowsOnly("org.nin4j.internal..", DescribedPredicate.alwaysFalse());
  }

  @Test
  void exceptionsUseNothingAtAll() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.nin4j.error")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage("org.nin4j.error", "java.."))));
  }

  @Test
  void whatVerifiesPrimitivesKnowsNeitherPlansNorNativeCode() {
    knowsOnly("org.nin4j.engine.onednn.verify..", resideInAPackage("org.nin4j.nn.."));
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.nin4j.engine.onednn.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.."));
  }

  @Test
  void networksUseNoOtherPackage() {
    knowsOnly("org.nin4j.nn..", DescribedPredicate.alwaysFalse());
  }

  @Test
  void enginesKnowNetworks() {
    knowsOnly("org.nin4j.engine..", resideInAPackage("org.nin4j.nn.."));
  }

  @Test
  void dataUsesNoOtherPackage() {
    knowsOnly("org.nin4j.data..", DescribedPredicate.alwaysFalse());
  }

  @Test
  void trainingSeesEnginesOnlyThroughTheirInterfaces() {
    knowsOnly(
        "org.nin4j.train..",
        resideInAnyPackage(
            "org.nin4j.engine",
            "org.nin4j.engine.internal",
            "org.nin4j.nn..",
            "org.nin4j.data..",
            "org.nin4j.evaluate..",
            "org.nin4j.io.."));
  }

  @Test
  void evaluationSeesEnginesOnlyThroughTheirInterfaces() {
    knowsOnly(
        "org.nin4j.evaluate..",
        resideInAnyPackage(
                "org.nin4j.engine",
                "org.nin4j.engine.internal",
                "org.nin4j.nn..",
                "org.nin4j.data..",
                "org.nin4j.io..")
            .or(equivalentTo(Engines.class)));
  }

  /** From the root package it takes the best engine, and the form of a prediction. */
  @Test
  void explanationsSeeEnginesOnlyThroughTheirInterfaces() {
    knowsOnly(
        "org.nin4j.explain..",
        resideInAnyPackage(
                "org.nin4j.engine",
                "org.nin4j.engine.internal",
                "org.nin4j.nn..",
                "org.nin4j.data..",
                "org.nin4j.evaluate..",
                "org.nin4j.io..")
            .or(belongToAnyOf(Engines.class, Prediction.class)));
  }

  @Test
  void quantizationSeesEnginesOnlyThroughTheirInterfaces() {
    knowsOnly(
        "org.nin4j.quantize..",
        resideInAnyPackage(
            "org.nin4j.engine",
            "org.nin4j.engine.internal",
            "org.nin4j.nn..",
            "org.nin4j.data..",
            "org.nin4j.io.."));
  }

  @Test
  void storageKnowsNetworksWeightsAndPreprocessing() {
    knowsOnly(
        "org.nin4j.io..",
        resideInAPackage("org.nin4j.nn..")
            .or(
                belongToAnyOf(
                    Weights.class,
                    Quantization.class,
                    QuantizedLayer.class,
                    QuantizationParameters.class))
            .or(equivalentTo(Preprocessing.class))
            .or(assignableTo(PreprocessingStep.class)));
  }

  @Test
  void theEnginesDoNotKnowEachOther() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.nin4j.engine.reference..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.nin4j.engine.onednn.."));
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.nin4j.engine.onednn..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.nin4j.engine.reference.."));
  }

  /** All others get them from it, as an {@link Engine}. */
  @Test
  void onlyEnginesNamesAnEngine() {
    holds(
        noClasses()
            .that(
                not(equivalentTo(Engines.class)).and(not(resideInAPackage("org.nin4j.engine.*.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nin4j.engine.onednn..", "org.nin4j.engine.reference.."));
  }

  @Test
  void onlyTheOneDnnEngineIsNative() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.nin4j.engine.onednn..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.."));
  }

  /** The root package, which may use all packages below it, is not one of them. */
  @Test
  void noPackagesDependOnEachOtherInACycle() {
    holds(slices().matching("org.nin4j.(*)..").should().beFreeOfCycles());
  }
}
