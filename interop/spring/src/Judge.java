package judge;

import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.SpringSecurityCoreVersion;

/** Starts the apps of the judge in one process and says where they are: "app ApiByIssuer 127.0.0.1:12345". */
public class Judge {
    public static void main(String[] args) throws Exception {
        System.out.println("version " + SpringBootVersion.getVersion());
        System.out.println("security " + SpringSecurityCoreVersion.class.getPackage().getImplementationVersion());
        start(WebApp.class, "web-app.yml", args[0]);
        start(ApiByIssuer.class, "api-by-issuer.yml", "0");
        start(ApiByIntrospection.class, "api-by-introspection.yml", "0");
        System.out.println("ready");
        System.in.read(); // until whoever started it goes away
        System.exit(0);
    }

    private static void start(Class<?> app, String settings, String port) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(app).properties(Map.of(
                "spring.config.location", "file:" + settings,
                "server.address", "127.0.0.1",
                "server.port", port,
                "spring.main.banner-mode", "off",
                "logging.level.root", "WARN")).run();
        System.out.println("app " + app.getSimpleName() + " 127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }
}
