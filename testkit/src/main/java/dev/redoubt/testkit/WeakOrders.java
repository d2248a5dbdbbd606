package dev.redoubt.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders of a {@link WeakAssistant}, in a real table. Used by one thread at a time. */
final class WeakOrders implements AutoCloseable {
  /** Stands in a row of the account {@code other}. */
  static final String FOREIGN = "row-otter-5512";

  /** Stands in a row of the account {@code attacker}. */
  static final String OWN = "row-finch-2290";

  private @Nullable Connection connection;

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      // Nameless, so that each has its own.
      open = DriverManager.getConnection("jdbc:h2:mem:");
      connection = open;
      try (Statement statement = open.createStatement()) {
        statement.execute("CREATE TABLE orders (number VARCHAR, customer VARCHAR, note VARCHAR)");
        statement.execute("INSERT INTO orders VALUES ('10234', 'attacker', 'kettle " + OWN + "')");
        statement.execute("INSERT INTO orders VALUES ('10777', 'other', 'teapot " + FOREIGN + "')");
      }
    }
    return open;
  }

  /** Runs the condition as it was written. */
  String loose(String user, String number) {
    String query =
        "SELECT number, note FROM orders WHERE customer = '"
            + user
            + "' AND number = '"
            + number
            + "'";
    try (Statement statement = open().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return told(rows);
    } catch (SQLException e) {
      return "The database did not understand that.";
    }
  }

  /** Every row, whoever asks. */
  String all() {
    try (Statement statement = open().createStatement();
        ResultSet rows = statement.executeQuery("SELECT number, note FROM orders")) {
      return told(rows);
    } catch (SQLException e) {
      return "The database did not understand that.";
    }
  }

  /** Looks for the number as a value, among the rows of the account. */
  String strict(String user, @Nullable String number) {
    String query =
        "SELECT number, note FROM orders WHERE customer = ? AND COALESCE(?, number) = number";
    try (PreparedStatement statement = open().prepareStatement(query)) {
      statement.setString(1, user);
      statement.setString(2, number);
      try (ResultSet rows = statement.executeQuery()) {
        return told(rows);
      }
    } catch (SQLException e) {
      return "The database did not understand that.";
    }
  }

  private static String told(ResultSet rows) throws SQLException {
    List<String> out = new ArrayList<>();
    while (rows.next()) {
      out.add("Order " + rows.getString(1) + ": " + rows.getString(2));
    }
    return out.isEmpty() ? "There is no such order." : String.join("\n", out);
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        throw new IllegalStateException("the table in memory can't be closed", e);
      }
    }
  }
}
