/** What the environment says. */
final class Settings {
  private Settings() {}

  static int port() {
    return Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
  }

  /** The model that MODEL_URL, MODEL_NAME and MODEL_KEY name. */
  static Model model() {
    return new Model(
        System.getenv().getOrDefault("MODEL_URL", "http://127.0.0.1:8090/v1"),
        System.getenv().getOrDefault("MODEL_NAME", "default"),
        System.getenv().getOrDefault("MODEL_KEY", ""));
  }
}
