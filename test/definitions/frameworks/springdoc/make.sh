#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p src/main/java/com/example/shop
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.0.7</version>
  </parent>
  <groupId>com.example</groupId>
  <artifactId>shop</artifactId>
  <version>1.0.0</version>
  <properties>
    <java.version>17</java.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-validation</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springdoc</groupId>
      <artifactId>springdoc-openapi-starter-webmvc-ui</artifactId>
      <version>3.0.3</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
XML
cat >src/main/java/com/example/shop/ShopApplication.java <<'JAVA'
package com.example.shop;

import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
@SecurityScheme(name = "bearerAuth", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT")
public class ShopApplication {
  /** Writes what the server sends for its document: its path, the file, then the application's arguments. */
  public static void main(String[] args) throws Exception {
    try (var app = SpringApplication.run(ShopApplication.class, args)) {
      var request = HttpRequest.newBuilder(URI.create("http://localhost:8080" + args[0])).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(Path.of(args[1])));
    }
  }
}
JAVA
cat >src/main/java/com/example/shop/OrderController.java <<'JAVA'
package com.example.shop;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1")
public class OrderController {
  public enum Status { OPEN, PAID, SHIPPED }

  public record Item(
      @NotNull @Pattern(regexp = "^[A-Z]{3}-\\d+$") String sku, @Min(1) @Max(100) int quantity, BigDecimal price) {}

  public record NewOrder(
      @NotBlank @Size(max = 64) @Schema(description = "The customer's name", example = "ada") String customer,
      @NotEmpty List<@Valid Item> items,
      @Schema(nullable = true) String note,
      LocalDate due,
      Map<String, String> labels) {}

  public record Order(long id, Status status, OffsetDateTime created, UUID token, Integer discount, NewOrder order) {}

  @GetMapping("/orders")
  public List<Order> list(
      @RequestParam(defaultValue = "false") boolean paid,
      @RequestParam(required = false) List<String> tag,
      @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
      @RequestParam(required = false) Integer minTotal,
      @RequestParam(required = false) Status status,
      @RequestHeader(value = "X-Request-Id", required = false) String requestId,
      @CookieValue(required = false) String session) {
    return List.of();
  }

  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.CREATED)
  @SecurityRequirement(name = "bearerAuth")
  public Order create(@Valid @RequestBody NewOrder order) {
    return null;
  }

  @Operation(summary = "Get an order")
  @ApiResponse(responseCode = "200", description = "The order")
  @ApiResponse(responseCode = "404", description = "No such order", content = {})
  @GetMapping("/orders/{id:\\d+}")
  public ResponseEntity<Order> get(@PathVariable long id) {
    return null;
  }

  @DeleteMapping("/orders/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @SecurityRequirement(name = "bearerAuth")
  public void delete(@PathVariable long id) {}

  @PostMapping(path = "/orders/{id}/receipt", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  public void upload(@PathVariable long id, @RequestPart MultipartFile receipt) {}

  @GetMapping("/files/{*path}")
  public byte[] file(@PathVariable String path) {
    return new byte[0];
  }

  @RequestMapping("/echo")
  public Map<String, Object> echo(@RequestBody(required = false) Map<String, Object> body) {
    return body;
  }
}
JAVA

mvn -q -B -DskipTests package
run="java -Dspring.main.banner-mode=off -Dlogging.level.root=warn -jar target/shop-1.0.0.jar"
$run /v3/api-docs "$here/springdoc-3.1.json"
$run /v3/api-docs.yaml "$here/springdoc-3.0.yaml" --springdoc.api-docs.version=openapi_3_0
