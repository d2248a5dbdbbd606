package dev.redoubt.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.app.init.Sighting.Kind;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryScanTest {
  @TempDir Path root;

  private Survey scan() {
    return RepositoryScan.scan(root, ScanLimits.STANDARD);
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> seen(Kind kind) {
    return scan().of(kind).stream().map(s -> s.name() + " " + s.place()).toList();
  }

  @Nested
  class Python {
    @Test
    void frameworksAreThoseThatTheBuildAsksFor() throws Exception {
      file(
          "requirements.txt",
          "fastapi==0.115\nlangchain-openai>=0.2\nopenai\nchromadb\n# flask was here\n");
      assertThat(scan().distinct(Kind.FRAMEWORK))
          .extracting(Sighting::name)
          .containsExactlyInAnyOrder("FastAPI", "LangChain", "OpenAI SDK");
      assertThat(seen(Kind.STORE)).containsExactly("Chroma requirements.txt:4");
    }

    @Test
    void namesThatOnlyBeginAlikeAreNot() throws Exception {
      file("requirements.txt", "openai-whisper\nflasky\nmyfastapi\nlangchainhub-mirror2\n");
      assertThat(seen(Kind.FRAMEWORK)).isEmpty();
    }

    @Test
    void endpointsToolsPromptsAndModelsAreSeenWithTheirLines() throws Exception {
      file(
          "app/main.py",
          """
          from fastapi import FastAPI
          app = FastAPI()

          @tool
          def refund(order: str, amount: float):
              return 1

          @app.post("/chat")
          async def chat(q: Question):
              llm = ChatOpenAI(model="gpt-4o-mini", base_url="http://127.0.0.1:11434/v1")
              return llm.invoke([{"role": "system", "content": "You are the help desk."}])

          uvicorn.run(app, host="0.0.0.0", port=8123)
          """);
      assertThat(seen(Kind.ENDPOINT)).containsExactly("/chat app/main.py:8");
      assertThat(seen(Kind.TOOL)).containsExactly("refund app/main.py:5");
      assertThat(seen(Kind.PORT)).containsExactly("8123 app/main.py:13");
      assertThat(seen(Kind.MODEL)).containsExactly("gpt-4o-mini app/main.py:10");
      assertThat(seen(Kind.UPSTREAM)).containsExactly("http://127.0.0.1:11434/v1 app/main.py:10");
      assertThat(scan().of(Kind.PROMPT)).singleElement().extracting(Sighting::line).isEqualTo(11);
    }

    @Test
    void functionSchemasAndFactoriesAreTools() throws Exception {
      file(
          "tools.py",
          """
          TOOLS = [{"type": "function", "function": {"name": "send_email", "parameters": {}}}]
          other = FunctionTool.from_defaults(fn=lookup)
          third = Tool(name="Search", func=search)
          def ordinary(): pass
          """);
      assertThat(scan().of(Kind.TOOL))
          .extracting(Sighting::name)
          .containsExactlyInAnyOrder("send_email", "lookup", "Search");
    }
  }

  @Nested
  class Java {
    @Test
    void springApplicationIsRecognised() throws Exception {
      file(
          "pom.xml",
          "<groupId>dev.langchain4j</groupId>\n<groupId>org.springframework.boot</groupId>");
      file("src/main/resources/application.yml", "server:\n  port: 8181\nspring:\n  ai: x\n");
      file(
          "src/main/java/Shop.java",
          """
          @RestController
          class Shop {
            @Tool("Pays back money (at once)")
            public String refund(String order) { return ""; }

            @PostMapping("/api/assistant")
            String ask(@RequestBody String q) { return ""; }

            interface Desk { @SystemMessage("You are a clerk") String chat(String q); }
          }
          """);
      assertThat(scan().distinct(Kind.FRAMEWORK))
          .extracting(Sighting::name)
          .containsExactlyInAnyOrder("LangChain4j", "Spring Boot");
      assertThat(seen(Kind.TOOL)).containsExactly("refund src/main/java/Shop.java:4");
      assertThat(seen(Kind.ENDPOINT)).containsExactly("/api/assistant src/main/java/Shop.java:6");
      assertThat(seen(Kind.PORT)).containsExactly("8181 src/main/resources/application.yml:2");
      assertThat(seen(Kind.PROMPT)).containsExactly("@SystemMessage src/main/java/Shop.java:9");
    }
  }

  @Nested
  class Secrets {
    @Test
    void valuesOfCredentialsAreNeverKept() throws Exception {
      file(
          ".env",
          "OPENAI_API_KEY=sk-proj-abcdefghijklmnop1234\nOPENAI_BASE_URL=https://me:hunter2@llm.example/v1?key=s3cr3t99\nPORT=9001\n");
      Survey survey = scan();
      assertThat(survey.toString()).doesNotContain("sk-proj", "hunter2", "s3cr3t99");
      assertThat(seen(Kind.VARIABLE)).containsExactly("OPENAI_API_KEY .env:1");
      assertThat(seen(Kind.UPSTREAM)).containsExactly("https://llm.example/v1 .env:2");
      assertThat(seen(Kind.PORT)).containsExactly("9001 .env:3");
      assertThat(Draft.of(survey, Answers.none("x")))
          .doesNotContain("sk-proj", "hunter2", "s3cr3t99");
    }

    @Test
    void credentialInAPromptIsToldByItsPlaceOnly() throws Exception {
      file("prompts/system.md", "You are a clerk.\nThe password is kR7!vQ2x9Lm.\n");
      Survey survey = scan();
      assertThat(survey.of(Kind.CREDENTIAL))
          .extracting(Sighting::place)
          .contains("prompts/system.md:2");
      assertThat(survey.toString()).doesNotContain("kR7!vQ2x9Lm");
    }

    @Test
    void serversOfMcpAreNamedWithoutTheirVariables() throws Exception {
      file(
          ".mcp.json",
          """
          {"mcpServers": {
            "files": {"command": "npx", "env": {"TOKEN": "tok-123456789"}},
            "mail": {"url": "https://x.example/?key=abcdefgh1"}}}
          """);
      assertThat(seen(Kind.SERVER)).containsExactly("files .mcp.json:2", "mail .mcp.json:3");
      assertThat(scan().toString()).doesNotContain("tok-123456789", "abcdefgh1");
    }
  }

  @Nested
  class Hostile {
    @Test
    void linksAreNotFollowed(@TempDir Path elsewhere) throws Exception {
      Files.writeString(elsewhere.resolve("requirements.txt"), "openai\n");
      Files.createSymbolicLink(root.resolve("in"), elsewhere);
      Files.createSymbolicLink(
          root.resolve("requirements.txt"), elsewhere.resolve("requirements.txt"));
      Files.createSymbolicLink(root.resolve("loop"), root);
      Survey survey = scan();
      assertThat(survey.sightings()).isEmpty();
      assertThat(survey.notes()).contains("links and special files were not followed");
    }

    @Test
    void foldersOfOthersAndBinariesAreLeftOut() throws Exception {
      file("node_modules/x/package.json", "{\"dependencies\": {\"openai\": \"1\"}}");
      file("src/tests/test_app.py", "@app.post(\"/chat\")\n");
      file("binary.py", "\0@app.post(\"/chat\")\n");
      assertThat(scan().sightings()).isEmpty();
    }

    @Test
    void limitsHoldAndAreTold() throws Exception {
      for (int i = 0; i < 30; i++) {
        file("m" + i + ".py", "x = f(model=\"gpt-" + i + "\")\n");
      }
      file("z.py", "# " + "x".repeat(5_000));
      Survey few =
          RepositoryScan.scan(
              root, new ScanLimits(100, 1_000, 4_096, 1 << 20, 3, 10, Duration.ofSeconds(30)));
      assertThat(few.of(Kind.MODEL)).hasSize(10);
      assertThat(few.notes())
          .contains("files larger than 4 KiB were not read")
          .anyMatch(note -> note.startsWith("more than 10 of a kind"));
    }

    @Test
    void textsThatAimAtThePatternsEndSoon() throws Exception {
      file("a.py", "@tool".repeat(50_000) + "\n" + "@app.post(".repeat(50_000));
      file("b.java", "@Tool(" + "(".repeat(200_000) + "\n@Tool public ".repeat(10_000));
      file("c.js", "\"type\":\"function\",\"function\":{".repeat(20_000) + "tool(".repeat(20_000));
      file("application.yml", "server:\n" + "  a:\n".repeat(100_000));
      assertThat(scan().filesRead()).isEqualTo(4);
    }

    @Test
    void namesCannotEndTheirComment() throws Exception {
      file("a\nb: evil/weights.gguf", "");
      file("x/mo\"del: [.pkl", "");
      String draft = Draft.of(scan(), Answers.none("na\"me: #\n- x"));
      dev.redoubt.core.RedoubtYaml.parse(draft, "redoubt.yaml", java.util.Map.of());
      assertThat(draft).doesNotContain("\nb: evil");
    }

    @Test
    void whatIsNoFolderIsSaid() {
      assertThatThrownBy(() -> RepositoryScan.scan(root.resolve("gone"), ScanLimits.STANDARD))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("is no folder");
    }
  }
}
