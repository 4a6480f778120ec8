package judge;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API that knows its issuer and nothing else, and checks JWTs by itself. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class ApiByIssuer {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/invoices").hasAuthority("SCOPE_read:invoices")
                        .anyRequest().authenticated())
                .oauth2ResourceServer(api -> api.jwt(withDefaults()))
                .build();
    }

    @GetMapping("/me")
    String me(Authentication caller) {
        return caller.getName();
    }

    @GetMapping("/invoices")
    String invoices() {
        return "invoices";
    }
}
