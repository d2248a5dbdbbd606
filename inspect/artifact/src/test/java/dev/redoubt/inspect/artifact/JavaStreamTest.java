package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaStreamTest {
  /** Only its name is of interest. */
  private record Own(int number, List<String> texts) implements Serializable {}

  static byte[] stream(Object... objects) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      for (Object object : objects) {
        out.writeObject(object);
      }
    }
    return bytes.toByteArray();
  }

  /** An object without fields of a class that need not be here. */
  private static byte[] objectOf(String className) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(0xaced0005);
    out.writeByte(0x73);
    out.writeByte(0x72);
    out.writeUTF(className);
    out.writeLong(1);
    out.writeByte(2);
    out.writeShort(0);
    out.writeByte(0x78);
    out.writeByte(0x70);
    return bytes.toByteArray();
  }

  private static void is(Verdict verdict, byte[] bytes) {
    Seen seen = Seen.in("m.model", bytes);
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(verdict);
  }

  @Test
  void dataOfTheJdkAreInert() throws IOException {
    is(
        Verdict.INERT,
        stream(
            new HashMap<>(Map.of("a", 1, "b", 2.5)),
            new ArrayList<>(List.of(new Date(0), UUID.randomUUID(), Locale.ROOT)),
            new TreeMap<>(Map.of("k", new double[][] {{1, 2}, {3}})),
            EnumSet.of(Thread.State.NEW),
            List.of(1, 2),
            java.time.LocalDate.EPOCH,
            "text".repeat(20_000),
            null,
            Integer.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weka.classifiers.trees.J48",
        "org.tribuo.classification.dtree.TreeModel",
        "org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize",
        "java.util.Collections$UnmodifiableList"
      })
  void objectsOfLibrariesOfModelsAreInert(String name) throws IOException {
    is(Verdict.INERT, objectOf(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.commons.collections.functors.InvokerTransformer",
        "org.apache.commons.collections4.map.LazyMap",
        "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
        "org.codehaus.groovy.runtime.MethodClosure",
        "com.mchange.v2.c3p0.PoolBackedDataSource",
        "org.springframework.aop.framework.AdvisedSupport",
        "java.security.SignedObject",
        "sun.rmi.server.UnicastRef",
        "[Lorg.apache.commons.collections.functors.InvokerTransformer;"
      })
  void gadgetsAreMalicious(String name) throws IOException {
    is(Verdict.MALICIOUS, objectOf(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example.Model",
        "weka.core.SerializedObject",
        "wekax.Model",
        "org.apache.commons.collections.map.ListOrderedMap",
        "java.util.ServiceLoader"
      })
  void otherClassesAreUnproven(String name) throws IOException {
    is(Verdict.UNPROVEN, objectOf(name));
  }

  @Test
  void ownClassesProxiesAndLambdasAreUnproven() throws IOException {
    is(Verdict.UNPROVEN, stream(new Own(1, List.of("a"))));
    var handler = (InvocationHandler & Serializable) (proxy, method, arguments) -> null;
    is(
        Verdict.UNPROVEN,
        stream(
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Comparable.class}, handler)));
  }

  @Test
  void aUrlAsAKeyIsMaliciousAndAUriIsNot() throws IOException {
    is(
        Verdict.MALICIOUS,
        stream(new HashMap<>(Map.of("u", URI.create("http://x.invalid/").toURL()))));
    is(Verdict.INERT, stream(new HashMap<>(Map.of("u", URI.create("http://x.invalid/")))));
  }

  @Test
  void tablesInTablesAreABombOnlyWhenTheyAreDeep() throws IOException {
    is(Verdict.UNPROVEN, stream(nested(18)));
    is(Verdict.INERT, stream(nested(6)));
  }

  private static Set<Object> nested(int depth) {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < depth; i++) {
      Set<Object> nextLeft = new HashSet<>(Set.of("x"));
      Set<Object> nextRight = new HashSet<>();
      left.add(nextLeft);
      left.add(nextRight);
      right.add(nextLeft);
      right.add(nextRight);
      left = nextLeft;
      right = nextRight;
    }
    return root;
  }

  @Test
  void aStreamInTheBytesOfAnotherIsRead() throws IOException {
    byte[] inner = objectOf("org.apache.commons.collections.functors.InvokerTransformer");
    is(Verdict.MALICIOUS, stream((Object) inner));
    is(Verdict.INERT, stream((Object) new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
  }

  @Test
  void whatIsCutOffOrContradictsItselfIsUnproven() throws IOException {
    byte[] bytes = stream(new ArrayList<>(List.of("a", "b", new long[100])));
    for (int length = 5; length < bytes.length; length += 7) {
      is(Verdict.UNPROVEN, java.util.Arrays.copyOf(bytes, length));
    }
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 3);
    is(Verdict.UNPROVEN, longer);
    byte[] version = bytes.clone();
    version[3] = 6;
    is(Verdict.UNPROVEN, version);
  }

  @Test
  void nestingIsBounded() throws IOException {
    Object[] deep = {};
    for (int i = 0; i < 1400; i++) {
      deep = new Object[] {deep};
    }
    is(Verdict.INERT, stream((Object) deep));
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(0xaced0005);
    for (int i = 0; i < 100_000; i++) {
      out.writeByte(0x75);
      if (i == 0) {
        out.writeByte(0x72);
        out.writeUTF("[Ljava.lang.Object;");
        out.writeLong(0x90ce589f1073296cL);
        out.writeByte(2);
        out.writeShort(0);
        out.writeByte(0x78);
        out.writeByte(0x70);
      } else {
        out.writeByte(0x71);
        out.writeInt(0x7e0000);
      }
      out.writeInt(1);
    }
    assertThat(Seen.in("m.ser", bytes.toByteArray()).verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  private static byte[] field(int number, byte[] data) {
    byte[] field = new byte[data.length + 2];
    field[0] = (byte) (number << 3 | 2);
    field[1] = (byte) data.length;
    System.arraycopy(data, 0, field, 2, data.length);
    return field;
  }

  private static byte[] tribuo(String outer, String inner) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(field(2, outer.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    byte[] part = field(2, inner.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    bytes.writeBytes(field(3, field(2, part)));
    return bytes.toByteArray();
  }

  @Test
  void classesThatATribuoModelNamesAreWeighed() {
    String model = "org.tribuo.common.tree.TreeModel";
    is(Verdict.INERT, tribuo(model, "org.tribuo.ImmutableFeatureMap"));
    is(Verdict.UNPROVEN, tribuo(model, "com.example.evil.Output"));
    is(Verdict.UNPROVEN, tribuo("com.example.evil.Model", "org.tribuo.ImmutableFeatureMap"));
    byte[] bytes = tribuo(model, "org.tribuo.ImmutableFeatureMap");
    is(Verdict.UNPROVEN, java.util.Arrays.copyOf(bytes, bytes.length - 3));
  }
}
