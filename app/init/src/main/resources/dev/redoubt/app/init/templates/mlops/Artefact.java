import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** What the pipeline made: weights, where they come from, and a signature (Ed25519) over both. */
final class Artefact {
  static final Path WEIGHTS = Path.of("artefact/router.json");
  static final Path PROVENANCE = Path.of("artefact/provenance.json");
  private static final Path SIGNATURE = Path.of("artefact/provenance.sig");
  private static final Path PRIVATE = Path.of("keys/pipeline.key");
  private static final Path PUBLIC = Path.of("keys/pipeline.pub");

  private Artefact() {}

  static String digest(Path file) throws IOException, GeneralSecurityException {
    return digest(Files.readAllBytes(file));
  }

  private static String digest(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Makes the key pair, once. In earnest the private key lives in your CI's secret store. */
  static void makeKeys() throws IOException, GeneralSecurityException {
    if (Files.exists(PRIVATE) || Files.exists(PUBLIC)) {
      return;
    }
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.createDirectories(PRIVATE.getParent());
    Files.createFile(
        PRIVATE,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(PRIVATE, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    Files.writeString(PUBLIC, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  static void sign() throws IOException, GeneralSecurityException {
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(Files.readString(PRIVATE))));
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(Files.readAllBytes(PROVENANCE));
    Files.writeString(SIGNATURE, Base64.getEncoder().encodeToString(signature.sign()));
  }

  /**
   * The weights, after everything fits: the signature over the provenance, and the digest in it.
   *
   * @throws GeneralSecurityException where something does not
   */
  static String verified() throws IOException, GeneralSecurityException {
    byte[] provenance = Files.readAllBytes(PROVENANCE);
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(Files.readString(PUBLIC))));
    var signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(provenance);
    if (!signature.verify(Base64.getDecoder().decode(Files.readString(SIGNATURE)))) {
      throw new GeneralSecurityException("artefact/provenance.json is not signed by keys/pipeline.pub");
    }
    // Read once: what is checked is what is used.
    byte[] weights = Files.readAllBytes(WEIGHTS);
    String expected =
        Json.text(Json.read(new String(provenance, StandardCharsets.UTF_8)), "artefact", "sha256");
    if (!expected.equals(digest(weights))) {
      throw new GeneralSecurityException("artefact/router.json is not the one that was signed");
    }
    return new String(weights, StandardCharsets.UTF_8);
  }
}
