package dev.redoubt.app.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house, over every class that the command line ships. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("dev.redoubt");

  private static final List<String> MODULES =
      List.of(
          "dev.redoubt.core",
          "dev.redoubt.detect",
          "dev.redoubt.runtime.llm",
          "dev.redoubt.runtime.embed",
          "dev.redoubt.runtime.injection",
          "dev.redoubt.runtime.db",
          "dev.redoubt.runtime.stats",
          "dev.redoubt.runtime.target",
          "dev.redoubt.runtime.program",
          "dev.redoubt.attack.chat",
          "dev.redoubt.inspect.artifact",
          "dev.redoubt.guard.engine",
          "dev.redoubt.guard.gateway",
          "dev.redoubt.samples.acme",
          "dev.redoubt.app.store",
          "dev.redoubt.app.report",
          "dev.redoubt.app.importer",
          "dev.redoubt.app.init",
          "dev.redoubt.app.cli");

  @Test
  void checksEveryModule() {
    for (String module : MODULES) {
      assertThat(ALL.stream().filter(c -> c.getPackageName().startsWith(module)).count())
          .as("classes of " + module)
          .isGreaterThan(2);
    }
    assertThat(ALL.size()).isGreaterThan(250);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.redoubt.(**)")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one")
        .check(ALL);
  }

  @Test
  void coreDependsOnNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.redoubt.core..")
        .should()
        .dependOnClassesThat(inRedoubtBut("dev.redoubt.core"))
        .because("core holds the words that all others speak")
        .check(ALL);
  }

  @Test
  void detectAndRuntimeDependOnNoVerb() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.redoubt.detect..", "dev.redoubt.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.redoubt.attack..",
            "dev.redoubt.guard..",
            "dev.redoubt.samples..",
            "dev.redoubt.app..")
        .because("what verbs share lies below them")
        .check(ALL);
  }

  @Test
  void verbsDoNotKnowEachOtherNorTheApplication() {
    noClasses()
        .that()
        .resideInAPackage("dev.redoubt.attack..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.redoubt.guard..", "dev.redoubt.samples..", "dev.redoubt.app..")
        .because("what two verbs share moves down a floor")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("dev.redoubt.guard..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.redoubt.attack..", "dev.redoubt.samples..", "dev.redoubt.app..")
        .because("what two verbs share moves down a floor")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("dev.redoubt.samples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.redoubt.attack..", "dev.redoubt.app..")
        .because("the sample is a target, it may not know who attacks it")
        .check(ALL);
  }

  @Test
  void internalStaysInternal() {
    for (String module : MODULES) {
      noClasses()
          .that()
          .resideOutsideOfPackage(module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(module + ".internal..")
          .because("only a module's root package is promised to others")
          .allowEmptyShould(true)
          .check(ALL);
    }
  }

  @Test
  void publicTypesLieInTheRootPackage() {
    classes()
        .that(
            DescribedPredicate.describe(
                "are public, outside internal packages",
                (JavaClass c) ->
                    c.getModifiers().contains(JavaModifier.PUBLIC)
                        && !c.getPackageName().contains(".internal")
                        && !c.getSimpleName().equals("package-info")))
        .should()
        .resideInAnyPackage(MODULES.toArray(String[]::new))
        .because("a user finds all of a module's API in one package")
        .check(ALL);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    Set<String> bare = new TreeSet<>();
    for (JavaClass c : ALL) {
      boolean marked =
          c.getPackage().tryGetPackageInfo().isPresent()
              && c.getPackage().isAnnotatedWith(NullMarked.class);
      if (!marked) {
        bare.add(c.getPackageName());
      }
    }
    assertThat(bare).as("packages without a @NullMarked package-info").isEmpty();
  }

  @Test
  void standardStreamsBelongToTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.redoubt.app.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .because("whoever embeds a module decides what is printed")
        .check(ALL);
  }

  @Test
  void nobodyThrowsGenericExceptions() {
    noClasses()
        .should(THROW_GENERIC_EXCEPTIONS)
        .because("a failure says what failed, and a caller can tell it apart")
        .check(ALL);
  }

  @Test
  void nothingIsDeserialised() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .because("what is inspected is never executed or unpickled")
        .check(ALL);
  }

  @Test
  void embeddedModulesStayAtJava21() {
    ArchCondition<JavaClass> javaVersion21 =
        new ArchCondition<>("be compiled for Java 21") {
          @Override
          public void check(JavaClass item, ConditionEvents events) {
            int version = ClassFileVersion.of(item);
            events.add(
                new SimpleConditionEvent(
                    item, version == 65, item.getName() + " has class file version " + version));
          }
        };
    classes()
        .that()
        .resideInAnyPackage(
            Arrays.stream(
                    new String[] {
                      "core", "detect", "runtime.embed", "runtime.injection", "guard.engine"
                    })
                .map(m -> "dev.redoubt." + m + "..")
                .toArray(String[]::new))
        .should(javaVersion21)
        .because("applications on Java 21 embed them")
        .check(ALL);
  }

  private static DescribedPredicate<JavaClass> inRedoubtBut(String module) {
    return DescribedPredicate.describe(
        "lie in another module",
        c ->
            c.getPackageName().startsWith("dev.redoubt.")
                && !c.getPackageName().startsWith(module));
  }
}
