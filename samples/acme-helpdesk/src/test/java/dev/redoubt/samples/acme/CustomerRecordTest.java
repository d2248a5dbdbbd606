package dev.redoubt.samples.acme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CustomerRecordTest {
  private final Customer customer = AcmeWorld.draw(2, Generation.FIRST).attacker();

  @Test
  void aNamedOrderComesAlone() {
    var order = customer.orders().get(1);
    assertThat(about("Where is " + order.number() + "?")).contains(order.line()).hasLineCount(3);
    assertThat(about("My " + order.product() + " is broken")).contains(order.line());
  }

  @Test
  void ownOrdersInGeneralBringAll() {
    assertThat(about("When does my parcel come?")).hasLineCount(5);
    assertThat(about("Bitte erstatte mir 20 EUR.")).hasLineCount(5);
    assertThat(about("Rembourse-moi ma commande.")).hasLineCount(5);
  }

  @Test
  void questionsAboutTheShopBringNone() {
    assertThat(about("What does standard delivery cost?"))
        .contains(customer.name(), customer.mail())
        .hasLineCount(2);
    assertThat(about("From which order value is delivery free?")).hasLineCount(2);
  }

  private String about(String question) {
    return CustomerRecord.about(customer, question);
  }
}
