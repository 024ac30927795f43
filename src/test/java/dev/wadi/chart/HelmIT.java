package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wadi.ops.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as helm renders it; skipped where helm is not on the PATH. */
@Tag("integration")
class HelmIT {

  private static final String KUBERNETES = "1.34.0";
  private static final ObjectMapper YAML = new YAMLMapper();

  @BeforeAll
  static void needHelm() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm"))),
        "helm is not on the PATH");
  }

  /** What helm printed, and how it ended. */
  private record Answer(int exitCode, String text) {}

  @ParameterizedTest
  @ValueSource(strings = {"values.yaml", "values-dev.yaml", "values-prod.yaml"})
  void isLintedWithoutAWarning(String values) throws Exception {
    Answer answer = helm("lint", "--strict", "-f", values);
    assertThat(answer.exitCode()).as(answer.text()).isZero();
  }

  @Test
  void rendersManyPodsOfADeploymentForProduction() throws Exception {
    List<JsonNode> objects = rendered("-f", "values-prod.yaml");
    JsonNode workload = one(objects, "Deployment");
    assertThat(workload.at("/spec").has("replicas")).as("KEDA's to say").isFalse();
    JsonNode pod = workload.at("/spec/template/spec");
    // 60 s to drain, 5 before the signal, 10 for what hangs
    assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(75);
    assertThat(pod.at("/volumes/0/emptyDir/sizeLimit").asText()).isEqualTo("1280Mi");
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(one(objects, "ScaledObject").at("/spec/triggers")).hasSize(4);
    assertThat(one(objects, "ConfigMap").at("/data/wadi.properties").asText())
        .contains("wadi.intake.queue = wadi-prod-events\n", "wadi.http.host = 0.0.0.0\n");
    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .contains(
            "PodDisruptionBudget", "NetworkPolicy", "ServiceMonitor", "TriggerAuthentication");
    JsonNode monitor = one(objects, "ServiceMonitor");
    assertThat(monitor.at("/metadata/labels").get(monitor.at("/spec/jobLabel").asText()).asText())
        .as("the job's name in deploy/prometheus/alerts.yaml")
        .isEqualTo("wadi");
  }

  @Test
  void rendersOnePodWithAVolumeForDevelopment() throws Exception {
    JsonNode workload = one(rendered("-f", "values-dev.yaml"), "StatefulSet");
    assertThat(workload.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(workload.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage").asText())
        .isEqualTo("8Gi");
    assertThat(workload.at("/spec/persistentVolumeClaimRetentionPolicy/whenScaled").asText())
        .isEqualTo("Retain");
  }

  @Test
  void stopsTheOldPodFirstWhereOneAloneMayWrite() throws Exception {
    JsonNode workload = one(rendered(setting("deduplicate.repository", "caffeine")), "Deployment");
    assertThat(workload.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
  }

  @Test
  void takesPodsWithoutALimitOfMemory() throws Exception {
    List<JsonNode> objects =
        rendered(
            "--set", "resources.limits=null",
            "--set", "verify.enabled=true",
            "--set", "verify.resources.limits=null");
    assertThat(one(objects, "CronJob").findPath("resources").has("limits")).isFalse();
  }

  @Test
  void letsALoadBalancerInThatIsNamed() throws Exception {
    JsonNode policy =
        one(
            rendered("--set", "networkPolicy.extraFrom[0].ipBlock.cidr=10.0.0.0/16"),
            "NetworkPolicy");
    assertThat(policy.at("/spec/ingress/0/from/1/ipBlock/cidr").asText()).isEqualTo("10.0.0.0/16");
    assertThat(policy.at("/spec/egress/0/to/1/ipBlock/cidr").asText())
        .as("NodeLocal DNSCache")
        .isEqualTo("169.254.20.10/32");
  }

  @Test
  void givesSecretsAsVariablesAndAsFiles(@TempDir Path folder) throws Exception {
    Path values = folder.resolve("values.yaml");
    Files.writeString(
        values,
        """
        settings:
          wadi.http.events.token-file: /etc/wadi/secrets/tokens
          wadi.intake.postgres.url: postgresql://db/shop?sslrootcert=/etc/wadi/secrets/ca.crt
        secretSettings:
          wadi.intake.postgres.password: {name: wadi-postgres, key: password}
        secretFiles:
          tokens: {name: wadi-senders, key: tokens}
          ca.crt: {name: wadi-postgres, key: ca.crt}
        """);
    JsonNode pod = one(rendered("-f", values.toString()), "Deployment").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    JsonNode variable = container.at("/env/3");
    assertThat(variable.path("name").asText())
        .isEqualTo(Setting.INTAKE_POSTGRES_PASSWORD.environmentVariable());
    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("wadi-postgres");
    JsonNode mount = container.at("/volumeMounts/3");
    assertThat(mount.path("mountPath").asText()).isEqualTo("/etc/wadi/secrets");
    assertThat(mount.has("subPath")).as("it would not follow its Secret").isFalse();
    JsonNode volume = pod.at("/volumes/3");
    assertThat(volume.path("name")).isEqualTo(mount.path("name"));
    assertThat(volume.at("/projected/sources/1/secret/items/0/path").asText()).isEqualTo("tokens");
  }

  @Test
  void asksPodsByTlsThatHaveACertificate(@TempDir Path folder) throws Exception {
    Path values = folder.resolve("values.yaml");
    Files.writeString(
        values,
        """
        settings:
          wadi.http.tls.certificate: /etc/wadi/secrets/tls.crt
          wadi.http.tls.key: /etc/wadi/secrets/tls.key
          wadi.http.tls.client-authorities: /etc/wadi/secrets/clients.crt
        secretFiles:
          tls.crt: {name: wadi-tls, key: tls.crt}
          tls.key: {name: wadi-tls, key: tls.key}
          clients.crt: {name: wadi-clients, key: ca.crt}
        serviceMonitor: {enabled: true}
        networkPolicy: {fromNamespaces: [monitoring]}
        """);
    List<JsonNode> objects = rendered("-f", values.toString());
    JsonNode container = one(objects, "Deployment").at("/spec/template/spec/containers/0");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.path(probe).at("/httpGet/scheme").asText()).as(probe).isEqualTo("HTTPS");
    }
    assertThat(one(objects, "ServiceMonitor").at("/spec/endpoints/0/scheme").asText())
        .isEqualTo("https");
    assertThat(one(objects, "Pod").at("/spec/containers/0/command").toString())
        .contains("https://wadi:80/health/ready");
  }

  @Test
  void installsTheAlertsAndTheDashboardAsTheyAre() throws Exception {
    List<JsonNode> objects =
        rendered("--set", "prometheusRule.enabled=true,grafanaDashboard.enabled=true");
    assertThat(one(objects, "PrometheusRule").path("spec"))
        .isEqualTo(YAML.readTree(Path.of("deploy/prometheus/alerts.yaml").toFile()));
    JsonNode map =
        objects.stream()
            .filter(object -> object.at("/metadata/name").asText().equals("wadi-dashboard"))
            .findFirst()
            .orElseThrow();
    assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(map.at("/data/wadi.json").asText().strip())
        .isEqualTo(Files.readString(Path.of("deploy/grafana/dashboards/wadi.json")).strip());
  }

  @Test
  void recountsTheLakeInAPodOfItsOwn() throws Exception {
    List<JsonNode> objects =
        rendered(
            "--set", "verify.enabled=true,http.tokenSecret=t,fullnameOverride=" + "a".repeat(52));
    JsonNode cron = one(objects, "CronJob");
    assertThat(cron.at("/metadata/name").asText()).hasSizeLessThanOrEqualTo(52).endsWith("-verify");
    assertThat(cron.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    JsonNode job = cron.at("/spec/jobTemplate/spec");
    assertThat(job.path("backoffLimit").asInt(-1)).isZero();
    JsonNode pod = job.at("/template/spec");
    JsonNode lands = one(objects, "Deployment").at("/spec/template/spec");
    assertThat(pod.path("restartPolicy").asText()).isEqualTo("Never");
    for (String same : List.of("serviceAccountName", "securityContext")) {
      assertThat(pod.path(same)).as(same).isEqualTo(lands.path(same));
    }
    JsonNode container = pod.at("/containers/0");
    assertThat(container.at("/args/0").asText()).isEqualTo("verify");
    for (String same : List.of("image", "securityContext")) {
      assertThat(container.path(same)).as(same).isEqualTo(lands.at("/containers/0").path(same));
    }
    assertThat(container.path("env").findValuesAsText("name"))
        .as("it needs no secret")
        .containsExactly("WADI_LOG_LEVEL", "WADI_LOG_FORMAT", "WADI_JAVA_OPTS");
    assertThat(pod.at("/volumes/0/emptyDir/sizeLimit").asText()).isEqualTo("4Gi");
    assertThat(pod.at("/volumes/1/configMap/name"))
        .isEqualTo(lands.at("/volumes/2/configMap/name"));

    JsonNode labels = job.at("/template/metadata/labels");
    String name = labels.path("app.kubernetes.io/name").asText();
    assertThat(one(objects, "NetworkPolicy").at("/spec/podSelector/matchExpressions/0/values"))
        .extracting(JsonNode::asText)
        .containsExactly("wadi", name);
    assertThat(one(objects, "Service").at("/spec/selector"))
        .as("it serves nothing")
        .isNotEqualTo(labels);
  }

  @Test
  void writesLargeNumbersAsTheyAre() throws Exception {
    assertThat(
            one(rendered(setting("deduplicate.cache-keys", "1000000")), "ConfigMap")
                .at("/data/wadi.properties")
                .asText())
        .contains("wadi.deduplicate.cache-keys = 1000000\n");
  }

  @Test
  void readsASizeThatIsABareNumberAsThatManyBytes(@TempDir Path folder) throws Exception {
    Path values = folder.resolve("values.yaml");
    Files.writeString(values, "settings: {wadi.land.max-bytes: 536870912}");
    assertThat(
            one(rendered("-f", values.toString()), "Deployment")
                .at("/spec/template/spec/volumes/0/emptyDir/sizeLimit")
                .asText())
        .isEqualTo("2304Mi");
  }

  @Test
  void rollsThePodsWhenRoutesChange() throws Exception {
    assertThat(checksum("- route: {id: a}", "0s")).isNotEqualTo(checksum("- route: {id: b}", "0s"));
  }

  @Test
  void leavesPodsAloneThatLookForChangedRoutesThemselves() throws Exception {
    assertThat(checksum("- route: {id: a}", "10s")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas=3;S:deduplicate.repository=caffeine | replicas asks for more than one pod",
        "keda.enabled=true;S:deduplicate.repository=caffeine | keda.enabled asks for more than one pod",
        "S:http.events.to=log | answered with 202: set persistence.enabled=true",
        "persistence.enabled=true;keda.enabled=true;S:http.events.to=log | on a volume that nobody reads",
        "S:http.events.to=stream | set wadi.intake.stream",
        "ingress.enabled=true;ingress.host=a.example | lets anybody send events",
        "ingress.enabled=true;http.tokenSecret=t | without ingress.host",
        "keda.enabled=true | no role by IRSA",
        "terminationGracePeriodSeconds=30 | a stop may take 60",
        "scratch.dataSizeLimit=64Mi | can come to need 1280Mi",
        "http.tokenSecret=t;S:http.events.token-file=/x | takes tokens from one place",
        "S:http.events.token-file=/etc/wadi/secrets/tokns;secretFiles.tokens.name=s;secretFiles.tokens.key=k | which is none of secretFiles",
        "serviceMonitor.enabled=true | name its namespace in networkPolicy.fromNamespaces",
        "prometheusRule.enabled=true;nameOverride=other | alerts ask about the job wadi",
        "verify.enabled=true;verify.resources.limits.memory=2Gi | wadi verify can come to need 2432Mi",
        "verify.enabled=true;verify.tmpSizeLimit=512Mi | at least 2Gi",
        "S:compact.period=1h | with wadi.compact.period the process can come to need 1664Mi",
        "env[0].name=WADI_LAND_BUCKET;env[0].value=x | would win over the settings",
        "routeProperties.wadi\\.x=1 | a name of Wadi's own settings",
        "S:intake.queu=x | 'wadi.intake.queu' not allowed"
      })
  void saysWhatToDoAbout(String values, String message) throws Exception {
    List<String> words = new ArrayList<>(List.of("template", "wadi"));
    for (String value : values.split(";")) {
      if (value.startsWith("S:")) {
        String[] setting = value.substring(2).split("=");
        words.addAll(List.of(setting(setting[0], setting[1])));
      } else {
        words.addAll(List.of("--set", value));
      }
    }
    Answer answer = helm(words.toArray(String[]::new));
    assertThat(answer.exitCode()).isNotZero();
    assertThat(answer.text()).contains(message);
  }

  private static String checksum(String route, String reload) throws Exception {
    String[] looking = setting("routes.reload", reload);
    return one(
            rendered("--set-string", "routes.mask\\.yaml=" + route, looking[0], looking[1]),
            "Deployment")
        .at("/spec/template/metadata/annotations/checksum~1routes")
        .asText();
  }

  private static String[] setting(String name, String value) {
    return new String[] {"--set", "settings.wadi\\." + name.replace(".", "\\.") + "=" + value};
  }

  private static JsonNode one(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> rendered(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("template", "wadi"));
    all.addAll(List.of(words));
    Answer answer = helm(all.toArray(String[]::new));
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    List<JsonNode> objects = new ArrayList<>();
    for (String document : answer.text().split("(?m)^---$")) {
      JsonNode object = YAML.readTree(document);
      if (object.isObject()) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** Runs helm in the chart's folder; what stands second is where the chart goes. */
  private static Answer helm(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("helm"));
    command.addAll(List.of(words));
    command.addAll(List.of(".", "--kube-version", KUBERNETES));
    Process process =
        new ProcessBuilder(command)
            .directory(Chart.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
