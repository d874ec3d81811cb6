#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p src/main/java/com/example/shop src/main/resources
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>shop</artifactId>
  <version>1.0.0-SNAPSHOT</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.quarkus</groupId>
        <artifactId>quarkus-bom</artifactId>
        <version>3.33.2</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>io.quarkus</groupId>
      <artifactId>quarkus-rest-jackson</artifactId>
    </dependency>
    <dependency>
      <groupId>io.quarkus</groupId>
      <artifactId>quarkus-smallrye-openapi</artifactId>
    </dependency>
    <dependency>
      <groupId>io.quarkus</groupId>
      <artifactId>quarkus-hibernate-validator</artifactId>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.14.1</version>
        <configuration>
          <parameters>true</parameters>
        </configuration>
      </plugin>
      <plugin>
        <groupId>io.quarkus</groupId>
        <artifactId>quarkus-maven-plugin</artifactId>
        <version>3.33.2</version>
        <extensions>true</extensions>
        <executions>
          <execution>
            <goals>
              <goal>build</goal>
            </goals>
          </execution>
        </executions>
      </plugin>
    </plugins>
  </build>
</project>
XML
cat >src/main/resources/application.properties <<'PROPERTIES'
quarkus.smallrye-openapi.store-schema-directory=schema
PROPERTIES
cat >src/main/java/com/example/shop/OrderResource.java <<'JAVA'
package com.example.shop;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

@Path("/orders")
@SecurityScheme(securitySchemeName = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer")
public class OrderResource {
  public enum Status { OPEN, PAID, SHIPPED }

  public record Item(String sku, @Min(1) @Max(100) int quantity, BigDecimal price) {}

  public record NewOrder(
      @NotBlank @Size(max = 64) String customer,
      @NotEmpty List<@Valid Item> items,
      @Schema(nullable = true) String note,
      Map<String, String> labels) {}

  public record Order(long id, Status status, OffsetDateTime created, UUID token, Optional<Integer> discount, NewOrder order) {}

  @GET
  public List<Order> list(
      @QueryParam("paid") boolean paid,
      @QueryParam("tag") List<String> tag,
      @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(100) int limit,
      @QueryParam("minTotal") Optional<Integer> minTotal,
      @QueryParam("status") Status status,
      @HeaderParam("X-Request-Id") String requestId,
      @CookieParam("session") String session) {
    return List.of();
  }

  @POST
  @ResponseStatus(201)
  @SecurityRequirement(name = "bearer")
  public Order create(@Valid NewOrder order) {
    return null;
  }

  @GET
  @Path("/{id:\\d+}")
  @Operation(summary = "Get an order")
  @APIResponse(responseCode = "404", description = "No such order")
  public Order get(long id) {
    return null;
  }

  @DELETE
  @Path("/{id}")
  @SecurityRequirement(name = "bearer")
  public void delete(long id) {}

  @POST
  @Path("/{id}/receipt")
  public void upload(long id, @RestForm("receipt") FileUpload receipt) {}

  @GET
  @Path("/files/{path:.+}")
  public String file(String path) {
    return path;
  }
}
JAVA

mvn -q -B package
cp schema/openapi.yaml "$here/quarkus.yaml"
cp schema/openapi.json "$here/quarkus.json"
