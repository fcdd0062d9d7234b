package org.nin4j.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;

/** Which module may use which other, over the classes of all modules together. */
class ModuleArchitectureTest {
  /** The modules, each of which may use those before it. */
  private enum Module {
    CORE("core"),
    INTERCHANGE("interchange"),
    TRACKING("tracking"),
    SPARK("spark"),
    SERVER("server"),
    CLI("cli"),
    CONFORMANCE("conformance"),
    BENCH("bench");

    private final String folder;

    Module(String folder) {
      this.folder = folder;
    }

    /**
     * Classes come from a folder in {@code <module>/target}, or from a jar of the module.
     *
     * @param uri where a class was found
     */
    private boolean holds(String uri) {
      return uri.contains("/" + folder + "/target/") || uri.contains("/nin4j-" + folder + "-");
    }

    private boolean holds(JavaClass type) {
      // an array has no source
      return type.getSource().filter(source -> of(source.getUri().toString()) == this).isPresent();
    }

    private static Module of(String uri) {
      return Arrays.stream(values())
          .filter(module -> module.holds(uri))
          .findFirst()
          .orElseThrow(() -> new AssertionError(uri + " belongs to no module"));
    }
  }

  /**
   * The main classes of core, interchange, tracking, spark, server, cli and bench, and the tests of
   * conformance.
   */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ModuleArchitectureTest::isChecked)
          .importPackages("org.nin4j");

  /** The modules that users get. */
  private static final Set<Module> PRODUCT =
      EnumSet.of(
          Module.CORE,
          Module.INTERCHANGE,
          Module.TRACKING,
          Module.SPARK,
          Module.SERVER,
          Module.CLI);

  private static boolean isChecked(Location location) {
    boolean test = location.contains("/test-classes/") || location.contains("-tests.jar");
    return !test || Module.CONFORMANCE.holds(location.asURI().toString());
  }

  private static DescribedPredicate<JavaClass> in(Set<Module> modules) {
    return DescribedPredicate.describe(
        "in " + modules,
        type ->
            type.getPackageName().startsWith("org.nin4j")
                && modules.stream().anyMatch(module -> module.holds(type)));
  }

  private static DescribedPredicate<JavaClass> inPackages(String... packages) {
    return resideInAnyPackage(packages);
  }

  private static void holds(ArchRule rule) {
    rule.check(CLASSES);
  }

  /** Without this, a rule over a module whose classes are not found could not fail. */
  @ParameterizedTest
  @EnumSource(Module.class)
  void classesOfTheModuleAreSeen(Module module) {
    assertTrue(CLASSES.stream().anyMatch(module::holds));
  }

  @ParameterizedTest
  @EnumSource(value = Module.class, mode = EnumSource.Mode.EXCLUDE, names = "BENCH")
  void aModuleUsesOnlyModulesBeforeIt(Module module) {
    Set<Module> later =
        Arrays.stream(Module.values())
            .filter(other -> other.compareTo(module) > 0)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Module.class)));
    holds(noClasses().that(in(EnumSet.of(module))).should().dependOnClassesThat(in(later)));
  }

  /** What core's module descriptor exports to the other modules, and interchange to none. */
  @Test
  void otherModulesUseNoInternalsButThoseExportedToThem() {
    holds(
        noClasses()
            .that(
                in(
                    EnumSet.of(
                        Module.INTERCHANGE,
                        Module.TRACKING,
                        Module.SPARK,
                        Module.SERVER,
                        Module.CLI)))
            .should()
            .dependOnClassesThat(
                inPackages("org.nin4j..internal..")
                    .and(
                        not(
                            inPackages(
                                "org.nin4j.internal",
                                "org.nin4j.internal.json",
                                "org.nin4j.interchange.internal")))));
  }

  @Test
  void theBenchmarkUsesNoInternals() {
    holds(
        noClasses()
            .that(in(EnumSet.of(Module.BENCH)))
            .should()
            .dependOnClassesThat(inPackages("org.nin4j..internal..")));
  }

  @Test
  void onlyTheOneDnnEngineOfTheProductIsNative() {
    holds(
        noClasses()
            .that(in(PRODUCT).and(not(inPackages("org.nin4j.engine.onednn.."))))
            .should()
            .dependOnClassesThat(inPackages("org.bytedeco..")));
  }

  /** All others get an engine from {@link Engines}. */
  @Test
  void onlyEnginesNamesAnEngine() {
    DescribedPredicate<JavaClass> engines =
        inPackages("org.nin4j.engine.onednn..", "org.nin4j.engine.reference..");
    holds(
        noClasses()
            .that(not(engines).and(not(JavaClass.Predicates.equivalentTo(Engines.class))))
            .should()
            .dependOnClassesThat(engines));
  }

  @Test
  void onlyTheCommandLineOfTheProductUsesPicocli() {
    holds(
        noClasses()
            .that(in(EnumSet.of(Module.CORE, Module.INTERCHANGE, Module.TRACKING, Module.SERVER)))
            .should()
            .dependOnClassesThat(inPackages("picocli..")));
  }

  @Test
  void jsonIsReadInOnePackageAndInTheSafetensorsHeader() {
    holds(
        noClasses()
            .that(
                in(PRODUCT)
                    .and(not(inPackages("org.nin4j.internal.json")))
                    .and(not(JavaClass.Predicates.simpleName("HeaderParser"))))
            .should()
            .dependOnClassesThat(inPackages("com.fasterxml.jackson..")));
  }

  /** Pictures are drawn for all, runs are stored without them, and reports know both. */
  @Test
  void thePackagesOfTrackingAreATree() {
    String root = "org.nin4j.tracking";
    usesNone(root, root + ".picture", root + ".report", root + ".tensorboard");
    usesNone(root + ".picture", root, root + ".report", root + ".tensorboard");
    usesNone(root + ".report", root + ".tensorboard");
    usesNone(root + ".tensorboard", root, root + ".report");
  }

  /**
   * The packages of the server, each of which may use those of the rows before its own: so that
   * models and limits know nothing of HTTP, and no route knows another.
   */
  private static final List<List<String>> SERVER_PACKAGES =
      List.of(
          List.of("org.nin4j.server.event", "org.nin4j.server.limits", "org.nin4j.server.model"),
          List.of("org.nin4j.server.connection"),
          List.of("org.nin4j.server.http"),
          List.of(
              "org.nin4j.server.access",
              "org.nin4j.server.classify",
              "org.nin4j.server.metrics",
              "org.nin4j.server.openapi",
              "org.nin4j.server.page",
              "org.nin4j.server.protocol"),
          List.of("org.nin4j.server"));

  @Test
  void thePackagesOfTheServerAreATree() {
    Set<String> found =
        CLASSES.stream()
            .filter(Module.SERVER::holds)
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertEquals(SERVER_PACKAGES.stream().flatMap(List::stream).collect(Collectors.toSet()), found);
    for (int row = 0; row < SERVER_PACKAGES.size(); row++) {
      for (String name : SERVER_PACKAGES.get(row)) {
        String[] others =
            SERVER_PACKAGES.stream()
                .skip(row)
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .toArray(String[]::new);
        if (others.length > 0) {
          usesNone(name, others);
        }
      }
    }
  }

  /** Models, limits and outcomes are the same whatever serves them. */
  @Test
  void whatAServerIsMadeOfKnowsNothingOfJetty() {
    SERVER_PACKAGES
        .get(0)
        .forEach(name -> usesNone(name, "org.eclipse.jetty..", "io.prometheus.."));
  }

  @Test
  void onlyTheServerOfTheProductUsesJettyAndPrometheus() {
    Set<Module> others = EnumSet.copyOf(PRODUCT);
    others.remove(Module.SERVER);
    holds(
        noClasses()
            .that(in(others))
            .should()
            .dependOnClassesThat(inPackages("org.eclipse.jetty..", "io.prometheus..")));
  }

  private static void usesNone(String from, String... others) {
    holds(noClasses().that(inPackages(from)).should().dependOnClassesThat(inPackages(others)));
  }

  @ParameterizedTest
  @EnumSource(Module.class)
  void noPackagesOfAModuleDependOnEachOtherInACycle(Module module) {
    holds(slices().assignedFrom(new Packages(module)).should().beFreeOfCycles());
  }

  /** One slice for each package of a module; core's root package may use all below it. */
  private static final class Packages implements SliceAssignment {
    private final Module module;

    Packages(Module module) {
      this.module = module;
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      boolean counts = type.getPackageName().startsWith("org.nin4j") && module.holds(type);
      return counts ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of " + module;
    }
  }
}
