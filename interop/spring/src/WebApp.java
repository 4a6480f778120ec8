package judge;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web app that people log in to: everything but its client is Spring's own default. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class WebApp {
    @Bean
    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        OidcClientInitiatedLogoutSuccessHandler leave = new OidcClientInitiatedLogoutSuccessHandler(clients);
        leave.setPostLogoutRedirectUri("{baseUrl}/");
        return http
                .authorizeHttpRequests(requests -> requests.requestMatchers("/").permitAll().anyRequest().authenticated())
                .oauth2Login(withDefaults())
                .oidcLogout(logout -> logout.backChannel(withDefaults()))
                .logout(logout -> logout.logoutSuccessHandler(leave))
                .build();
    }

    @GetMapping("/")
    String home() {
        return "anybody";
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal OAuth2User user) {
        return "signed in: " + user.getName() + " " + user.getAttribute("email");
    }

    @GetMapping("/token")
    String token(@RegisteredOAuth2AuthorizedClient("office") OAuth2AuthorizedClient client) {
        return client.getAccessToken().getTokenValue();
    }
}
